import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer, type Sealer } from '../keys/sealer.ts';
import { startPrivatePostgres } from '../postgres/start-private-postgres.ts';
import { createApps } from './apps.ts';
import { createCommit } from './commit.ts';
import { openDatabase, type Database } from './database.ts';
import { createGrantStore } from './grants.ts';
import { createLogoutTargets } from './logout-targets.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createOidcArtifacts } from './oidc-artifacts.ts';
import { createSessionStore } from './sessions.ts';
import { createSigningKeys } from './signing-keys.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** For integration tests: a private PostgreSQL of its own, migrated, with the stores of sessions, grants and the OIDC door. */
export async function startTestStore() {
  const folder = await mkdtemp(join(tmpdir(), 'cs-store-'));
  await chmod(folder, 0o755);
  const postgres = await startPrivatePostgres({ dataDir: join(folder, 'data'), log: quiet });
  const database: Database = openDatabase({
    connection: { ...postgres.connection },
    poolSize: 10,
    onIdleError: () => undefined,
  });
  await migrate(database.pool, await readMigrations(), 0);
  const sealer: Sealer = createSealer(randomBytes(32));
  return {
    database,
    sealer,
    commit: createCommit(database, sealer),
    sessions: createSessionStore(database),
    grants: createGrantStore(database),
    apps: createApps(database, sealer),
    artifacts: createOidcArtifacts(database, sealer),
    signingKeys: createSigningKeys(database, sealer),
    logoutTargets: createLogoutTargets(database),
    stop: async () => {
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

export type TestStore = Awaited<ReturnType<typeof startTestStore>>;
