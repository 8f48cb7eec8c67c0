import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '../kernel/bytes.ts';
import { type Duration, type Instant, minutes } from '../kernel/time.ts';
import type { NormalisedPassword } from './normalise-password.ts';

/**
 * One failed password guess, as a row of `password_guess_tag(tag, subject, at)`. Keep rows for the window only.
 * `subject` is the account id, or for a name nobody has a keyed hash of the canonical name: unknown names count like
 * known ones, so that detection neither misses a spray nor tells who exists.
 */
export interface PasswordGuess {
  readonly tag: string;
  readonly subject: string;
  readonly at: Instant;
}

export interface SpraySettings {
  /** Distinct accounts that fail with one password before it counts as sprayed: far more than chance, far below a harvest. */
  readonly accounts: number;
  readonly window: Duration;
}

export const SPRAY_DEFAULTS: SpraySettings = { accounts: 10, window: minutes(10) };

/** What the store counts for one guess before it is evaluated. */
export interface SprayFacts {
  /** Distinct other subjects that failed with this tag inside the window. */
  readonly others: number;
  /** Whether this subject failed with it there already. */
  readonly again: boolean;
}

export type SprayVerdict =
  /** Evaluate the guess; if it fails, record it, and record the event when one is named. */
  | { readonly kind: 'evaluate'; readonly eventIfWrong: 'password.spray' | null }
  /** Do not evaluate: spend the same cost, answer as to a wrong password, record the guess. No account is locked. */
  | { readonly kind: 'blocked'; readonly accounts: number };

/** 32 bits: two passwords hardly ever share a tag, while a stolen table with its key still fits many passwords each. */
const TAG_BYTES = 4;

/** The keyed, shortened tag of a password. The key is kept outside the store and serves nothing else. */
export function passwordTag(key: Uint8Array, password: NormalisedPassword): string {
  const message = concatBytes(utf8ToBytes('countersign password-guess v1\0'), utf8ToBytes(password.reveal()));
  return bytesToHex(hmac(sha256, key, message).subarray(0, TAG_BYTES));
}

/** The facts as the store's query must count them; its oracle in tests, and the rule for small sets. */
export function countGuesses(
  guesses: readonly PasswordGuess[],
  guess: PasswordGuess,
  settings = SPRAY_DEFAULTS,
): SprayFacts {
  const since = guess.at - settings.window;
  const subjects = new Set(
    guesses
      .filter(({ tag, at }) => tag === guess.tag && at > since && at <= guess.at)
      .map(({ subject }) => subject),
  );
  const again = subjects.delete(guess.subject);
  return { others: subjects.size, again };
}

/**
 * One password tried on many accounts is blocked for all of them, the right account included, while the window lasts:
 * whoever holds that password is better served by a way that an attacker does not share (S-80). The event is named once,
 * on the guess that reaches the limit.
 */
export function judgePasswordSpray({ others, again }: SprayFacts, settings = SPRAY_DEFAULTS): SprayVerdict {
  const accounts = others + (again ? 1 : 0);
  if (accounts >= settings.accounts) return { kind: 'blocked', accounts };
  return {
    kind: 'evaluate',
    eventIfWrong: !again && accounts + 1 >= settings.accounts ? 'password.spray' : null,
  };
}
