import { describe, expect, it } from 'vitest';
import { isWholeCbor } from './is-whole-cbor.ts';

describe('one CBOR item and nothing else', () => {
  it.each([
    ['a number', '00', true],
    ['a large number', '1bffffffffffffffff', true],
    ['an empty map', 'a0', true],
    ['a map with an array and a string', 'a2616182010261624401020304', true],
    ['a tagged number', 'c101', true],
    ['a float', 'fb3ff199999999999a', true],
    ['nothing', '', false],
    ['two items', '0000', false],
    ['a string that runs past the end', '420a', false],
    ['a string of endless length', '5bffffffffffffffff', false],
    ['an array that lacks an item', '820a', false],
    ['a map that lacks a value', 'a10a', false],
    ['a tag on nothing', 'c1', false],
    ['an indefinite length', '5f4101ff', false],
    ['a length cut short', '59ff', false],
  ])('%s (%s) is %s', (_, hex, is) => {
    expect(isWholeCbor(Buffer.from(hex, 'hex'))).toBe(is);
  });
});
