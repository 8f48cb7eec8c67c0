import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalName } from './canonical-name.ts';

describe('a name has one spelling (I-03)', () => {
  test.each([
    ['Ana@Example.org', 'ana@example.org'],
    ['  ana ', 'ana'],
    ['ＡＮＡ', 'ana'],
    ['ÄRGER', 'ärger'],
    ['a\u0308rger', 'ärger'],
  ])('%j is %j', (typed, canonical) => {
    expect(canonicalName(typed)).toEqual({ ok: true, value: canonical });
  });

  test.each([[''], ['   '], ['a b'], ['a\u0000b'], ['a\u200bb'], ['a\u202eb'], ['x'.repeat(255)]])(
    '%j is refused',
    (typed) => {
      expect(canonicalName(typed).ok).toBe(false);
    },
  );

  test('the canonical spelling is its own canonical spelling', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (typed) => {
        const once = canonicalName(typed);
        if (once.ok) expect(canonicalName(once.value)).toEqual(once);
      }),
    );
  });
});
