import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Instant } from '@countersign/core/kernel/time';
import type { Logger } from 'pino';
import { loadMasterKey } from '../adapters/keys/master-key.ts';
import { createSealer, type Sealer } from '../adapters/keys/sealer.ts';
import { startPrivatePostgres } from '../adapters/postgres/start-private-postgres.ts';
import { openDatabase, type Database } from '../adapters/store/database.ts';
import { found, isFounded, proposeAddress } from '../adapters/store/deployment.ts';
import { migrate, readMigrations } from '../adapters/store/migrate.ts';
import type { Settings } from '../config/settings.ts';

export interface OpenStore {
  readonly database: Database;
  readonly sealer: Sealer;
  readonly dataFolder: string;
  readonly close: () => Promise<void>;
}

/** Connections of one node: enough for the cores of a store of this size, few enough that queues show. */
const POOL_SIZE = 16;

export const DEFAULT_URL = 'http://localhost:8080';

/** The store, private or a server's, migrated and with the master key that fits it. On a fault nothing is left running. */
export async function openStore(settings: Settings, log: Logger, now: Instant): Promise<OpenStore> {
  const dataFolder = resolve(settings.data);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const postgres =
    settings.databaseUrl === undefined
      ? await startPrivatePostgres({ dataDir: dataFolder, binDir: settings.postgresBin, log })
      : null;
  if (postgres?.note !== undefined) log.warn(postgres.note);
  const database = openDatabase({
    connection: postgres?.connection ?? { connectionString: settings.databaseUrl },
    poolSize: POOL_SIZE,
    onIdleError: (error) => log.warn({ reason: error.message }, 'a connection to the store was lost'),
  });
  const close = async (): Promise<void> => {
    await database.close();
    await postgres?.stop();
  };
  try {
    const migrated = await migrate(database.pool, await readMigrations(), now);
    if (migrated > 0) log.info({ migrations: migrated }, 'store migrated');
    const keyFile = settings.masterKeyFile ?? join(dataFolder, 'master.key');
    const sealer = createSealer(await loadMasterKey(keyFile, !(await isFounded(database))));
    const publicUrl = settings.url ?? DEFAULT_URL;
    await found(database, sealer, { organisation: settings.organisation ?? 'Countersign', publicUrl, now });
    await proposeAddress(database, publicUrl);
    return { database, sealer, dataFolder, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}
