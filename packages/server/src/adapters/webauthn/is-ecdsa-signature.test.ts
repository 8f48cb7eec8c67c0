import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isEcdsaSignature } from './is-ecdsa-signature.ts';

describe('an ECDSA signature has one spelling', () => {
  it.each(['P-256', 'P-384', 'P-521'])('as made on %s', (namedCurve) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve });
    for (let i = 0; i < 100; i++)
      expect(isEcdsaSignature(sign('sha256', Buffer.from([i]), privateKey))).toBe(true);
  });

  it.each([
    ['the smallest', '3006020101020101', true],
    ['nothing', '', false],
    ['a longer length', '3007020101020101', false],
    ['a shorter length', '3005020101020101', false],
    ['bytes behind', '300602010102010100', false],
    ['the long form of a short length', '308106020101020101', false],
    ['another tag', '3106020101020101', false],
    ['a number in too many bytes', '300702020001020101', false],
    ['a negative number', '3006020181020101', false],
    ['an empty number', '30050200020101', false],
    ['one number', '3003020101', false],
    ['a number that runs over', '3006020101020201', false],
  ])('not: %s (%s) is %s', (_, hex, is) => {
    expect(isEcdsaSignature(Buffer.from(hex, 'hex'))).toBe(is);
  });
});
