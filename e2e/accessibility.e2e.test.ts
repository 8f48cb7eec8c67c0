import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebAuthnKey } from '@countersign/testkit/authenticators/webauthn-key';
import { enrol } from '@countersign/testkit/verbs/enrol';
import { freshCode } from '@countersign/testkit/verbs/fresh-code';
import { login as signin } from '@countersign/testkit/verbs/login';
import { held, type Person } from '@countersign/testkit/verbs/person';
import { createVisitor } from '@countersign/testkit/visitor/create-visitor';
import { createTotp } from '@countersign/testkit/authenticators/totp';
import { plugIn, takeSeat, type Seat } from './kit/browser.ts';
import { send, show } from './kit/forms.ts';
import { inspect } from './kit/inspect.ts';
import { CHROMIUM, suite } from './kit/programs.ts';
import { openNewSite, type Site } from './kit/site.ts';

const PASSWORD = 'harvest-lantern-quartz-64';

/*
 * Every page in every state that a browser can be led to, in both languages. What is asked of each: kit/inspect.ts.
 */
suite('every state', [CHROMIUM], () => {
  let site: Site;
  beforeAll(async () => {
    site = await openNewSite({ clock: 'controlled' });
  });
  afterAll(async () => site?.close());

  const at = (path: string): string => `${site.deployment.origin}${path}`;
  /** A browser in which the language was chosen on a page, so that it is kept whatever the person's own is. */
  const sit = async (locale: string): Promise<Seat> => {
    const seat = await takeSeat(site.browser, { locale });
    await seat.page.goto(at(`/invitation/${'A'.repeat(43)}?lang=${locale}`));
    return seat;
  };
  const code = (person: Person): Promise<string> => freshCode(site.deployment, held(person.totp, 'app'));

  /** On the page after the password of somebody. */
  const afterPassword = async (page: Page, person: Person): Promise<void> => {
    await page.goto(at('/signin'));
    await send(page, '/name', { name: person.login });
    await send(page, '/password', { password: held(person.password, 'password') });
  };

  const member = (login: string): Promise<Person> =>
    enrol.person(site.operator, { login, password: true, totp: true, recoveryCodes: true });

  for (const locale of ['en', 'de']) {
    it(`set-up (${locale})`, async () => {
      const { page } = await sit(locale);
      await page.goto(site.deployment.setupLinkAtStart());
      await inspect(page, 'set-up', locale);
      await send(page, '/setup', { organisation: '', login: '', displayName: '', email: 'nowhere' });
      await inspect(page, 'set-up with faults', locale);
      await page.goto(at(`/setup/${'A'.repeat(43)}`));
      await inspect(page, 'set-up link refused', locale);
    });
  }

  it('an owner sets it up', async () => site.setUp());

  describe.each(['en', 'de'])('in %s', (locale) => {
    it('pages without a person', async () => {
      const { page } = await sit(locale);
      await page.goto(site.deployment.setupLinkAtStart());
      await inspect(page, 'set-up closed', locale);
      await page.goto(at('/nowhere'));
      await inspect(page, '404', locale);
      await page.goto(at('/signin/7c9e6679-7425-40de-944b-e07fc1f90ae7'));
      await inspect(page, 'ended', locale);
      await page.goto(at(`/invitation/${'A'.repeat(43)}`));
      await inspect(page, 'invitation refused', locale);
      await page.goto(at('/oidc/logout'));
      await inspect(page, 'signed out', locale);
      await page.goto(at('/oidc/auth?client_id=nobody&response_type=code&scope=openid'));
      await inspect(page, 'unknown app', locale);
    });

    it('sign-in before anything is proven', async () => {
      const { page } = await sit(locale);
      await page.goto(at('/signin'));
      await inspect(page, 'name', locale);
      await page.locator('summary').first().click();
      await inspect(page, 'name, with help', locale);
      await send(page, '/name', { name: ' ' });
      await inspect(page, 'name missing', locale);
      await send(page, '/name', { name: 'stranger' });
      await inspect(page, 'password', locale);
      await send(page, '/password', { password: 'wrong' });
      await inspect(page, 'wrong password', locale);
      for (const wanted of ['choose', 'lost', 'temporary-pass', 'passkey']) {
        await show(page, wanted);
        await inspect(page, wanted, locale);
      }
    });

    it('a password that is locked', async () => {
      const login = `locked-${locale}`;
      const attempt = await signin.start(createVisitor(site.deployment));
      await signin.name(attempt, login);
      for (let guess = 0; guess < 12; guess++) await signin.password(attempt, `wrong-${guess}`);
      const { page } = await sit(locale);
      await page.goto(at('/signin'));
      await send(page, '/name', { name: login });
      await send(page, '/password', { password: 'wrong' });
      expect(await page.locator('[data-reason="guess.locked"]').count()).toBe(1);
      await inspect(page, 'locked', locale);
    });

    it('sign-in after the password', async () => {
      const person = await member(`after-${locale}`);
      const { page } = await sit(locale);
      await afterPassword(page, person);
      await inspect(page, 'totp', locale);
      await send(page, '/totp', { code: '12' });
      await inspect(page, 'totp malformed', locale);
      await show(page, 'lost');
      await inspect(page, 'lost, with recovery code', locale);
      await show(page, 'recovery-code');
      await inspect(page, 'recovery code', locale);
      await send(page, '/recovery-code', { code: 'AAAA-AAAA-AAAA-AAAA' });
      await inspect(page, 'wrong recovery code', locale);
      await send(page, '/recovery-code', { code: held(person.recoveryCodes[1] ?? null, 'code') });
      await inspect(page, 'enrol again', locale);
    });

    it('passkey and security key, with what a browser may answer', async () => {
      const { link, login } = await enrol.invite(site.operator, { login: `keys-${locale}` });
      const visitor = createVisitor(site.deployment);
      await enrol.open(visitor, link);
      await enrol.password(visitor, PASSWORD);
      await enrol.key(visitor, createWebAuthnKey(), { kind: 'security-key' });
      await enrol.totp(visitor);
      await enrol.done(visitor);
      const seat = await sit(locale);
      const { page } = seat;
      await page.goto(at('/signin'));
      await send(page, '/name', { name: login });
      await send(page, '/password', { password: PASSWORD });
      await inspect(page, 'security key', locale);
      await show(page, 'choose');
      await inspect(page, 'choose among several', locale);
      await show(page, 'security-key');
      await plugIn(seat, 'usb', true);
      await page.locator('[data-start]').click();
      await page.locator('[data-error]:not(:empty)').waitFor();
      await page.locator('[data-nothing]').evaluate((box: HTMLElement) => (box.hidden = false));
      // The title is the server's and cannot know what the browser says; everything else must hold.
      await page.evaluate(
        () =>
          (document.title = `${document.documentElement.lang === 'de' ? 'Fehler' : 'Error'}: ${document.title}`),
      );
      await inspect(page, 'refused by the browser, and nothing happened', locale);
    });

    it('an invitation and all of enrolment', async () => {
      const { link } = await enrol.invite(site.operator, { login: `new-${locale}` });
      const { page } = await sit(locale);
      await page.goto(link);
      await inspect(page, 'invitation', locale);
      await send(page, '/invitation');
      await inspect(page, 'steps at the start', locale);
      for (const kind of ['passkey', 'security-key']) {
        await page.goto(at(`/enrol/${kind}`));
        await inspect(page, `enrol ${kind}`, locale);
      }
      await page.goto(at('/enrol/password'));
      await inspect(page, 'enrol password', locale);
      await send(page, '/enrol/password', { password: 'short' });
      await inspect(page, 'enrol password refused', locale);
      await send(page, '/enrol/password', { password: PASSWORD });
      await inspect(page, 'steps after the password', locale);
      await page.goto(at('/enrol/totp'));
      await page.locator('summary').click();
      await inspect(page, 'enrol totp', locale);
      const totp = createTotp(await page.locator('dd.key').innerText());
      await send(page, '/enrol/totp', { code: '000' });
      await inspect(page, 'enrol totp refused', locale);
      await send(page, '/enrol/totp', { code: await freshCode(site.deployment, totp) });
      await inspect(page, 'steps before recovery codes', locale);
      await send(page, '/enrol/recovery-codes');
      await inspect(page, 'recovery codes', locale);
      await page.locator('[data-act="download"]').click();
      await page.locator('[data-codes] [data-status]:not(:empty)').waitFor();
      await inspect(page, 'recovery codes saved', locale);
      await send(page, '/enrol/done');
      await inspect(page, 'done', locale);
    });

    it('the account page, and the proof before a change', async () => {
      const person = await member(`account-${locale}`);
      const { page } = await sit(locale);
      await afterPassword(page, person);
      await send(page, '/totp', { code: await code(person) });
      await inspect(page, 'account', locale);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await inspect(page, 'account, all unfolded', locale);
      await page.goto(at('/oidc/logout'));
      await inspect(page, 'sign out?', locale);
      await page.goto(at('/enrol'));
      await inspect(page, 'add another way', locale);
      await page.goto(at('/enrol/password'));
      await inspect(page, 'change password', locale);
      await site.deployment.clock.advance(10 * 60_000);
      await page.goto(at('/enrol/passkey'));
      await inspect(page, 'confirm it is you', locale);
      await page.goto(at('/'));
      await page.locator('summary').first().click();
      await send(page, '/rename', { name: 'Ana’s phone' });
      await inspect(page, 'account with a notice', locale);
    });
  });
});
