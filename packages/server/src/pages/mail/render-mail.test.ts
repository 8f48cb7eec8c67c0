import { LOCALES } from '@countersign/core/account/account';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderMail, type MailPlace } from './render-mail.ts';
import { ENDING, MAIL_TEMPLATES } from './templates.ts';

const AT = Date.UTC(2026, 10, 24, 10, 42, 7);
const place: MailPlace = {
  organisation: 'Harbour & Finch',
  host: 'login.harbourfinch.example',
  security: 'https://login.harbourfinch.example/',
  contact: 'the service desk, +44 20 7946 0000',
};
const params = {
  name: 'Ana Sousa',
  login: 'ana',
  at: String(AT),
  method: 'totp',
  factor: 'Work phone',
  address: '198.51.100.7',
  agent: 'Safari on iPhone',
  until: String(AT + 300_000),
  expires: String(AT + 604_800_000),
  left: '2',
  link: 'https://login.harbourfinch.example/invitation/h7Hk2mQ_dV9wXyZ',
};
const cases = MAIL_TEMPLATES.flatMap((template) => LOCALES.map((locale) => ({ template, locale })));

describe.each(cases)('$template in $locale', ({ template, locale }) => {
  it('leaves no hole, and says what to do', () => {
    const { subject, text } = renderMail(template, locale, params, place);
    expect(subject).not.toMatch(/[{}–\n]/);
    expect(text).not.toMatch(/\{|\}|undefined|null| –/);
    expect(text).toContain('Ana Sousa');
    expect(text).toMatch(/IT|\+44/);
  });

  it('says when, where from and whose account, unless it is a link', () => {
    const { text } = renderMail(template, locale, params, place);
    const link = ENDING[template] === 'link';
    expect(text.includes('198.51.100.7')).toBe(!link);
    expect(text).toMatch(/: ana /);
    if (!link) expect(text).toContain('10:42 UTC');
  });

  it('holds a link that lets in only where that is its purpose', () => {
    expect(renderMail(template, locale, params, place).text.includes('/invitation/')).toBe(
      ENDING[template] === 'link',
    );
  });

  // What an attacker had before: a display name with a line break adds headers or a paragraph of their own.
  it('keeps names on their line', () => {
    const harmless = renderMail(
      template,
      locale,
      { ...params, name: 'x', factor: 'x', login: 'x', agent: 'x', address: 'x' },
      place,
    );
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('\r', '\n', '\u2028', '\u0085', 'a', ':', ' ', '\u202e'),
          minLength: 1,
        }),
        (tail) => {
          const name = `x${tail}`;
          const mail = renderMail(
            template,
            locale,
            { ...params, name, factor: name, login: name, agent: name, address: name },
            place,
          );
          expect(mail.text.split(/[\r\n\u2028\u2029\u0085]/)).toHaveLength(harmless.text.split('\n').length);
          expect(mail.subject).not.toMatch(/[\r\n]/);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('renderMail', () => {
  it('refuses to send an invitation without a link', () => {
    expect(() => renderMail('invitation', 'en', { ...params, link: 'javascript:alert(1)' }, place)).toThrow(
      TypeError,
    );
  });

  it('tells a pause with an end from one without', () => {
    expect(renderMail('factor_locked', 'en', params, place).text).toContain('10:47 UTC');
    expect(renderMail('factor_locked', 'en', { ...params, until: 'null' }, place).text).toContain(
      'until your helpdesk',
    );
  });

  it('leaves out what is not known', () => {
    const { text } = renderMail(
      'sessions_ended',
      'en',
      { name: 'Ana', login: 'ana', at: String(AT) },
      { ...place, contact: null },
    );
    expect(text).not.toMatch(/network address|With:/);
    expect(text).toContain('your IT team');
  });
});
