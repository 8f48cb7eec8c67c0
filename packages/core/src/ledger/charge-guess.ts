import type { Instant } from '../kernel/time.ts';
import type { GuessBudget, GuessCount } from './guess-budget.ts';

export type Charge =
  /** The guess may be evaluated once `next` is stored. `reached` says which limit this guess touches. */
  | { readonly kind: 'evaluate'; readonly next: GuessCount; readonly reached: 'none' | 'wait' | 'suspension' }
  | { readonly kind: 'locked'; readonly until: Instant }
  | { readonly kind: 'suspended' };

/**
 * Charges one guess as if it had failed, before it is evaluated (I-02). The caller stores `next` durably and only
 * then verifies; a success is settled with `settleGuess`. A wait is written with the charge that reaches it, so
 * that guesses racing behind this one find the factor locked.
 */
export function chargeGuess(count: GuessCount, budget: GuessBudget, now: Instant): Charge {
  if (count.suspended) return { kind: 'suspended' };
  if (now < count.lockedUntil) return { kind: 'locked', until: count.lockedUntil };

  const fresh = now >= count.windowStart + budget.window;
  const consecutive = count.consecutive + 1;
  const inWindow = fresh ? 1 : count.inWindow + 1;
  const suspended = inWindow >= budget.perWindow || consecutive >= budget.consecutive;
  const waits = consecutive >= budget.free;
  const next: GuessCount = {
    consecutive,
    windowStart: fresh ? now : count.windowStart,
    inWindow,
    lockedUntil: waits ? now + waitAfter(consecutive, budget) : 0,
    suspended,
  };
  return { kind: 'evaluate', next, reached: suspended ? 'suspension' : waits ? 'wait' : 'none' };
}

function waitAfter(consecutive: number, budget: GuessBudget): number {
  const doublings = Math.min(consecutive - budget.free, 20);
  return Math.min(budget.firstWait * 2 ** doublings, budget.longestWait);
}

/**
 * The count after the charged guess turned out right: consecutive failures are forgotten, its own charge is given
 * back, but the window keeps what others guessed, so an owner's daily sign-in buys a guesser nothing (I-04).
 */
export function settleGuess(charged: GuessCount): GuessCount {
  return {
    consecutive: 0,
    windowStart: charged.windowStart,
    inWindow: Math.max(0, charged.inWindow - 1),
    lockedUntil: 0,
    suspended: false,
  };
}
