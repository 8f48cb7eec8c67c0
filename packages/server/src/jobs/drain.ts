import { setTimeout as sleep } from 'node:timers/promises';

/** Rows a round: a delete so small holds nobody up. */
const LIMIT = 1_000;
/** Rounds of one thing a call, so that one backlog neither keeps the others waiting nor goes on for ever. */
const MOST_ROUNDS = 50;
/** Between two rounds, for those who are waiting for the store. */
const PAUSE_MS = 20;

/**
 * Calls each of `removers` again while it removes all that it was asked to: what comes in between two calls of the
 * job, however much, is gone after a few. Ends early, between two rounds, once `stopping`.
 */
export async function drain(
  removers: readonly ((limit: number) => Promise<number>)[],
  stopping: AbortSignal,
): Promise<void> {
  for (const remove of removers) {
    for (let round = 0; round < MOST_ROUNDS && !stopping.aborted; round++) {
      if ((await remove(LIMIT)) < LIMIT) break;
      await sleep(PAUSE_MS);
    }
  }
}
