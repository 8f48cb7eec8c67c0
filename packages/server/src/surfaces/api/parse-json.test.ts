import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MalformedJson, parseJson } from './parse-json.ts';

it('reads what JSON.stringify wrote, whatever it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      if (/\\u0000|"__proto__"/.test(text)) return;
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

it.each([
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"x":{"a":1,"b":[{"c":1},{"c":1,"c":2}]}}',
  '{"__proto__":{}}',
  '{"a":{"\\u005f_proto__":1}}',
  '"\\u0000"',
  '',
  '{',
  '{"a":1}x',
])('refuses %s', (text) => {
  expect(() => parseJson(text)).toThrow(MalformedJson);
});

it.each([
  '{"a":{"b":1},"b":1}',
  '[{"a":1},{"a":1}]',
  '{"a":"a","b":"{\\"a\\":1,\\"a\\":2}"}',
  '{"a\\"":1,"a":2}',
  '{"":1}',
])('takes %s', (text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text));
});
