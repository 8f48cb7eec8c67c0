import type { Instant } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface StoredNote {
  readonly size: number;
  readonly note: string;
  readonly at: Instant;
}

/** The last checkpoint of a log that covers no more than `most` entries. */
export async function lastStored(database: Database, log: number, most: number): Promise<StoredNote | null> {
  const rows = await database.query<StoredNote>(sql`select size, note, at from audit_checkpoint
    where log = ${log} and size <= ${most} order by size desc limit 1`);
  return rows[0] ?? null;
}

/** Checkpoints of a log with a size above `after` and up to `through`, smallest first. */
export const storedBetween = (
  database: Database,
  log: number,
  after: number,
  through: number,
): Promise<readonly StoredNote[]> =>
  database.query<StoredNote>(sql`select size, note, at from audit_checkpoint
    where log = ${log} and size > ${after} and size <= ${through} order by size`);

export async function saveNote(database: Database, log: number, stored: StoredNote): Promise<void> {
  await database.query(sql`insert into audit_checkpoint (log, size, note, at)
    values (${log}, ${stored.size}, ${stored.note}, ${stored.at})`);
}
