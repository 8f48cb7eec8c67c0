import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';

/** Serialises migrations of nodes that start together; any number that nothing else uses. */
const LOCK = 4_711_001;

const FOLDER = join(import.meta.dirname, '../../../migrations');

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  readonly text: string;
}

export async function readMigrations(folder: string = FOLDER): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file)).sort();
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { version: Number(name.slice(0, 4)), name, checksum, text };
    }),
  );
}

/**
 * Brings the schema up to date, each migration in its own transaction. Refuses a store that is newer than this
 * code or whose history differs: a downgrade must not corrupt (I-57). `now` is recorded with each migration.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[], now: number): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create table if not exists schema_migration (
      version integer primary key, name text not null, checksum text not null, applied_at bigint not null)`);
    const done = await client.query<{ version: number; name: string; checksum: string }>(
      'select version, name, checksum from schema_migration order by version',
    );
    refuseForeignHistory(done.rows, migrations);
    const pending = migrations.slice(done.rows.length);
    for (const migration of pending) await apply(client, migration, now);
    return pending.length;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    client.release();
  }
}

function refuseForeignHistory(
  done: readonly { version: number; name: string; checksum: string }[],
  known: readonly Migration[],
): void {
  for (const [position, row] of done.entries()) {
    const ours = known[position];
    if (ours === undefined) {
      throw new Error(
        `the store is newer than this version: it has migration ${row.name}, which this code does not know`,
      );
    }
    if (ours.version !== row.version || ours.checksum !== row.checksum) {
      throw new Error(`the store was migrated by other code: ${row.name} there is not ${ours.name} here`);
    }
  }
}

async function apply(client: pg.PoolClient, migration: Migration, now: number): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.text);
    await client.query('insert into schema_migration values ($1, $2, $3, $4)', [
      migration.version,
      migration.name,
      migration.checksum,
      now,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
