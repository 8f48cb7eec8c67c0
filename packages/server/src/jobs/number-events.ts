import { type Duration, type Instant, seconds } from '@countersign/core/kernel/time';
import type { AuditLog } from '../ports/audit-log.ts';

/** At most 60 s lie between checkpoints (design §7), also when a tick comes late. */
const CHECKPOINT_EVERY = seconds(50);
/** After a quiet time, how soon it is looked again whether another node has numbered something. */
const LOOK_EVERY = seconds(5);

export interface NumberingDeps {
  readonly log: Pick<AuditLog, 'numberEvents' | 'signCheckpoint'>;
  readonly clock: () => Instant;
  /** Between the end of one tick and the next: events must have their place within 1 s (design §10.4). */
  readonly everyMs: Duration;
  /** Told of every tick that failed; the next one tries again. */
  readonly onFault: (error: unknown) => void;
}

export interface NumberingJob {
  /** All that is due at `now`. Throws what failed; ticks never overlap. */
  tick(now: Instant): Promise<void>;
  /** Ends the loop, and numbers and signs what is left. */
  stop(): Promise<void>;
}

/** The two things that have to happen to the log in time, driven by `tick` alone. */
function createTick(log: NumberingDeps['log']): (now: Instant) => Promise<void> {
  let dueAt: Instant | null = null;
  let lastTick: Instant = 0;
  return async (now) => {
    // A clock that was put back must not postpone the next checkpoint.
    if (now < lastTick) dueAt = null;
    lastTick = now;
    let numbered = await log.numberEvents(now);
    while (numbered.kind === 'numbered' && numbered.more) numbered = await log.numberEvents(now);
    if (dueAt !== null && now < dueAt) return;
    const made = await log.signCheckpoint(now, CHECKPOINT_EVERY);
    dueAt = made.kind === 'nothing_new' ? now + LOOK_EVERY : made.at + CHECKPOINT_EVERY;
  };
}

/** Starts the loop at once. Every node runs it: the store lets one lead at a time. */
export function startNumbering({ log, clock, everyMs, onFault }: NumberingDeps): NumberingJob {
  const tickOnce = createTick(log);
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const tick = (now: Instant): Promise<void> => {
    const next = running.then(() => tickOnce(now));
    running = next.catch(() => undefined);
    return next;
  };
  const loop = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void tick(clock()).catch(onFault).finally(loop), everyMs);
  };
  loop();
  return {
    tick,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      try {
        await tick(clock());
        await log.signCheckpoint(clock());
      } catch (error) {
        onFault(error);
      }
    },
  };
}
