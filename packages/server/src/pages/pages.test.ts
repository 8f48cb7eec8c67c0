import { LOCALES } from '@countersign/core/account/account';
import { describe, expect, it } from 'vitest';
import { ALL_PAGES } from './all-pages.ts';
import { outline, type Tag } from './outline.ts';
import { SAMPLE_CONTEXT } from './sample-views.ts';

const cases = ALL_PAGES.flatMap((page) =>
  LOCALES.map((locale) => {
    const text = String(page.render({ ...SAMPLE_CONTEXT, locale }));
    return {
      name: `${page.name}, ${locale}`,
      locale,
      page: text,
      tags: outline(text).filter(({ closes }) => !closes),
    };
  }),
);

const named = (tags: readonly Tag[], name: string): readonly Tag[] => tags.filter((tag) => tag.name === name);
const inputs = (tags: readonly Tag[]): readonly Tag[] =>
  named(tags, 'input').filter(
    ({ attributes }) => attributes['type'] !== 'hidden' && attributes['aria-hidden'] !== 'true',
  );

describe.each(cases)('$name', ({ locale, page, tags }) => {
  it('says its language, has a title, one heading of the first rank and its landmarks (R-A11Y-10)', () => {
    expect(named(tags, 'html')[0]?.attributes['lang']).toBe(locale);
    expect(page).toMatch(/<title>[^<]*\p{L}[^<]*<\/title>/u);
    for (const once of ['h1', 'header', 'main', 'footer']) expect(named(tags, once)).toHaveLength(1);
  });

  it('says in the title that something went wrong, and says what in an alert', () => {
    const failed = /<title>(?:Error|Fehler): /.test(page);
    const problems = tags.filter(
      ({ attributes }) => attributes['class'] === 'problem' && !('data-error' in attributes),
    );
    expect(problems.every(({ attributes }) => attributes['role'] === 'alert')).toBe(true);
    if (failed) expect(problems).toHaveLength(1);
  });

  it('gives every field a label, a purpose and descriptions that exist (R-A11Y-05, R-A11Y-09)', () => {
    const ids = tags.map(({ attributes }) => attributes['id']).filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    const labels = named(tags, 'label').map(({ attributes }) => attributes['for']);
    for (const { attributes } of inputs(tags)) {
      expect(labels).toContain(attributes['id']);
      if (attributes['type'] !== 'checkbox') expect(attributes['autocomplete']).toBeTruthy();
      if ('aria-invalid' in attributes) expect(attributes['aria-describedby']).toBeTruthy();
    }
    const refers = tags.flatMap(({ attributes }) => [
      attributes['aria-describedby'],
      attributes['aria-labelledby'],
    ]);
    for (const id of refers.flatMap((list) => list?.split(' ') ?? [])) expect(ids).toContain(id);
  });

  it('starts with the focus in one place at most', () => {
    expect(tags.filter(({ attributes }) => 'autofocus' in attributes).length).toBeLessThanOrEqual(1);
  });

  it('has nothing that a strict content security policy would block', () => {
    for (const { name, attributes } of tags) {
      expect(Object.keys(attributes).filter((key) => key === 'style' || key.startsWith('on'))).toEqual([]);
      expect(['style', 'iframe', 'object', 'base', 'img']).not.toContain(name);
      if (name === 'script') expect(attributes['src']).toMatch(/^\/static\/[a-z-]+\.js$/);
    }
  });

  it('changes things by POST only, with buttons that say what they do', () => {
    for (const { attributes } of named(tags, 'form')) {
      if (attributes['method'] !== 'post') expect(page).toContain('data-codes');
      expect(attributes['action']).toMatch(/^\//);
    }
    for (const { attributes } of named(tags, 'button'))
      expect(['submit', 'button']).toContain(attributes['type']);
  });

  it('closes every element it opens', () => {
    const empty = new Set(['meta', 'link', 'input', 'path', 'rect', 'circle']);
    const open: string[] = [];
    for (const { name, closes } of outline(page)) {
      if (empty.has(name)) continue;
      if (closes) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });
});

const pageOf = (name: string): string =>
  String(ALL_PAGES.find((page) => page.name === name)?.render(SAMPLE_CONTEXT));

describe('sign-in pages', () => {
  it('offer passkeys by autofill in the field of the name', () => {
    expect(pageOf('signin name')).toContain('autocomplete="username webauthn"');
  });

  it('let managers fill the password, and ask for no passkey where there is none to ask', () => {
    const page = pageOf('signin prove-password');
    expect(page).toContain('autocomplete="current-password"');
    expect(page).toContain('type="password"');
    expect(page).toMatch(/autocomplete="username" value="ana@harbourfinch\.example" readonly/);
    expect(pageOf('signin name-no-passkey')).not.toContain('data-ceremony');
  });

  it('take a one-time code in one field that the phone can fill', () => {
    const codes = inputs(outline(pageOf('signin prove-totp')));
    expect(codes).toHaveLength(1);
    expect(codes[0]?.attributes).toMatchObject({ inputmode: 'numeric', autocomplete: 'one-time-code' });
  });

  it('work without script for passwords, codes and recovery codes', () => {
    for (const name of ['signin prove-totp', 'signin prove-recovery-code', 'signin prove-temporary-pass']) {
      expect(pageOf(name)).not.toContain('<script');
    }
    const codes = pageOf('enrol recovery-codes');
    expect(codes).toMatch(/<input type="checkbox" id="saved" required>/);
    expect(codes).not.toMatch(/href="\?|lang=de/);
  });

  it('name no rule of a policy to the person it stops (ux.md S15)', () => {
    expect(pageOf('signin ended-blocked')).not.toContain('floor.mfa');
  });
});
