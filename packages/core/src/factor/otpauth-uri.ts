import { toBase32 } from '../kernel/base-encoding.ts';
import { seconds } from '../kernel/time.ts';
import type { OtpAlgorithm } from './hotp.ts';
import { TOTP_STEP } from './totp-step.ts';

export interface OtpauthFacts {
  /** Who runs this deployment, as the app will show it. */
  readonly issuer: string;
  readonly account: string;
  readonly seed: Uint8Array;
  /** Leave at SHA1 for enrolment: common apps read another value and compute SHA-1 all the same. */
  readonly algorithm?: OtpAlgorithm;
}

/** A colon divides issuer from account in the label, so neither may hold one; a broken surrogate cannot be encoded. */
const labelPart = (text: string): string =>
  encodeURIComponent(text.toWellFormed().replaceAll(':', '-').trim());

/**
 * The address an authenticator app reads from the QR picture (Google Authenticator's key URI format). Spaces become
 * `%20`, never `+`, which some apps show. Holds the seed: show it once, log it never.
 */
export function otpauthUri({ issuer, account, seed, algorithm = 'SHA1' }: OtpauthFacts): string {
  const [maker, owner] = [labelPart(issuer), labelPart(account)];
  const period = TOTP_STEP / seconds(1);
  return `otpauth://totp/${maker}:${owner}?secret=${toBase32(seed)}&issuer=${maker}&algorithm=${algorithm}&digits=6&period=${period}`;
}
