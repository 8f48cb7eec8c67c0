import { days, hours, minutes, seconds, type Duration } from '@countersign/core/kernel/time';

/** How long what this door hands out may live, each with its reason. */
export const LIVES = {
  /** A code crosses one redirect (R-OIDC-06; OAuth 2.1 §4.1.2 allows 10 min at most). */
  code: seconds(60),
  /** Opaque, and every use asks us again; short for those resource servers that keep an answer. */
  accessToken: minutes(10),
  /** An ID token is proof of one sign-in, not a session. */
  idToken: hours(1),
  /** A sign-in may take so long (core `SIGNIN_LIFE`); the request waits for it. */
  interaction: minutes(15),
  /** Unused for so long, a refresh token is dead: the idle life of a session (design.md §10.13). */
  refreshIdle: minutes(30),
  /** No chain of refreshes outlives a session's absolute life unless an administrator says so for the app. */
  refreshAbsolute: hours(12),
  /** The most that an app may be given, idle or absolute (SP 800-63B-4 §2.1.3: re-authentication every 30 days). */
  refreshMost: days(30),
  /** Between the confirmation page of a logout and its answer. */
  logoutTicket: minutes(10),
} as const satisfies Readonly<Record<string, Duration>>;

export const KEY_LIVES = {
  /** A key is published so long before it signs that every verifier's cached JWKS has it. */
  published: hours(48),
  /** A key signs for so long. */
  active: days(90),
  /** A retired key stays published: ID tokens it signed still come back as hints, at most as old as the longest session. */
  retired: days(7),
} as const satisfies Readonly<Record<string, Duration>>;

export const toSeconds = (duration: Duration): number => Math.floor(duration / 1000);
