import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePassword, passwordLength } from './normalise-password.ts';

const read = (typed: string): string => {
  const password = normalisePassword(typed);
  if (!password.ok) throw new Error(password.error);
  return password.value.reveal();
};

/** Whatever a person can type: any graphemes, without control characters. */
const passwords = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
  .filter((text) => !/\p{Cc}/u.test(text));

describe('A password as typed', () => {
  it('is one and the same composed or decomposed (R-PWD-04)', () => {
    fc.assert(
      fc.property(passwords, (text) => {
        expect(read(text.normalize('NFD'))).toBe(read(text.normalize('NFC')));
      }),
    );
    expect(read('cafe\u0301 ou\u0308')).toBe('caf\u00e9 o\u00fc');
  });

  it('keeps what NFKC would blur: ligatures, full width and superscripts differ (R-PWD-04)', () => {
    expect(new Set(['ﬁne', 'fine', 'ｆine', '²', '2'].map(read)).size).toBe(5);
  });

  it('counts every character, the last of 64 too (R-PWD-03, I-32, S-80)', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii', minLength: 64, maxLength: 64 }),
        fc.nat(63),
        (text, at) => {
          const other = text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
          expect(read(other)).not.toBe(read(text));
        },
      ),
    );
  });

  it('keeps blanks at both ends, and case', () => {
    expect(read(' Correct Horse ')).toBe(' Correct Horse ');
  });

  it('never throws and never comes back other than NFC, at most 256 code points and 1,024 bytes', () => {
    fc.assert(
      fc.property(fc.anything(), (typed) => {
        expect(() => normalisePassword(typed)).not.toThrow();
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 400 }), (units) => {
        const typed = String.fromCharCode(...units);
        const password = normalisePassword(typed);
        if (!password.ok) return;
        expect(password.value.reveal()).not.toMatch(/\p{Cs}/u);
        expect(password.value.reveal().normalize('NFC')).toBe(password.value.reveal());
        expect(passwordLength(password.value)).toBeLessThanOrEqual(256);
      }),
    );
  });
});

describe('A password that is refused before any rule', () => {
  it.each([
    ['half a surrogate pair, which would hash like any other half', 'correct horse \ud83d'],
    ['a zero byte', 'correct\0horse'],
    ['a newline', 'correct horse\n'],
    ['an escape', 'correct\u001bhorse'],
    ['a C1 control', 'correct\u0085horse'],
    ['a number', 1234567890],
    ['an array', ['correct horse']],
    ['nothing', undefined],
  ])('holds or is %s', (_, typed) => {
    expect(normalisePassword(typed)).toEqual({ ok: false, error: 'password.malformed' });
  });

  it('is longer than 256 code points, however it is written', () => {
    expect(normalisePassword('é'.normalize('NFD').repeat(256)).ok).toBe(true);
    expect(normalisePassword('🔑'.repeat(256)).ok).toBe(true);
    expect(normalisePassword('a'.repeat(257))).toEqual({ ok: false, error: 'password.too_long' });
    expect(normalisePassword('🔑'.repeat(257))).toEqual({ ok: false, error: 'password.too_long' });
    expect(normalisePassword('a'.repeat(1_000_000))).toEqual({ ok: false, error: 'password.too_long' });
  });
});

it('A password never shows itself in a message or JSON', () => {
  const password = normalisePassword('correct horse');
  if (!password.ok) throw new Error(password.error);
  const shown = [
    String(password.value),
    JSON.stringify(password),
    JSON.stringify(Object.entries(password.value)),
  ];
  expect(shown.join(' ')).not.toContain('horse');
});
