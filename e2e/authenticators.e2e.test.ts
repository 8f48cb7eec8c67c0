import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrol } from '@countersign/testkit/verbs/enrol';
import { choosePassword, enterName, enterPassword, follow, heading, press } from './kit/act.ts';
import { acceptInvitation, makePasskey } from './kit/act-enrol.ts';
import { plugIn, takeSeat, type Hardware, type Seat } from './kit/browser.ts';
import { CHROMIUM, suite } from './kit/programs.ts';
import { openSite, type Site } from './kit/site.ts';

const PASSWORD = 'copper-meadow-lantern-52';

interface Row {
  readonly hardware: Hardware;
  readonly verifiesUser: boolean;
  /** Whether a passkey can be made with it; a security key can with all of them. */
  readonly passkey: boolean;
}

const MATRIX: readonly Row[] = [
  { hardware: 'internal', verifiesUser: true, passkey: true },
  { hardware: 'internal', verifiesUser: false, passkey: false },
  { hardware: 'usb', verifiesUser: true, passkey: true },
  { hardware: 'usb', verifiesUser: false, passkey: false },
  { hardware: 'u2f', verifiesUser: false, passkey: false },
];

suite('authenticators', [CHROMIUM], () => {
  let site: Site;
  let count = 0;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(async () => site?.close());

  /** Somebody new, on the page with the steps. */
  const newcomer = async (): Promise<{ seat: Seat; login: string }> => {
    const login = `person-${++count}`;
    const { link } = await enrol.invite(site.operator, { login });
    const seat = await takeSeat(site.browser);
    await acceptInvitation(seat.page, link);
    return { seat, login };
  };

  const start = async ({ page }: Seat): Promise<void> => {
    await page.goto(`${site.deployment.origin}/signin`);
    await heading(page, 'Sign in');
  };

  const finish = async ({ page }: Seat): Promise<void> => {
    if (await page.getByRole('button', { name: 'Continue to recovery codes' }).isVisible()) {
      await press(page, 'Continue to recovery codes');
      await press(page, 'Download');
      await press(page, 'Continue');
    } else await press(page, 'Finish and sign in');
    await heading(page, 'Your account is ready');
  };

  const alertOf = (page: Page): Promise<string> =>
    page.getByRole('alert').filter({ hasText: /\S/ }).innerText();

  /** A security key behind a password, on the page with the steps. */
  const makeSecurityKey = async ({ page }: Seat): Promise<void> => {
    await choosePassword(page, PASSWORD);
    await follow(page, /^Security key/);
    await press(page, 'Register security key');
    await heading(page, 'Set up how you sign in');
  };

  const named = ({ hardware, verifiesUser }: Row): string =>
    `${hardware} ${verifiesUser ? 'with' : 'without'} user verification`;

  for (const row of MATRIX.filter(({ passkey }) => passkey)) {
    it(`${named(row)}: a passkey, which signs in alone`, async () => {
      const { seat } = await newcomer();
      await plugIn(seat, row.hardware, row.verifiesUser);
      await makePasskey(seat.page);
      await finish(seat);
      await start(seat);
      await press(seat.page, 'Sign in with a passkey');
      await heading(seat.page, 'Your sign-in security');
      expect(seat.complaints).toEqual([]);
    });
  }

  for (const row of MATRIX.filter(({ passkey }) => !passkey)) {
    it(`${named(row)}: no passkey, but a security key, which asks for the password first`, async () => {
      const { seat, login } = await newcomer();
      const { page } = seat;
      await plugIn(seat, row.hardware, row.verifiesUser);
      await follow(page, /^Passkey/);
      await press(page, 'Create passkey');
      expect(await alertOf(page)).toMatch(/use another way|Use another way|has no PIN/);
      await follow(page, 'Back');

      await makeSecurityKey(seat);
      await finish(seat);

      // Alone it opens nothing: nobody else than its holder has shown that they are its owner.
      await start(seat);
      await press(page, 'Sign in with a passkey');
      expect(await alertOf(page)).not.toBe('');
      expect(page.url()).toContain('/signin/');

      await start(seat);
      await enterName(page, login);
      await enterPassword(page, PASSWORD);
      await heading(page, 'Use your security key');
      await press(page, 'Continue with security key');
      await heading(page, 'Your sign-in security');
      expect(seat.complaints).toEqual([]);
    });
  }

  it('usb with a PIN as a security key: still behind the password', async () => {
    const { seat, login } = await newcomer();
    await plugIn(seat, 'usb', true);
    await makeSecurityKey(seat);
    await finish(seat);
    await start(seat);
    await enterName(seat.page, login);
    await enterPassword(seat.page, PASSWORD);
    await press(seat.page, /^Continue with/);
    await heading(seat.page, 'Your sign-in security');
  });

  it('a browser that saw a security key last time asks for the password first again', async () => {
    const { seat, login } = await newcomer();
    const { page } = seat;
    await plugIn(seat, 'u2f');
    await makeSecurityKey(seat);
    await finish(seat);
    for (let times = 0; times < 2; times++) {
      await start(seat);
      await enterName(page, login);
      await heading(page, 'Enter your password');
      await enterPassword(page, PASSWORD);
      await press(page, 'Continue with security key');
      await heading(page, 'Your sign-in security');
      await press(page, 'Sign out');
      await heading(page, 'Sign in');
    }
  });

  it('the same device is not registered twice, and the page says so', async () => {
    const { seat } = await newcomer();
    const { page } = seat;
    await plugIn(seat, 'internal');
    await makePasskey(page);
    await page.goto(`${site.deployment.origin}/enrol/passkey`);
    await press(page, 'Create passkey');
    expect(await alertOf(page)).toContain('This device or key is already set up.');
  });

  it('a dialog that was cancelled is explained, and the next try works', async () => {
    const { seat } = await newcomer();
    const { page, cdp } = seat;
    const authenticatorId = await plugIn(seat, 'internal');
    await makePasskey(page);
    await finish(seat);
    await start(seat);
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await press(page, 'Sign in with a passkey');
    expect(await alertOf(page)).toBe('It was cancelled, or took too long. Try again, or use another way.');
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await press(page, 'Sign in with a passkey');
    await heading(page, 'Your sign-in security');
  });

  it('when no dialog comes, the page asks whether nothing happened and offers ways on', async () => {
    const { seat, login } = await newcomer();
    const { page, cdp } = seat;
    const authenticatorId = await plugIn(seat, 'internal');
    await makePasskey(page);
    await finish(seat);
    await start(seat);
    await enterName(page, login);
    await follow(page, 'Use another way');
    await follow(page, /^Passkey/);
    const box = page.getByText('Nothing happened?');
    await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
    await press(page, 'Continue with passkey');
    await page.getByRole('status').filter({ hasText: 'Waiting for your device' }).waitFor();
    expect(await box.isVisible()).toBe(false);
    await box.waitFor();
    expect(await page.locator('[data-nothing] a', { hasText: 'Use another way' }).isVisible()).toBe(true);
    await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true });
    await press(page, 'Try again');
    await heading(page, 'Your sign-in security');
    expect(seat.complaints).toEqual([]);
  });
});
