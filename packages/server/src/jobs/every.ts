import type { Duration } from '@countersign/core/kernel/time';

export interface Running {
  /** Resolves when the round under way, if any, has ended; none begins after. */
  stop(): Promise<void>;
}

/** Runs a job again and again, one round at a time, and goes on after a fault: the next round may find things mended. */
export function every(
  period: Duration,
  job: () => Promise<unknown>,
  onFault: (error: unknown) => void,
): Running {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  const next = (): void => {
    round = job().then(
      () => undefined,
      (error: unknown) => {
        if (!stopped) onFault(error);
      },
    );
    void round.then(() => {
      if (!stopped) timer = setTimeout(next, period);
    });
  };
  timer = setTimeout(next, period);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}
