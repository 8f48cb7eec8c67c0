import { setTimeout as sleep } from 'node:timers/promises';
import { postgresFault } from './fault.ts';
import type { PostgresLog } from './log.ts';
import type { Postmaster } from './spawn-postmaster.ts';
import { endedWithin } from './start-postmaster.ts';
import { stopPostmaster } from './stop-postmaster.ts';

export type Supervisor = { readonly stop: () => Promise<void> };

const firstPauseMs = 100;
const longestPauseMs = 30_000;
const calmMs = 60_000; // after so long up, the next end counts as a first one

/**
 * Keeps a postmaster up until `stop`: one that ends by itself (out of memory, full disk, kill -9) is started again,
 * sooner at first and every 30 s later, since the cause may pass. The node's pool reconnects; until then it says no.
 */
export const supervise = (
  first: Postmaster,
  start: (signal: AbortSignal) => Promise<Postmaster>,
  log: PostgresLog,
): Supervisor => {
  const stopping = new AbortController();
  const { signal } = stopping;
  let current: Postmaster | undefined = first;

  // process.exit() or an uncaught error without stop(): the signal at least is sent, so only kill -9 leaves an orphan.
  const atExit = (): void => current?.send('SIGINT');
  process.once('exit', atExit);

  const endCurrent = async (): Promise<void> => {
    if (current === undefined) return;
    const target = current;
    const end = await stopPostmaster(target.send, (ms) => endedWithin(target, ms));
    if (end === 'alive')
      throw postgresFault(
        'postgres.stop_failed',
        `PostgreSQL (pid ${target.pid}) does not end; it was asked twice (SIGINT, SIGQUIT)`,
      );
    if (end === 'immediate')
      log.warn('PostgreSQL did not end in time and was stopped at once; the next start recovers');
  };

  const watch = async (): Promise<void> => {
    for (let pauseMs = firstPauseMs, since = Date.now(); ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      if (current !== undefined) {
        const end = await current.exited;
        current = undefined;
        if (signal.aborted) return;
        log.error(`PostgreSQL ended by itself (${end}); it is started again`);
        if (Date.now() - since > calmMs) pauseMs = firstPauseMs;
      }
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        current = await start(signal);
        since = Date.now();
        if (signal.aborted) return await endCurrent();
        log.warn('PostgreSQL is up again');
      } catch (error) {
        log.error(
          `PostgreSQL could not be started again: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  };
  const watching = watch();

  const stop = async (): Promise<void> => {
    stopping.abort();
    await endCurrent();
    await watching; // ends what a restart under way has just brought up
    process.off('exit', atExit);
  };
  let stopped: Promise<void> | undefined;
  return { stop: () => (stopped ??= stop()) };
};
