import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  type Page,
} from 'playwright-core';
import { CHROMIUM } from './programs.ts';

export const openBrowser = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });

export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly cdp: CDPSession;
  /** What the page's console and its scripts complained about; tests expect none. */
  readonly complaints: readonly string[];
}

export interface SeatOptions extends BrowserContextOptions {
  /**
   * Whether the browser offers passkeys in the list under a field. A virtual authenticator then picks its passkey at
   * once, as soon as the page is there; left out unless asked for, so that pages can be looked at.
   */
  readonly passkeyAutofill?: boolean;
}

/** A person in front of a fresh browser profile. */
export async function takeSeat(
  browser: Browser,
  { passkeyAutofill = false, ...options }: SeatOptions = {},
): Promise<Seat> {
  const context = await browser.newContext(options);
  if (!passkeyAutofill) {
    await context.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A form shown again answers 4xx on purpose; the browser reports every such status.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      complaints.push(message.text());
  });
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  return { context, page, cdp, complaints };
}

export type Hardware = 'internal' | 'usb' | 'u2f';

/** A virtual authenticator: a platform one, a USB security key, or an old U2F key. Resolves to its id. */
export async function plugIn(
  { cdp }: Seat,
  hardware: Hardware,
  verifiesUser = hardware === 'internal',
): Promise<string> {
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: hardware === 'u2f' ? 'u2f' : 'ctap2',
      transport: hardware === 'internal' ? 'internal' : 'usb',
      hasResidentKey: hardware !== 'u2f',
      hasUserVerification: verifiesUser,
      isUserVerified: verifiesUser,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}
