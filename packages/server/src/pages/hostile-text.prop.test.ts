import { METHODS } from '@countersign/core/factor/factor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_PAGES } from './all-pages.ts';
import { outline, shape } from './outline.ts';
import { SAMPLE_CONTEXT } from './sample-views.ts';

// What an attacker had before: a name, an app or an address that a page shows unescaped runs script in the browser of
// whoever looks at it, with their session.

/** Values that pick what a page shows, and the drawing of our own QR library; everything else is somebody's text. */
const PICKS = new Set<string>([
  'kind',
  'method',
  'why',
  'purpose',
  'qrSvg',
  'uri',
  'field',
  'next',
  'reason',
  'notice',
  'keepReason',
]);
const isMethodList = (value: readonly unknown[]): boolean =>
  value.length > 0 && value.every((one) => METHODS.some((method) => method === one));

const isReasonList = (key: string, value: unknown): boolean =>
  key === 'problems' && Array.isArray(value) && typeof value[0] === 'string';

function withTexts(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return isMethodList(value) ? value : value.map((one) => withTexts(one, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      PICKS.has(key) || isReasonList(key, inner) ? inner : withTexts(inner, text),
    ]),
  );
}

const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus='alert(1)' autofocus='",
  '</title></textarea></style><svg/onload=alert(1)>',
  '{organisation}{name}${1}',
  'javascript:alert(1)',
  '//evil.example/\\',
  '&lt;b&gt;&#60;script&#62;',
  '\u202Egnp.exe\u0000<!--',
] as const;

const hostile = fc.oneof(
  fc.constantFrom(...ATTACKS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', '{', '}', 'a', '`'),
    maxLength: 30,
  }),
);

const contextWith = (text: string) => ({
  ...SAMPLE_CONTEXT,
  organisation: text,
  host: text,
  requestId: text,
  signedInAs: text,
});

describe.each(ALL_PAGES)('$name', (page) => {
  it('keeps its shape whatever text stands in its slots', () => {
    const render = (text: string) =>
      String(page.render(contextWith(text), <View>(view: View) => withTexts(view, text) as View));
    const expected = shape(render('harmless'));
    fc.assert(
      fc.property(hostile, (text) => {
        const rendered = render(text);
        expect(shape(rendered)).toEqual(expected);
        for (const { attributes } of outline(rendered)) {
          const address = attributes['href'] ?? attributes['action'] ?? attributes['src'] ?? '/';
          expect(address).toMatch(/^(?:\/(?!\/)|\?lang=|#|otpauth:\/\/totp\/|https?:\/\/)/);
        }
      }),
      { numRuns: 40, examples: ATTACKS.map((text) => [text] as [string]) },
    );
  });
});

it('takes no object at its word that calls itself escaped', () => {
  const page = ALL_PAGES.find(({ name }) => name === 'signin choose');
  const forged = { isEscaped: true, toString: () => '<script>' };
  expect(() =>
    page?.render(SAMPLE_CONTEXT, <View>(view: View) => Object.assign({}, view, { name: forged })),
  ).toThrow(TypeError);
});
