import { describe, expect, it } from 'vitest';
import { minutes } from '../kernel/time.ts';
import { checkTemporaryPass, temporaryPassLife } from './check-temporary-pass.ts';
import { makeTemporaryPass, showTemporaryPass } from './make-temporary-pass.ts';
import { parseTemporaryPass } from './parse-temporary-pass.ts';

const START = 1_795_000_000_000;

describe('A temporary pass', () => {
  it('holds 80 random bits, at least the 64 of I-18, and reads back as shown', () => {
    const pass = makeTemporaryPass(Uint8Array.from([255, 254, 253, 0, 1, 2, 3, 4, 5, 6]));
    expect(pass).toHaveLength(16);
    expect(parseTemporaryPass(showTemporaryPass(pass).toLowerCase())).toEqual({ ok: true, value: pass });
    expect(() => makeTemporaryPass(new Uint8Array(9))).toThrow(RangeError);
    expect(parseTemporaryPass('1234')).toEqual({ ok: false, error: 'temporary_pass.malformed' });
  });

  it.each([0, -1, minutes(60) + 1, Number.NaN, Number.POSITIVE_INFINITY])(
    'cannot be given a life of %d ms',
    (lasts) => {
      expect(temporaryPassLife(START, lasts)).toEqual({
        ok: false,
        error: 'temporary_pass.life_out_of_range',
      });
    },
  );

  it('opens from its start until before its end, and never after its use (I-18)', () => {
    const life = temporaryPassLife(START, minutes(60));
    if (!life.ok) throw new Error(life.error);
    expect(checkTemporaryPass(life.value, START - 1)).toEqual({
      ok: false,
      error: 'temporary_pass.too_early',
    });
    expect(checkTemporaryPass(life.value, START).ok).toBe(true);
    expect(checkTemporaryPass(life.value, START + minutes(60) - 1).ok).toBe(true);
    expect(checkTemporaryPass(life.value, START + minutes(60))).toEqual({
      ok: false,
      error: 'temporary_pass.expired',
    });
    expect(checkTemporaryPass({ ...life.value, usedAt: START }, START + 1)).toEqual({
      ok: false,
      error: 'temporary_pass.used',
    });
  });

  it('ends after an hour even if its row says otherwise', () => {
    const row = { validFrom: START, validUntil: START + minutes(600), usedAt: null };
    expect(checkTemporaryPass(row, START + minutes(60))).toEqual({
      ok: false,
      error: 'temporary_pass.expired',
    });
  });
});
