import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PrivateConnection } from './connection.ts';
import { codeOf, postgresFault } from './fault.ts';
import type { PostgresLog } from './log.ts';

const stillStarting = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03']); // 57P03: starting up, or recovering
// Each try costs PostgreSQL a process and a log line: often at first, when it is a matter of 50 ms, seldom in a long recovery.
const firstPauseMs = 15;
const longestPauseMs = 250;
const tellEveryMs = 10_000;

/**
 * 'ready' once a connection was made and answered; otherwise how the process ended. Recovery after a crash may take as
 * long as it takes: the wait ends only with the process.
 */
export const waitReady = async (
  connection: PrivateConnection,
  exited: Promise<string>,
  log: PostgresLog,
  signal?: AbortSignal,
): Promise<'ready' | { readonly ended: string }> => {
  const end = exited.then((ended) => ({ ended }));
  for (
    let started = Date.now(), told = started, pauseMs = firstPauseMs;
    ;
    pauseMs = Math.min(pauseMs * 1.4, longestPauseMs)
  ) {
    signal?.throwIfAborted();
    const outcome = await Promise.race([end, tryConnection(connection)]);
    if (outcome !== 'not yet') return outcome;
    if (Date.now() - told > tellEveryMs) {
      told = Date.now();
      log.info(
        `PostgreSQL is still starting after ${Math.round((told - started) / 1000)} s (it recovers after a crash)`,
      );
    }
    const paused = await Promise.race([end, sleep(pauseMs, 'paused' as const)]);
    if (paused !== 'paused') return paused;
  }
};

const tryConnection = async (connection: PrivateConnection): Promise<'ready' | 'not yet'> => {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined); // a failed end of a failed connection is of no interest
  try {
    await client.connect();
    await client.query('SELECT 1');
    return 'ready';
  } catch (error) {
    if (stillStarting.has(codeOf(error)) || isCut(error)) return 'not yet';
    if (codeOf(error) === '28P01')
      throw postgresFault(
        'postgres.no_password',
        'the password in postgres-passwords.json is not the one that the store was made with: bring that file back from a backup.',
        error,
      );
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** pg has no code for these. */
const isCut = (error: unknown): boolean =>
  error instanceof Error && /terminated|timeout/i.test(error.message);
