import { setTimeout as sleep } from 'node:timers/promises';
import type { Totp } from '../authenticators/totp.ts';
import type { Deployment } from '../deployment/start-deployment.ts';

const STEP = 30_000;
const usedUp = new WeakMap<Totp, number>();

const stepAt = (at: number): number => Math.floor(at / STEP);

/** Waits, or moves the clock, until the middle of a later step than the given one. */
async function pass(deployment: Deployment, step: number): Promise<void> {
  const { clock } = deployment;
  if (clock.kind === 'controlled') await clock.set((step + 1) * STEP + STEP / 2);
  else await sleep((step + 1) * STEP + 500 - clock.now());
}

/** A code that was never shown to the server: one of a later step than all that this function gave before. */
export async function freshCode(deployment: Deployment, totp: Totp): Promise<string> {
  const last = usedUp.get(totp) ?? -1;
  if (stepAt(deployment.clock.now()) <= last) await pass(deployment, last);
  const now = deployment.clock.now();
  usedUp.set(totp, stepAt(now));
  return totp.code(now);
}

/** Six digits that are no code of this app about now. */
export function wrongCode(totp: Totp, at: number, salt = 1): string {
  const right = new Set([-3, -2, -1, 0, 1, 2, 3].map((offset) => totp.code(at, offset)));
  for (let guess = salt % 1_000_000; ; guess = (guess + 7_919) % 1_000_000) {
    const code = String(guess).padStart(6, '0');
    if (!right.has(code)) return code;
  }
}
