import { hours, minutes, type Duration, type Instant } from '../kernel/time.ts';

/** How many guesses a factor of an account allows. Each number has its reason beside it. */
export interface GuessBudget {
  /** Consecutive failures before waiting begins. */
  readonly free: number;
  /** The first wait; it doubles with each further failure. */
  readonly firstWait: Duration;
  readonly longestWait: Duration;
  /** Evaluated guesses in `window` after which the factor stays off until a stronger one is used. */
  readonly perWindow: number;
  readonly window: Duration;
  /** Consecutive failures after which the factor is off whatever the time (NIST SP 800-63B-4 §3.2.2: at most 100). */
  readonly consecutive: number;
}

/** The factors that can be guessed. Signatures cannot, so WebAuthn has no budget. */
export const GUESSABLE = ['password', 'totp', 'recovery-code', 'temporary-pass'] as const;
export type Guessable = (typeof GUESSABLE)[number];

const WAITS = { firstWait: minutes(1), longestWait: hours(1), window: hours(24) } as const;

export const GUESS_BUDGETS: Readonly<Record<Guessable, GuessBudget>> = {
  // A person mistypes a password more often than a code, and a guess costs the attacker an argon2id hash of ours.
  password: { ...WAITS, free: 10, perWindow: 50, consecutive: 100 },
  // 20 a day at two valid codes of a million: 0.004 % a day, 0.02 % over the hundred (security.md §0).
  totp: { ...WAITS, free: 5, perWindow: 20, consecutive: 100 },
  // 80 random bits cannot be guessed: the budget only bounds the hashing that a stranger can cause. Long waits would let
  // strangers keep a pass from its owner for the hour that it lives; a new pass or set starts with a fresh count.
  'recovery-code': { ...WAITS, longestWait: minutes(1), free: 5, perWindow: 10_000, consecutive: 100 },
  'temporary-pass': { ...WAITS, longestWait: minutes(1), free: 5, perWindow: 10_000, consecutive: 100 },
};

/**
 * What is remembered of the guesses at one factor of one account in one lane. A lane is everyone unfamiliar
 * together, or one known browser: a stranger spends nothing of what the owner's browser may spend.
 */
export interface GuessCount {
  readonly consecutive: number;
  readonly windowStart: Instant;
  readonly inWindow: number;
  readonly lockedUntil: Instant;
  /** Off until a phishing-resistant proof or an administrator clears it. */
  readonly suspended: boolean;
}

export const NO_GUESSES: GuessCount = {
  consecutive: 0,
  windowStart: 0,
  inWindow: 0,
  lockedUntil: 0,
  suspended: false,
};
