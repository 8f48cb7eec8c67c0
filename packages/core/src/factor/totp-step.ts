import { type Instant, seconds } from '../kernel/time.ts';

/** One time step. RFC 6238 §4.2 recommends 30 s, and many authenticator apps ignore any other value. */
export const TOTP_STEP = seconds(30);

/** Number of the 30 s step that a moment lies in, counted from 1970 (RFC 6238 §4.2). Server time only (R-OTP-06). */
export const stepAt = (now: Instant): number => Math.floor(now / TOTP_STEP);
