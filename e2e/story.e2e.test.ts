import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '@countersign/testkit/deployment/free-port';
import { linkIn } from '@countersign/testkit/sinks/mailbox';
import { enterCode, enterName, enterPassword, heading, press } from './kit/act.ts';
import { acceptInvitation, codesShown, fillSetup, makePasskey, passwordAndTotp } from './kit/act-enrol.ts';
import { startApache, type ApacheClient } from './kit/apache.ts';
import { openBrowser, plugIn, takeSeat, type Seat } from './kit/browser.ts';
import { startNode, type Node } from './kit/node.ts';
import type { Phone } from './kit/phone.ts';
import { APACHE, CHROMIUM, MOD_AUTH_OPENIDC, OATHTOOL, suite, ZBARIMG } from './kit/programs.ts';

const PASSWORD = 'harbour-lantern-walnut-41';

interface Created {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Event {
  readonly type: string;
  readonly outcome: string;
}

/*
 * The promise of the README in one go: each test is the next chapter and needs those before it, as a newcomer would.
 */
suite('the story', [CHROMIUM, APACHE, MOD_AUTH_OPENIDC, OATHTOOL, ZBARIMG], () => {
  let node: Node;
  let browser: Browser;
  let apache: ApacheClient;
  let ben: Seat;
  let phone: Phone;
  let setupLink: string;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    [node, browser] = await Promise.all([startNode(), openBrowser()]);
  });
  afterAll(async () => {
    await apache?.stop();
    await browser?.close();
    await node?.stop();
  });

  const invite = async (login: string, name: string): Promise<string> => {
    const email = `${login}@harbour.example`;
    const invited = await node.cliJson('person', 'invite', login, '--name', name, '--email', email);
    ids.set(login, (invited as { id: string }).id);
    return linkIn(await node.mailbox.wait(email));
  };

  /** What Apache learnt about the person, as its protected page states it in headers. */
  const enterApp = async ({ page }: Seat, signIn: () => Promise<void>): Promise<Record<string, string>> => {
    await page.goto(apache.protectedUrl);
    await page.getByText('to continue to Harbour wiki').waitFor();
    const arrival = page.waitForResponse(
      (response) => response.url() === apache.protectedUrl && response.ok(),
    );
    await signIn();
    const response = await arrival;
    await heading(page, 'You are in');
    return response.allHeaders();
  };

  it('the printed link makes the first owner, who chooses a passkey', async () => {
    const owner = await takeSeat(browser, { passkeyAutofill: true });
    await plugIn(owner, 'internal');
    const { page } = owner;
    setupLink = await node.setupLink();
    await page.goto(setupLink);
    await fillSetup(page, {
      organisation: 'Harbour & Finch',
      login: 'ana',
      name: 'Ana Sousa',
      email: 'ana@harbour.example',
    });
    await makePasskey(page);
    await press(page, 'Finish and sign in');
    await heading(page, 'Your account is ready');
    await page.getByRole('link', { name: 'Continue' }).click();
    // The passkey is offered under the field for the name, and chosen there.
    await heading(page, 'Your sign-in security');
    expect(await page.getByText('Signed in as Ana Sousa').isVisible()).toBe(true);
    expect(owner.complaints).toEqual([]);
  });

  it('the link works once', async () => {
    const { page } = await takeSeat(browser);
    const response = await page.goto(setupLink);
    expect(response?.status()).toBe(410);
    await heading(page, 'Setup is finished');
  });

  it('somebody who is invited by mail chooses a password and an authenticator app, and saves recovery codes', async () => {
    ben = await takeSeat(browser, { acceptDownloads: true });
    const { page } = ben;
    await acceptInvitation(page, await invite('ben', 'Ben Okafor'));
    phone = await passwordAndTotp(page, PASSWORD);
    expect(decodeURIComponent(new URL(phone.uri).pathname)).toBe('/Harbour & Finch:ben');

    await press(page, 'Continue to recovery codes');
    await heading(page, 'Save your recovery codes');
    const codes = await codesShown(page);
    expect(codes).toHaveLength(10);
    await press(page, 'Continue');
    await page.getByText('First download, print or copy the codes.').waitFor();
    const download = page.waitForEvent('download');
    await press(page, 'Download');
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^countersign-recovery-codes-localhost-\d+-ben\.txt$/);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toMatch(/^Recovery codes for ben at localhost/);
    for (const code of codes) expect(text).toMatch(new RegExp(`^${code}\r?$`, 'm'));

    await press(page, 'Continue');
    await heading(page, 'Your account is ready');
    expect(ben.complaints).toEqual([]);
  });

  it('somebody else chooses a passkey and nothing besides', async () => {
    const seat = await takeSeat(browser);
    await plugIn(seat, 'internal');
    await acceptInvitation(seat.page, await invite('chloe', 'Chloé Martin'));
    await makePasskey(seat.page);
    await press(seat.page, 'Finish and sign in');
    await heading(seat.page, 'Your account is ready');

    // The same browser profile, later: it knows nothing but the passkey.
    await seat.context.clearCookies();
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const metadata = join(node.folder, 'wiki.json');
    await writeFile(
      metadata,
      JSON.stringify({
        redirect_uris: [`${origin}/protected/callback`],
        post_logout_redirect_uris: [`${origin}/bye.html`],
      }),
    );
    const created = (await node.cliJson('app', 'add', 'Harbour wiki', '--metadata', metadata)) as Created;
    apache = await startApache({ port, issuer: node.origin, ...created });

    const seen = await enterApp(seat, () => press(seat.page, 'Sign in with a passkey'));
    expect(seen['x-seen-subject']).toBe(ids.get('chloe'));
    expect(seen['x-seen-acr']).toBe('urn:countersign:acr:hardware-bound');
    expect(seat.complaints).toEqual([]);
  });

  it('the app sends the first to sign in with password and code, and learns who came and how', async () => {
    const { page } = ben;
    const seen = await enterApp(ben, async () => {
      await enterName(page, 'ben');
      await enterPassword(page, PASSWORD);
      await heading(page, 'Enter the code from your app');
      await enterCode(page, await phone.code());
    });
    expect(seen['x-seen-subject']).toBe(ids.get('ben'));
    expect(seen['x-seen-name']).toBe('Ben Okafor');
    expect(seen['x-seen-acr']).toBe('urn:countersign:acr:mfa-no-sms');
    expect(ben.complaints).toEqual([]);
  });

  it('signing out in the app ends the session here too', async () => {
    const { page } = ben;
    await page.goto(node.origin);
    await heading(page, 'Your sign-in security');
    await page.goto(apache.signOutUrl);
    await heading(page, 'Goodbye');
    expect(page.url()).toBe(apache.signedOutUrl);
    await page.goto(node.origin);
    await heading(page, 'Sign in');
    await page.goto(apache.protectedUrl);
    await heading(page, 'Sign in');
  });

  it('every step stands in a log that is proven untouched', async () => {
    const file = join(node.folder, 'audit.jsonl');
    await expect
      .poll(async () => (await node.cli('audit', 'verify', '--live')).code, { timeout: 60_000 })
      .toBe(0);
    expect((await node.cli('audit', 'export', file)).code).toBe(0);
    const verdict = await node.cli('audit', 'verify', file);
    expect([verdict.code, verdict.out]).toEqual([0, expect.stringMatching(/^Untouched: \d+ entries of /)]);

    const events = (await node.cliJson('log', 'list', '--limit', '500')) as readonly Event[];
    const good = new Set(events.filter(({ outcome }) => outcome === 'ok').map(({ type }) => type));
    expect([...good]).toEqual(
      expect.arrayContaining([
        'setup.address_fixed',
        'setup.closed',
        'account.created',
        'account.invited',
        'invitation.used',
        'factor.enrolled',
        'recovery.codes_made',
        'app.created',
        'signin.proof_accepted',
        'session.started',
        'grant.issued',
        'oidc.logout',
        'session.ended',
      ]),
    );
    const exported = await readFile(file, 'utf8');
    for (const type of good) expect(exported).toContain(type);

    // And the proof is one: a single changed letter is found.
    const forged = join(node.folder, 'forged.jsonl');
    await writeFile(forged, exported.replace('"factor.enrolled"', '"factor.removed"'));
    expect((await node.cli('audit', 'verify', forged)).code).toBe(1);
  });
});
