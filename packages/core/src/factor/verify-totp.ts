import { equalBytes, utf8ToBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/time.ts';
import { hotp, type OtpAlgorithm } from './hotp.ts';
import type { Code6 } from './parse-code.ts';
import { stepAt } from './totp-step.ts';

/** What the server keeps of one enrolled authenticator app. */
export interface TotpSecret {
  readonly seed: Uint8Array;
  readonly algorithm: OtpAlgorithm;
  /** The newest step ever accepted for this credential, or null before the first. Only ever rises (R-OTP-04). */
  readonly lastStep: number | null;
}

export interface TotpSettings {
  /**
   * Off: the current and the last step are accepted, so a code lives at most 60 s (one step of delay, RFC 6238 §5.2).
   * On: the current step alone, at most 30 s, for those who claim ASVS 6.5.5 (R-OTP-05).
   */
  readonly onlyCurrentStep: boolean;
}

export const TOTP_DEFAULTS: TotpSettings = { onlyCurrentStep: false };

export type TotpVerdict =
  | { readonly kind: 'accepted'; readonly step: number }
  | { readonly kind: 'replayed'; readonly step: number }
  | { readonly kind: 'refused'; readonly hint: 'clock_behind' | 'clock_ahead' | null };

/** How far from the present step a code is looked for, newest first. Only 0 and −1 are ever accepted (design §10.6). */
const OFFSETS = [1, 0, -1, -2] as const;

/**
 * Judges one code against the credential at the given server time. `accepted` is not yet a proof: the caller must raise
 * `lastStep` to `step` in one conditional write (`last_step < step`) and grant nothing when no row changed (I-01, S-02).
 * The hint speaks of the clock of the person's device and must not be shown before another factor has been proven.
 */
export function verifyTotp(
  code: Code6,
  secret: TotpSecret,
  now: Instant,
  settings = TOTP_DEFAULTS,
): TotpVerdict {
  const present = stepAt(now);
  const typed = utf8ToBytes(code);
  // Every candidate is computed and compared, whichever matches: the time taken tells nothing (I-32).
  const matching = OFFSETS.map((offset) => ({ offset, step: Math.max(present + offset, 0) })).filter(
    ({ step }) => equalBytes(typed, utf8ToBytes(hotp(secret.seed, step, 6, secret.algorithm))),
  );

  // Newest first: when two steps share a code, the older one must not leave the newer open for the same digits.
  const fresh = matching.filter((at) => secret.lastStep === null || at.step > secret.lastStep);
  const accepted = fresh.find((at) => at.offset === 0 || (at.offset === -1 && !settings.onlyCurrentStep));
  if (accepted) return { kind: 'accepted', step: accepted.step };

  const used = matching.find((at) => !fresh.includes(at));
  if (used) return { kind: 'replayed', step: used.step };

  const [near] = fresh;
  return { kind: 'refused', hint: near ? (near.offset > 0 ? 'clock_ahead' : 'clock_behind') : null };
}
