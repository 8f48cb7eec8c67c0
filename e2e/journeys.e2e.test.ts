import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTotp } from '@countersign/testkit/authenticators/totp';
import { enrol } from '@countersign/testkit/verbs/enrol';
import { freshCode } from '@countersign/testkit/verbs/fresh-code';
import { held, type Person } from '@countersign/testkit/verbs/person';
import { plugIn, takeSeat, type Seat } from './kit/browser.ts';
import { enter, goAround, tabTo, type } from './kit/keys.ts';
import { CHROMIUM, suite } from './kit/programs.ts';
import { openSite, type Site } from './kit/site.ts';
import { spokenTree } from './kit/tree.ts';

const PASSWORD = 'granite-lantern-saddle-28';

suite('journeys', [CHROMIUM], () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite({ clock: 'controlled' });
  });
  afterAll(async () => site?.close());

  const code = (person: Person): Promise<string> => freshCode(site.deployment, held(person.totp, 'app'));
  const member = (login: string): Promise<Person> =>
    enrol.person(site.operator, {
      login,
      displayName: 'Ana Sousa',
      password: true,
      totp: true,
      recoveryCodes: true,
    });
  const start = async (seat: Seat): Promise<void> => {
    await seat.page.goto(`${site.deployment.origin}/signin`);
  };
  const title = ({ page }: Seat): Promise<string> => page.locator('h1').innerText();

  describe('by keyboard alone', () => {
    it('sign-in', async () => {
      const person = await member('key-signin');
      const seat = await takeSeat(site.browser);
      const { page } = seat;
      await start(seat);
      await goAround(page);
      await type(page, 'E-mail or username', person.login);
      await enter(page, 'Continue');
      await goAround(page);
      await type(page, 'Password', 'wrong');
      await enter(page, 'Continue');
      expect(await title(seat)).toBe('Enter your password');
      await tabTo(page, 'Show password');
      await page.keyboard.press('Enter');
      await type(page, 'Password', held(person.password, 'password'));
      await enter(page, 'Continue');
      await goAround(page);
      await type(page, /^Code for key-signin/, await code(person));
      await enter(page, 'Continue');
      expect(await title(seat)).toBe('Your sign-in security');
      await goAround(page);
      await enter(page, 'Sign out');
      expect(await title(seat)).toBe('Sign in');
    });

    it('enrolment', async () => {
      const { link } = await enrol.invite(site.operator, { login: 'key-enrol' });
      const seat = await takeSeat(site.browser);
      const { page } = seat;
      await plugIn(seat, 'internal');
      await page.goto(link);
      await enter(page, 'Set up my account');
      await goAround(page);
      await enter(page, /^Passkey/);
      await goAround(page);
      await enter(page, 'Create passkey');
      await page.getByText('Finish and sign in').waitFor();
      await page.goto(`${site.deployment.origin}/enrol/password`);
      await goAround(page);
      await type(page, 'New password', PASSWORD);
      await enter(page, 'Save password');
      await page.goto(`${site.deployment.origin}/enrol/totp`);
      await goAround(page);
      await tabTo(page, 'I can’t scan the picture');
      await page.keyboard.press('Enter');
      const totp = createTotp(await page.locator('dd.key').innerText());
      await type(page, /^Code for/, await freshCode(site.deployment, totp));
      await enter(page, 'Confirm and save');
      await enter(page, 'Continue to recovery codes');
      await goAround(page);
      await tabTo(page, 'Copy');
      await tabTo(page, 'Download');
      await page.keyboard.press('Enter');
      await page.getByText('The codes are downloaded.').waitFor();
      await enter(page, 'Continue');
      expect(await title(seat)).toBe('Your account is ready');
    });

    it('a lost device', async () => {
      const person = await member('key-lost');
      const seat = await takeSeat(site.browser);
      const { page } = seat;
      await start(seat);
      await type(page, 'E-mail or username', person.login);
      await enter(page, 'Continue');
      await type(page, 'Password', held(person.password, 'password'));
      await enter(page, 'Continue');
      await enter(page, 'I don’t have my device');
      await goAround(page);
      await enter(page, /^Recovery code/);
      await goAround(page);
      await type(page, 'Recovery code', held(person.recoveryCodes[2] ?? null, 'code'));
      await enter(page, 'Continue');
      expect(await title(seat)).toBe('Set up how you sign in again');
    });
  });

  describe('as a screen reader is told', () => {
    it('sign-in, with what went wrong', async () => {
      const person = await member('said-signin');
      const seat = await takeSeat(site.browser);
      const { page, cdp } = seat;
      await start(seat);
      expect(await spokenTree(cdp)).toEqual(
        expect.arrayContaining([
          'banner ""',
          'main ""',
          'contentinfo ""',
          'heading "Sign in" level=1',
          'textbox "E-mail or username" focused required',
          'button "Continue"',
          'button "Sign in with a passkey"',
          'navigation "Language"',
        ]),
      );
      await page.keyboard.type(person.login);
      await page.keyboard.press('Enter');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      const wrong = await spokenTree(cdp);
      expect(wrong).toContain('heading "Enter your password" level=1');
      expect(wrong.filter((line) => line.startsWith('textbox '))).toEqual([
        'textbox "Password" (The name and the password do not match. Check both and try again.) focused invalid required',
      ]);
      expect(wrong.some((line) => line.startsWith('alert '))).toBe(true);
      await page.getByLabel('Password', { exact: true }).fill(held(person.password, 'password'));
      await page.keyboard.press('Enter');
      await page.getByText('Enter the code from your app').waitFor();
      const asked = await spokenTree(cdp);
      expect(asked.find((line) => line.startsWith('textbox '))).toMatch(
        /^textbox "Code for said-signin in your authenticator app" \(Six digits .* Look for Test Works in the app\.\) focused required$/,
      );
      expect(asked).toContain('link "I don’t have my device"');
    });

    it('enrolment', async () => {
      const { link } = await enrol.invite(site.operator, { login: 'said-enrol' });
      const { page, cdp } = await takeSeat(site.browser);
      await page.goto(link);
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Set up my account' }).press('Enter');
      await page.getByText('Hello Person said-enrol').waitFor();
      const steps = await spokenTree(cdp);
      expect(steps).toContain('heading "Choose how you sign in Next" level=2');
      expect(steps.filter((line) => line.startsWith('link "Passkey Recommended'))).toHaveLength(1);
      await page.goto(`${site.deployment.origin}/enrol/totp`);
      const totp = await spokenTree(cdp);
      expect(totp).toContain('image "QR code for said-enrol at Test Works"');
      expect(totp.some((line) => line.startsWith('textbox "Code for said-enrol" (Six digits)'))).toBe(true);
      await page.goto(`${site.deployment.origin}/enrol/password`);
      expect((await spokenTree(cdp)).find((line) => line.startsWith('textbox '))).toMatch(
        /^textbox "New password" \(At least 8 characters.*\) focused required$/,
      );
    });

    it('a lost device, and the language of the page', async () => {
      const person = await member('said-lost');
      const { page, cdp } = await takeSeat(site.browser, { locale: 'de' });
      await page.goto(`${site.deployment.origin}/signin`);
      expect(await spokenTree(cdp)).toContain('heading "Anmelden" level=1');
      expect(await page.locator('html').getAttribute('lang')).toBe('de');
      expect(await page.getByRole('link', { name: 'English' }).getAttribute('lang')).toBe('en');
      await page.getByRole('link', { name: 'English' }).press('Enter');
      await page.locator('html[lang="en"]').waitFor();
      await page.getByLabel('E-mail or username').fill(person.login);
      await page.keyboard.press('Enter');
      await page.getByLabel('Password', { exact: true }).fill(held(person.password, 'password'));
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: 'I don’t have my device' }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Lost or new device' }).waitFor();
      const lost = await spokenTree(cdp);
      expect(lost.filter((line) => line.startsWith('link "Recovery code '))).toHaveLength(1);
      expect(lost).toContain('heading "Ask for help" level=2');
    });
  });
});
