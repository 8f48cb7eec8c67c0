import { notesIn } from '@countersign/core/audit/notes-in';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditEvent, type EventFacts, makeEvent } from '@countersign/core/audit/event';
import {
  beginVerify,
  finishVerify,
  type VerifyOptions,
  verifyLine,
} from '@countersign/core/audit/verify-log';
import type { Verdict } from '@countersign/core/audit/verdict';
import { asId } from '@countersign/core/kernel/id';
import type { AuditLog, OriginOpened } from '../../ports/audit-log.ts';
import type { Effect } from '../../ports/effects.ts';
import { sha256, verifyEd25519 } from '../keys/checkpoint-key.ts';
import { createSealer } from '../keys/sealer.ts';
import { startPrivatePostgres } from '../postgres/start-private-postgres.ts';
import { systemRandom } from '../random.ts';
import { openAuditLog } from './audit-log.ts';
import { createFileWitness } from './audit-log-witness.ts';
import { createCommit } from './commit.ts';
import { openDatabase } from './database.ts';
import { migrate, readMigrations } from './migrate.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const NOW = Date.UTC(2026, 10, 24);
export const ALICE = asId<'account'>('00000000-0000-4000-8000-00000000a11c');
export const BOB = asId<'account'>('00000000-0000-4000-8000-000000000b0b');

/** An ordinary sign-in event, made different by `n`. */
export function auditEffect(n: number, more: Partial<EventFacts> = {}): Extract<Effect, { kind: 'audit' }> {
  const event: AuditEvent = makeEvent({
    id: asId(randomUUID()),
    at: NOW + n,
    type: 'signin.granted',
    actor: { kind: 'account', id: ALICE },
    subject: ALICE,
    door: 'oidc',
    detail: { n, request: `r-${n}`, rules: ['everyone', 'admins need keys'], share: 0.1 * n },
    personal: { address: '192.0.2.7', agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
    ...more,
  });
  return { kind: 'audit', event, salt: randomBytes(32) };
}

export async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

export function verifyLines(lines: Iterable<string>, more: Partial<VerifyOptions> = {}): Verdict {
  let state = beginVerify({ verify: verifyEd25519, sha256, ...more });
  for (const line of lines) state = verifyLine(state, line);
  return finishVerify(state);
}

/** A PostgreSQL with fsync on, once for a file of tests; a database of its own for each log. */
export async function startAuditStores() {
  const folder = await mkdtemp(join(tmpdir(), 'cs-audit-'));
  await chmod(folder, 0o755); // as root, PostgreSQL runs as somebody else, who has to get in
  const postgres = await startPrivatePostgres({ dataDir: join(folder, 'data'), log: quiet });
  const closers: (() => Promise<void>)[] = [];
  return {
    open: async () => {
      const schema = `s${createHash('sha256').update(randomUUID()).digest('hex').slice(0, 12)}`;
      const sealer = createSealer(randomBytes(32));
      const witnessFile = join(folder, schema, 'audit-checkpoints.txt');
      const connect = () => {
        const made = openDatabase({
          connection: { ...postgres.connection, options: `-c search_path=${schema}` },
          poolSize: 10,
          onIdleError: () => undefined,
        });
        // A connection that is cut while it is in use says so twice: to the query, and as an event.
        made.pool.on('connect', (client) => client.on('error', () => undefined));
        return made;
      };
      const database = connect();
      closers.push(() => database.close());
      await database.pool.query(`create schema ${schema}`);
      await migrate(database.pool, await readMigrations(), 0);
      const commit = createCommit(database, sealer);
      const opened: OriginOpened[] = [];
      const onOriginOpened = (event: OriginOpened): void => void opened.push(event);
      /** A node: its own memory and connections, the same store and witness file. */
      const openLog = async (own = database, witness = createFileWitness(witnessFile)): Promise<AuditLog> =>
        openAuditLog(
          {
            database: own,
            commit: createCommit(own, sealer),
            random: systemRandom,
            witness,
            host: () => 'sso.example.org',
            onOriginOpened,
          },
          sealer,
          NOW,
        );
      const openNode = async () => {
        const own = connect();
        closers.push(() => own.close());
        return { database: own, log: await openLog(own) };
      };
      const witnessed = async () => notesIn(await readFile(witnessFile, 'utf8').catch(() => ''));
      return { database, commit, opened, openLog, openNode, witnessed, witnessFile };
    },
    stop: async () => {
      for (const close of closers) await close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

export type AuditStores = Awaited<ReturnType<typeof startAuditStores>>;
export type AuditStore = Awaited<ReturnType<AuditStores['open']>>;
