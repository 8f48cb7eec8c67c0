import type { PoolSettings } from './bounded-pool.ts';
import type { Argon2Cost } from './phc.ts';

/**
 * 19 MiB, two passes, one lane (design §10.9): the OWASP minimum, 8–15 ms on a current core. It falls short of the 46 MiB
 * with one pass that ASVS 11.4.2 lists first, so it is a setting and stored values rise at the next sign-in.
 */
export const ARGON2_DEFAULT: Argon2Cost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** Wait that a person at the sign-in page bears before "busy" is the better answer. */
const LONGEST_WAIT_MS = 2_000;

/**
 * How many hashes run and wait. A hash keeps one core and one libuv thread busy for its whole time, so there are as many
 * as cores, but always one libuv thread is left for files and name look-ups (they share the threads; UV_THREADPOOL_SIZE
 * defaults to 4 and cannot be changed once the process runs). Memory at most: concurrency × 19 MiB. A waiting task
 * holds nothing but its password.
 */
export function poolSettings(cores: number, libuvThreads = 4, taskMs = 15): PoolSettings {
  const concurrency = Math.max(1, Math.min(cores, libuvThreads - 1));
  return { concurrency, queueLimit: Math.ceil((LONGEST_WAIT_MS / taskMs) * concurrency), taskMs };
}
