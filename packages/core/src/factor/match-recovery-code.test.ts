import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../kernel/bytes.ts';
import { makeRecoveryCodes, showRecoveryCode } from './make-recovery-codes.ts';
import { matchRecoveryCode, recoveryCodesLeft, type StoredRecoveryCode } from './match-recovery-code.ts';
import { parseRecoveryCode } from './parse-recovery-code.ts';

const RANDOM = Uint8Array.from({ length: 100 }, (_, i) => (i * 197 + 13) % 256);

/** Stands in for argon2id: the match neither knows nor cares how a digest came about. */
const digest = (code: string): Uint8Array => utf8ToBytes(code);
const stored = (used: readonly number[] = []): readonly StoredRecoveryCode[] =>
  makeRecoveryCodes(RANDOM).map((code, i) => ({ digest: digest(code), usedAt: used.includes(i) ? 1 : null }));

describe('A set of recovery codes', () => {
  it('is ten different codes of sixteen characters, 80 bits each (I-18, R-REC-07)', () => {
    const codes = makeRecoveryCodes(RANDOM);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  });

  it('is shown in groups of four', () => {
    for (const code of makeRecoveryCodes(RANDOM))
      expect(showRecoveryCode(code)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  });

  it('spends every random bit: other bits, another code', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(7), (at, bit) => {
        const other = RANDOM.slice();
        other[at] = (other[at] ?? 0) ^ (1 << bit);
        const changed = makeRecoveryCodes(other).filter((code, i) => code !== makeRecoveryCodes(RANDOM)[i]);
        expect(changed.length).toBe(1);
      }),
    );
  });

  it('is not made from too few or too many bytes', () => {
    expect(() => makeRecoveryCodes(new Uint8Array(99))).toThrow(RangeError);
    expect(() => makeRecoveryCodes(new Uint8Array(101))).toThrow(RangeError);
  });
});

describe('A recovery code as typed', () => {
  const [code = ''] = makeRecoveryCodes(RANDOM);

  it('is read back whatever case, blanks and hyphens it was typed with', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 100, maxLength: 100 }),
        fc.array(fc.constantFrom('', ' ', '-', ' - ', '\u2013', '\u00a0'), { minLength: 17, maxLength: 17 }),
        fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
        (random, gaps, lower) => {
          const [made = ''] = makeRecoveryCodes(random);
          const typed =
            Array.from(made, (c, i) => gaps[i] + (lower[i] ? c.toLowerCase() : c)).join('') + gaps[16];
          expect(parseRecoveryCode(typed)).toEqual({ ok: true, value: made });
        },
      ),
    );
  });

  it('may hold the look-alikes that our alphabet leaves out', () => {
    expect(parseRecoveryCode('OoIi-LlUu-0123-4567')).toEqual({ ok: true, value: '001111VV01234567' });
  });

  it.each([
    ['a character too few', code.slice(1)],
    ['a character too many', `${code}0`],
    ['a dotless i', `ı${code.slice(1)}`],
    ['a long s', `ſ${code.slice(1)}`],
    ['a Kelvin sign', `\u212a${code.slice(1)}`],
    ['full-width digits', `０${code.slice(1)}`],
    ['a sign', `+${code.slice(1)}`],
    ['nothing', ''],
    ['a number', 1234567890123456],
    ['an array', [code]],
    ['a text without end', ` ${code}`.padStart(10_000)],
  ])('is refused unevaluated with %s', (_, typed) => {
    expect(parseRecoveryCode(typed)).toEqual({ ok: false, error: 'recovery_code.malformed' });
  });
});

describe('A recovery code among the stored digests', () => {
  it('is found wherever it stands', () => {
    makeRecoveryCodes(RANDOM).forEach((code, i) => expect(matchRecoveryCode(digest(code), stored())).toBe(i));
  });

  it('ends by its use, alone: the others still work, it does not (S-41, design §10.6)', () => {
    makeRecoveryCodes(RANDOM).forEach((code, i) =>
      expect(matchRecoveryCode(digest(code), stored([3]))).toBe(i === 3 ? null : i),
    );
    expect(recoveryCodesLeft(stored([3]))).toBe(9);
  });

  it('is not found by a part of it, by more than it, or by nothing (I-32)', () => {
    const [code = ''] = makeRecoveryCodes(RANDOM);
    for (const other of [code.slice(0, 15), `${code}0`, '', 'X'.repeat(16)])
      expect(matchRecoveryCode(digest(other), stored())).toBeNull();
    expect(matchRecoveryCode(digest(code), [])).toBeNull();
  });
});
