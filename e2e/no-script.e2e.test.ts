import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTotp } from '@countersign/testkit/authenticators/totp';
import { enrol } from '@countersign/testkit/verbs/enrol';
import { freshCode } from '@countersign/testkit/verbs/fresh-code';
import { held } from '@countersign/testkit/verbs/person';
import { choosePassword, enterCode, enterName, enterPassword, follow, heading, press } from './kit/act.ts';
import { acceptInvitation, codesShown } from './kit/act-enrol.ts';
import { takeSeat, type Seat } from './kit/browser.ts';
import { CHROMIUM, suite } from './kit/programs.ts';
import { openSite, type Site } from './kit/site.ts';

suite('without JavaScript', [CHROMIUM], () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite({ clock: 'controlled' });
  });
  afterAll(async () => site?.close());

  const sit = (): Promise<Seat> => takeSeat(site.browser, { javaScriptEnabled: false });

  it('a password and a code sign in, and the passkey button that could not work is not shown', async () => {
    const person = await enrol.person(site.operator, { login: 'ada', password: true, totp: true });
    const { page } = await sit();
    await page.goto(`${site.deployment.origin}/signin`);
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).isVisible()).toBe(false);
    await enterName(page, person.login);
    await enterPassword(page, held(person.password, 'password'));
    await enterCode(page, await freshCode(site.deployment, held(person.totp, 'app')));
    await heading(page, 'Your sign-in security');
    await press(page, 'Sign out');
    await heading(page, 'Sign in');
  });

  it('a wrong code is explained, and the passkey page says that it needs JavaScript', async () => {
    const person = await enrol.person(site.operator, { login: 'bo', password: true, totp: true });
    const { page } = await sit();
    await page.goto(`${site.deployment.origin}/signin`);
    await enterName(page, person.login);
    await follow(page, 'Use another way');
    await follow(page, /^Passkey/);
    // Playwright finds no text inside noscript, so the element itself is asked.
    const sentence = page.locator('noscript p');
    expect(await sentence.isVisible()).toBe(true);
    expect(await sentence.innerHTML()).toMatch(/^Passkeys and security keys need JavaScript/);
    await follow(page, 'Use another way');
    await follow(page, /^Password/);
    await enterPassword(page, held(person.password, 'password'));
    await enterCode(page, '12345');
    expect(await page.getByRole('alert').innerText()).toMatch(/\S/);
    await enterCode(page, await freshCode(site.deployment, held(person.totp, 'app')));
    await heading(page, 'Your sign-in security');
  });

  it('an invitation leads to a password, an app by its typed key, and recovery codes', async () => {
    const { link } = await enrol.invite(site.operator, { login: 'cas' });
    const { page } = await sit();
    await acceptInvitation(page, link);
    await choosePassword(page, 'velvet-harbour-kettle-33');
    await enrolByKey(page);
    await press(page, 'Continue to recovery codes');
    expect(await codesShown(page)).toHaveLength(10);
    await page.getByLabel('I have saved these codes in a safe place').check();
    await press(page, 'Continue');
    await heading(page, 'Your account is ready');
  });

  it('a recovery code lets somebody who lost the phone set up another', async () => {
    const person = await enrol.person(site.operator, {
      login: 'dee',
      password: true,
      totp: true,
      recoveryCodes: true,
    });
    const { page } = await sit();
    await page.goto(`${site.deployment.origin}/signin`);
    await enterName(page, person.login);
    await enterPassword(page, held(person.password, 'password'));
    await follow(page, 'I don’t have my device');
    await follow(page, /^Recovery code/);
    await enterCode(
      page,
      held(person.recoveryCodes[0] ?? null, 'recovery code')
        .toLowerCase()
        .replaceAll('-', ' '),
    );
    await heading(page, 'Set up how you sign in again');
    await enrolByKey(page, 'Set up how you sign in again');
  });

  /** Sets up an app from the key in words, and proves it. */
  const enrolByKey = async (page: Seat['page'], then = 'Set up how you sign in'): Promise<void> => {
    await page.goto(`${site.deployment.origin}/enrol/totp`);
    await page.getByText('I can’t scan the picture').click();
    const totp = createTotp(await page.locator('dd.key').innerText());
    await page.getByLabel(/^Code for/).fill(await freshCode(site.deployment, totp));
    await press(page, 'Confirm and save');
    await heading(page, then);
  };
});
