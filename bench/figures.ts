/** One measured figure; what it is, how much, and of what. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export interface Bench {
  readonly name: string;
  readonly says: string;
  readonly run: () => Promise<readonly Figure[]>;
}

export const perSecond = (name: string, count: number, elapsedMs: number): Figure => ({
  name,
  value: Math.round((count / elapsedMs) * 1_000),
  unit: '/s',
});

/** Runs `work` for about the given time after a warm-up, and says how often it ran. */
export function rate(name: string, work: () => void, forMs = 1_500): Figure {
  const until = (ms: number): number => {
    let count = 0;
    const end = performance.now() + ms;
    while (performance.now() < end) {
      for (let i = 0; i < 64; i++) work();
      count += 64;
    }
    return count;
  };
  until(forMs / 5);
  const begun = performance.now();
  const count = until(forMs);
  return perSecond(name, count, performance.now() - begun);
}

/** The given percentile of a list of durations. */
export function percentile(durations: readonly number[], share: number): number {
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
