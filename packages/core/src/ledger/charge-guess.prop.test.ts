import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hours, minutes } from '../kernel/time.ts';
import { chargeGuess, settleGuess } from './charge-guess.ts';
import { GUESS_BUDGETS, GUESSABLE, NO_GUESSES, type GuessCount } from './guess-budget.ts';

const budget = GUESS_BUDGETS.totp;

/** Wrong guesses at the given instants: how many were evaluated, and the count afterwards. */
function wrongGuesses(
  instants: readonly number[],
  from: GuessCount = NO_GUESSES,
): { evaluated: number; count: GuessCount } {
  let count = from;
  let evaluated = 0;
  for (const now of instants) {
    const charge = chargeGuess(count, budget, now);
    if (charge.kind !== 'evaluate') continue;
    evaluated += 1;
    count = charge.next;
  }
  return { evaluated, count };
}

describe('the guess budget (I-02)', () => {
  test('the fifth wrong code in a row is evaluated and locks; the sixth waits a minute', () => {
    const { evaluated, count } = wrongGuesses([1, 2, 3, 4, 5, 6, 7]);
    expect(evaluated).toBe(5);
    expect(chargeGuess(count, budget, 8)).toEqual({ kind: 'locked', until: 5 + minutes(1) });
    expect(chargeGuess(count, budget, 5 + minutes(1)).kind).toBe('evaluate');
  });

  test('waits double up to an hour', () => {
    let count = wrongGuesses([1, 2, 3, 4, 5]).count;
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      const now = count.lockedUntil;
      const charge = chargeGuess(count, budget, now);
      if (charge.kind !== 'evaluate') throw new Error('the wait is over');
      count = charge.next;
      waits.push((count.lockedUntil - now) / minutes(1));
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('whatever the timing, a window of 24 hours evaluates at most its limit', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: hours(24) - 1 }), { maxLength: 400 }), (times) => {
        const { evaluated } = wrongGuesses([...times].sort((a, b) => a - b).map((t) => t + 1));
        expect(evaluated).toBeLessThanOrEqual(budget.perWindow);
      }),
    );
  });

  test('a suspended factor stays off, however long one waits', () => {
    fc.assert(
      fc.property(fc.nat({ max: hours(24 * 365) }), (later) => {
        const count = { ...NO_GUESSES, suspended: true };
        expect(chargeGuess(count, budget, later).kind).toBe('suspended');
      }),
    );
  });

  test('a success forgets the failures in a row but gives back only its own charge (I-04)', () => {
    const day = hours(100);
    const charge = chargeGuess(wrongGuesses([day + 1, day + 2, day + 3]).count, budget, day + 4);
    if (charge.kind !== 'evaluate') throw new Error('within the budget');
    expect(settleGuess(charge.next)).toEqual({
      consecutive: 0,
      windowStart: day + 1,
      inWindow: 3,
      lockedUntil: 0,
      suspended: false,
    });
  });

  test('a clock stepped back never shortens a wait or reopens a window (I-47)', () => {
    fc.assert(
      fc.property(fc.nat({ max: hours(3) }), (back) => {
        const start = hours(100);
        const { count } = wrongGuesses([1, 2, 3, 4, 5].map((t) => start + t));
        expect(chargeGuess(count, budget, start + 5 - back).kind).toBe('locked');
      }),
    );
  });

  test('no budget allows more than 100 failures in a row (R-RL-01)', () => {
    for (const method of GUESSABLE) expect(GUESS_BUDGETS[method].consecutive).toBeLessThanOrEqual(100);
  });
});
