import { LOCALES } from '@countersign/core/account/account';
import { METHODS } from '@countersign/core/factor/factor';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fillText, phrases, REASONS, TEXTS } from './phrases.ts';

const folder = fileURLToPath(new URL('../', import.meta.url));
const source = globSync('**/*.ts', { cwd: folder })
  .filter((file) => !file.startsWith('texts/') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(`${folder}${file}`, 'utf8'))
  .join('\n');

/** Keys that the code puts together from parts: each with the text that must stand in the source. */
const COMPOSED: readonly (readonly [pattern: RegExp, source: string])[] = [
  [new RegExp(`^method\\.(?:${METHODS.join('|')})$`), '`method.${'],
  [/^method\..*\.hold$/, '`method.${method}.hold`'],
  [/\.(?:one|other)$/, '`${stem}.${'],
  [/^notice\.(?:password|factor|removed|renamed|session|others|saved)$/, '`notice.${'],
  [/^enrol\.(?:first|recovery|another)\.title$/, '`enrol.${view.why}.title`'],
  [/^invitation\.(?:set-up|recovery)\.title$/, '`invitation.${view.purpose}.title`'],
  [/^factor\.name\.(?:totp|passkey|security-key)$/, '`factor.name.${method}`'],
  [/^mail\.[a-z_]+\.(?:subject|text)$/, '`mail.${template}.'],
  [/^mail\.(?:not_you|questions)\.(?:no_)?contact$/, '.${whom}`'],
];

const holes = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted();

describe('catalogues', () => {
  it.each(LOCALES)('%s has every text, and asks for the same values', (locale) => {
    expect(Object.keys(TEXTS[locale]).toSorted()).toEqual(Object.keys(TEXTS.en).toSorted());
    for (const [key, text] of Object.entries(TEXTS.en)) {
      const other: string = Object.entries(TEXTS[locale]).find(([one]) => one === key)?.[1] ?? '';
      expect(other.trim(), key).not.toBe('');
      expect([key, holes(other)]).toEqual([key, holes(text)]);
    }
  });

  it.each(LOCALES)('%s has two whole sentences for every reason', (locale) => {
    expect(Object.keys(REASONS[locale]).toSorted()).toEqual(Object.keys(REASONS.en).toSorted());
    for (const [reason, pair] of Object.entries(REASONS[locale])) {
      for (const sentence of pair)
        expect([reason, sentence]).toEqual([reason, expect.stringMatching(/^\p{Lu}.*\.$/u)]);
    }
  });

  it('hold no text that nothing shows', () => {
    const used = (key: string): boolean =>
      source.includes(`'${key}'`) ||
      COMPOSED.some(
        ([pattern, text]) => pattern.test(key) && (source.includes(text) || text === '`${stem}.${'),
      );
    expect(Object.keys(TEXTS.en).filter((key) => !used(key))).toEqual([]);
  });

  it('address German readers formally', () => {
    const all = [...Object.values(TEXTS.de), ...Object.values(REASONS.de).flat()].join('\n');
    expect(all).not.toMatch(/\b(?:du|dein|deine|deinen|deinem|dir|dich)\b/i);
  });
});

describe('phrases', () => {
  it('choose the form for a number', () => {
    expect(phrases('en').count('account.codes_left', 'left', 1)).toBe('One code left');
    expect(phrases('de').count('account.codes_left', 'left', 3)).toBe('Noch 3 Codes');
    expect(phrases('de').count('account.codes_left', 'left', 0)).toBe('Noch 0 Codes');
  });

  it('fill a text once: a value that looks like a hole stays a value', () => {
    expect(fillText('{a} and {b}', { a: '{b}', b: '{a}' })).toBe('{b} and {a}');
  });
});
