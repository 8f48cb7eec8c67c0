import type { Overloaded } from '../../ports/password.ts';

export interface PoolSettings {
  /** Tasks that run at once. */
  readonly concurrency: number;
  /** Tasks that may wait; the next one is turned away at once. */
  readonly queueLimit: number;
  /** About how long one task runs, for the advice when to come back. */
  readonly taskMs: number;
}

/** Runs tasks in order of arrival, so many at once, and turns away what would wait too long. */
export class BoundedPool {
  readonly #settings: PoolSettings;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /** For metrics: how many run and wait now. */
  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.#running, waiting: this.#waiting.length };
  }

  /** The task's own result, or `overloaded` without having started it. */
  async run<T>(task: () => Promise<T>): Promise<T | Overloaded> {
    const { concurrency, queueLimit, taskMs } = this.#settings;
    if (this.#running >= concurrency) {
      if (this.#waiting.length >= queueLimit) {
        const drainMs = ((this.#waiting.length + this.#running) * taskMs) / concurrency;
        return { kind: 'overloaded', retryAfterS: Math.max(1, Math.ceil(drainMs / 1_000)) };
      }
      // Whoever finishes hands its place over without giving it back, so no newcomer can slip in between.
      await new Promise<void>((start) => this.#waiting.push(start));
    } else {
      this.#running++;
    }
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
