import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { ok } from '../kernel/result.ts';
import data from './vectors/rfc8785.json' with { type: 'json' };

const refused = { ok: false, error: 'not_canonical' };

test('RFC 8785: the vectors of the standard', () => {
  for (const { input, output } of data.vectors) expect(canonicalJson(JSON.parse(input))).toEqual(ok(output));
});

test('one value has one spelling: reading it back and writing it again changes nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = canonicalJson(value);
      expect(text.ok && canonicalJson(JSON.parse(text.value))).toEqual(text);
      expect(text.ok && JSON.parse(text.value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('what has no spelling is refused', () => {
  const values = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    '\ud800',
    { '\udc00': 1 },
    [undefined],
    { a: undefined },
  ];
  for (const value of [...values, new Uint8Array(2), new Map(), () => 1, 1n, Symbol('x')]) {
    expect(canonicalJson(value)).toEqual(refused);
  }
});

test('hostile nesting is refused and does not exhaust the stack', () => {
  expect(canonicalJson(JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`))).toEqual(refused);
});
