import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { OATHTOOL, output, ZBARIMG } from './programs.ts';

const STEP = 30_000;

/** An authenticator app that shares no code with ours: `zbarimg` is its camera, `oathtool` its arithmetic. */
export interface Phone {
  readonly uri: string;
  /** What the app shows now. Waits for the next when it gave that one before: a code opens nothing twice. */
  readonly code: () => Promise<string>;
}

/** Photographs what is on the screen there and reads the QR code in it. */
export async function scan(picture: Locator): Promise<Phone> {
  const folder = await mkdtemp(join(tmpdir(), 'cs-qr-'));
  try {
    const path = join(folder, 'qr.png');
    await picture.screenshot({ path });
    return phoneWith(await output(ZBARIMG, '--raw', '--quiet', path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function phoneWith(uri: string): Phone {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  let last = 0;
  return {
    uri,
    code: async () => {
      // Never in the last seconds of a step, in which it would end on the way.
      while (Math.floor(Date.now() / STEP) === last || Date.now() % STEP > STEP - 3_000) await sleep(250);
      last = Math.floor(Date.now() / STEP);
      return output(OATHTOOL, '--totp', '--base32', secret);
    },
  };
}
