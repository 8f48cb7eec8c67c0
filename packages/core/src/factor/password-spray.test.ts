import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutes } from '../kernel/time.ts';
import { type NormalisedPassword, normalisePassword } from './normalise-password.ts';
import { countGuesses, judgePasswordSpray, type PasswordGuess, passwordTag } from './password-spray.ts';

const KEY = new Uint8Array(32).fill(7);
const NOW = 1_795_000_000_000;

function password(text: string): NormalisedPassword {
  const read = normalisePassword(text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

const guess = (subject: string, at = NOW, tag = 'aaaaaaaa'): PasswordGuess => ({ tag, subject, at });
const people = (count: number, at = NOW): readonly PasswordGuess[] =>
  Array.from({ length: count }, (_, i) => guess(`account-${i}`, at));
const judge = (seen: readonly PasswordGuess[], next: PasswordGuess) =>
  judgePasswordSpray(countGuesses(seen, next));

describe('One password tried on many accounts (S-80)', () => {
  it('raises the event once, on the tenth account, and is blocked for everybody after', () => {
    const seen: PasswordGuess[] = [];
    const verdicts = Array.from({ length: 500 }, (_, i) => {
      const next = guess(`account-${i}`, NOW + i * 1_000);
      const verdict = judge(seen, next);
      seen.push(next);
      return verdict;
    });
    expect(verdicts.slice(0, 9)).toEqual(Array(9).fill({ kind: 'evaluate', eventIfWrong: null }));
    expect(verdicts[9]).toEqual({ kind: 'evaluate', eventIfWrong: 'password.spray' });
    expect(verdicts.slice(10).every((verdict) => verdict.kind === 'blocked')).toBe(true);
  });

  it('is blocked for the account whose password it is, too', () => {
    expect(judge(people(10), guess('owner'))).toEqual({ kind: 'blocked', accounts: 10 });
  });

  it('does not block another password for the same accounts: nobody is locked out', () => {
    expect(judge(people(500), guess('account-3', NOW, 'bbbbbbbb'))).toEqual({
      kind: 'evaluate',
      eventIfWrong: null,
    });
  });

  it('is forgotten after ten minutes', () => {
    expect(judge(people(10), guess('owner', NOW + minutes(10) - 1)).kind).toBe('blocked');
    expect(judge(people(10), guess('owner', NOW + minutes(10))).kind).toBe('evaluate');
  });

  it('is no spray when one person repeats the same mistake', () => {
    const seen = Array.from({ length: 50 }, () => guess('anna'));
    expect(judge(seen, guess('anna'))).toEqual({ kind: 'evaluate', eventIfWrong: null });
  });

  it('raises the event whatever the order, once and no more while the window lasts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(14), { maxLength: 80 }), (subjects) => {
        const seen: PasswordGuess[] = [];
        let events = 0;
        for (const subject of subjects) {
          const next = guess(String(subject));
          const verdict = judge(seen, next);
          if (verdict.kind === 'evaluate' && verdict.eventIfWrong) events++;
          seen.push(next);
        }
        expect(events).toBe(new Set(subjects).size >= 10 ? 1 : 0);
      }),
    );
  });
});

describe('The tag of a password', () => {
  it('is the same for the same password and key, and 32 bits long', () => {
    expect(passwordTag(KEY, password('Summer2026!'))).toBe(passwordTag(KEY, password('Summer2026!')));
    expect(passwordTag(KEY, password('Summer2026!'))).toMatch(/^[0-9a-f]{8}$/);
  });

  it('differs with the password and with the key', () => {
    const other = new Uint8Array(32).fill(8);
    expect(passwordTag(KEY, password('Summer2026!'))).not.toBe(passwordTag(KEY, password('Summer2026?')));
    expect(passwordTag(KEY, password('Summer2026!'))).not.toBe(passwordTag(other, password('Summer2026!')));
  });
});
