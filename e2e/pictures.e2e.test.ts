import { mkdtemp, mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTotp } from '@countersign/testkit/authenticators/totp';
import { startDeployment, type Deployment } from '@countersign/testkit/deployment/start-deployment';
import { freshCode } from '@countersign/testkit/verbs/fresh-code';
import { enterCode, enterName, enterPassword, follow, heading, press } from './kit/act.ts';
import { fillSetup, makePasskey, makeTotp } from './kit/act-enrol.ts';
import { openBrowser, plugIn, takeSeat } from './kit/browser.ts';
import { startFront, type Front } from './kit/front.ts';
import { CHROMIUM, OATHTOOL, OPENSSL, suite, ZBARIMG } from './kit/programs.ts';

/** Where the pictures of the README go: `PICTURES=docs/pictures npm run e2e -- pictures`. Left out without it. */
const FOLDER = process.env['PICTURES'];
const HOST = 'id.harbour-finch.example';
const PASSWORD = 'tulip-anvil-lighthouse-9';
const LARGEST = 120_000;
const DAY = 86_400_000;
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1';

const picturesOf = (): void => {
  let folder: string;
  let deployment: Deployment;
  let front: Front;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cs-pictures-'));
    await mkdir(FOLDER ?? folder, { recursive: true });
    deployment = await startDeployment({
      clock: 'controlled',
      settings: { COUNTERSIGN_URL: `https://${HOST}`, COUNTERSIGN_TRUSTED_PROXIES: '127.0.0.1' },
      file: { contact: 'the service desk, extension 4100' },
    });
    front = await startFront(folder, HOST, deployment.nodes[0]?.port ?? 0);
    browser = await openBrowser([
      `--host-resolver-rules=MAP ${HOST}:443 127.0.0.1:${front.port}`,
      `--ignore-certificate-errors-spki-list=${front.spki}`,
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await front?.close();
    await deployment?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const picture = async (page: Page, name: string): Promise<void> => {
    const path = resolve(FOLDER ?? folder, `${name}.png`);
    await page.screenshot({ path, animations: 'disabled' });
    expect((await stat(path)).size, name).toBeLessThan(LARGEST);
  };

  it('the main screens, on a desk and on a phone', async () => {
    const seat = await takeSeat(browser, { viewport: { width: 1200, height: 860 } });
    const { page } = seat;
    await plugIn(seat, 'internal');
    await page.goto(deployment.setupLink() ?? '');
    await page.getByLabel('Name of the organisation').fill('Harbour & Finch');
    await page.getByLabel('Username').fill('ana.sousa');
    await page.getByLabel('Your name').fill('Ana Sousa');
    await page.getByLabel('E-mail address (optional)').fill('ana.sousa@harbour-finch.example');
    await page.setViewportSize({ width: 1200, height: 1280 });
    await picture(page, 'set-up');
    await page.setViewportSize({ width: 1200, height: 860 });
    await fillSetup(page, {
      organisation: 'Harbour & Finch',
      login: 'ana.sousa',
      name: 'Ana Sousa',
      email: 'ana.sousa@harbour-finch.example',
    });
    await picture(page, 'choose-a-way');
    await makePasskey(page, 'Ana’s laptop');
    await page.goto(`https://${HOST}/enrol/password`);
    await page.getByLabel('New password').fill(PASSWORD);
    await press(page, 'Save password');
    await page.getByText('You can add another way now, or later.').click();
    // The deployment's clock stands still and the phone's does not: a little ahead, it takes what the phone shows then.
    await deployment.clock.set(Date.now() + 15_000);
    const app = createTotp((await makeTotp(page, 'Ana’s phone')).uri);
    await press(page, 'Continue to recovery codes');
    await press(page, 'Download');
    await picture(page, 'recovery-codes');
    await press(page, 'Continue');
    await heading(page, 'Your account is ready');

    // Six weeks later; the passkey was used last week, and the phone this morning.
    await deployment.clock.advance(35 * DAY);
    await page.goto(`https://${HOST}/signin`);
    await picture(page, 'sign-in');
    await press(page, 'Sign in with a passkey');
    await press(page, 'Sign out');
    await deployment.clock.advance(6 * DAY);
    const pocket = await takeSeat(browser, {
      userAgent: IPHONE,
      extraHTTPHeaders: { 'x-forwarded-for': '198.51.100.7' },
    });
    await pocket.page.goto(`https://${HOST}/signin`);
    await enterName(pocket.page, 'ana.sousa');
    await enterPassword(pocket.page, PASSWORD);
    await follow(pocket.page, 'Use another way');
    await follow(pocket.page, /^Code from an authenticator app/);
    await enterCode(pocket.page, await freshCode(deployment, app));
    await heading(pocket.page, 'Your sign-in security');
    await deployment.clock.advance(20 * 60_000);

    await page.goto(`https://${HOST}/signin`);
    await enterName(page, 'ana.sousa');
    await follow(page, 'Use another way');
    await follow(page, /^Password/);
    await picture(page, 'password');
    await enterPassword(page, PASSWORD);
    await follow(page, 'Use another way');
    await picture(page, 'choose');
    await follow(page, /^Code from an authenticator app/);
    const code = await freshCode(deployment, app);
    await page.locator('#code').pressSequentially(code.replace(/^(...)/, '$1 '));
    await picture(page, 'code');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'code-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, 'code-phone');
    await page.setViewportSize({ width: 1200, height: 1196 });
    await enterCode(page, code);
    await heading(page, 'Your sign-in security');
    await picture(page, 'account');
  });
};

if (FOLDER === undefined)
  describe('pictures', () =>
    it.skip('are left out: PICTURES names no folder to put them in', () => undefined));
else suite('pictures', [CHROMIUM, ZBARIMG, OATHTOOL, OPENSSL], picturesOf);
