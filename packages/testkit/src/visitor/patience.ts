import { setTimeout as sleep } from 'node:timers/promises';
import { brief, type Seen } from './seen.ts';

const TRIES = 30;

/** Asks again while the server says that it is too busy: that is neither a yes nor a no. */
export async function untilCalm(ask: () => Promise<Seen>): Promise<Seen> {
  for (let left = TRIES; ; left -= 1) {
    const seen = await ask();
    if (seen.status < 500) return seen;
    if (seen.status !== 503 || left === 0) throw new Error(`no answer either way: ${brief(seen)}`);
    await sleep(500);
  }
}
