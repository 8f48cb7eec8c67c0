import { GUESS_BUDGETS, NO_GUESSES, type Guessable } from '@countersign/core/ledger/guess-budget';
import { chargeGuess } from '@countersign/core/ledger/charge-guess';
import type { Instant } from '@countersign/core/kernel/time';
import type { GuessCount } from '@countersign/core/ledger/guess-budget';
import type { GuessKey } from '../../ports/effects.ts';
import type { GuessRow, SigninStore } from '../../ports/signin-store.ts';

export type Charged =
  | {
      readonly kind: 'charged';
      readonly key: GuessKey;
      readonly count: GuessCount;
      readonly reached: 'none' | 'wait' | 'suspension';
      /** The count before this guess and the version after it, to give the charge back if nothing was evaluated. */
      readonly before: GuessCount;
      readonly version: number;
    }
  | {
      readonly kind: 'refused';
      readonly reason: 'guess.locked' | 'guess.suspended';
      readonly retryAt: Instant | null;
    };

/** Everyone whose browser is not known to the account shares this lane. */
export const UNFAMILIAR = 'unfamiliar';

/**
 * Charges one guess durably before it is evaluated (I-02). The rule is pure; a lost race is read again and judged
 * anew. Each winner raises the count, so racing guesses meet the wait after as many rounds as the budget has.
 */
export async function chargeGuessAt(
  signins: Pick<SigninStore, 'charge' | 'guesses'>,
  key: GuessKey,
  known: readonly GuessRow[],
  now: Instant,
): Promise<Charged> {
  const budget = GUESS_BUDGETS[key.method];
  let rows = known;
  for (let round = 0; round <= budget.perWindow; round++) {
    const row = rows.find((each) => each.method === key.method && each.lane === key.lane);
    const charge = chargeGuess(row?.count ?? NO_GUESSES, budget, now);
    if (charge.kind === 'locked') return { kind: 'refused', reason: 'guess.locked', retryAt: charge.until };
    if (charge.kind === 'suspended') return { kind: 'refused', reason: 'guess.suspended', retryAt: null };
    if (await signins.charge(key, row?.version ?? null, charge.next)) {
      return {
        kind: 'charged',
        key,
        count: charge.next,
        reached: charge.reached,
        before: row?.count ?? NO_GUESSES,
        version: (row?.version ?? 0) + 1,
      };
    }
    rows = await signins.guesses(key.subject);
  }
  // More racing winners than the window allows cannot be; if the store says so, nothing more is evaluated.
  return { kind: 'refused', reason: 'guess.locked', retryAt: now + budget.firstWait };
}

/** Gives a charge back when the guess was never evaluated (overload), unless another was charged since. */
export async function refundGuess(
  signins: Pick<SigninStore, 'charge'>,
  charged: Charged | null,
): Promise<void> {
  if (charged?.kind === 'charged') await signins.charge(charged.key, charged.version, charged.before);
}

export const isGuessable = (method: string): method is Guessable => Object.hasOwn(GUESS_BUDGETS, method);
