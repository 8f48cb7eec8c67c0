import { err, ok, type Result } from '../kernel/result.ts';

/** Most code points of a password: far above the 64 that must be accepted (R-PWD-03), and at most 1,024 bytes of UTF-8. */
export const PASSWORD_LONGEST = 256;

/** Most UTF-16 units looked at: decomposed writing takes a few for one code point. Bounds the work of normalising. */
const UNITS_LOOKED_AT = PASSWORD_LONGEST * 4;

/** A password in the one spelling that is hashed. Prints as a placeholder wherever it strays (style rule 9). */
class Password {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the hash, the tag and the rules; nowhere else. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[password]';
  }

  toJSON(): string {
    return '[password]';
  }
}

export type NormalisedPassword = Password;

/** Number of code points, which is what every length rule counts (R-PWD-04). */
export const passwordLength = (password: NormalisedPassword): number => [...password.reveal()].length;

/**
 * What a person typed, brought to NFC and otherwise untouched: blanks count, case counts, nothing is cut (R-PWD-03,
 * R-PWD-04, I-32). The one way to a password at sign-in and when setting one. Control characters and broken surrogates
 * are refused: they come from broken clients, cannot be typed again elsewhere, and broken surrogates would all hash
 * alike. At sign-in a refusal is a wrong password of equal cost (`spend`), never an answer of its own.
 */
export function normalisePassword(
  typed: unknown,
): Result<NormalisedPassword, 'password.malformed' | 'password.too_long'> {
  if (typeof typed !== 'string' || !typed.isWellFormed()) return err('password.malformed');
  if (typed.length > UNITS_LOOKED_AT) return err('password.too_long');
  if (/\p{Cc}/u.test(typed)) return err('password.malformed');
  const password = new Password(typed.normalize('NFC'));
  return passwordLength(password) > PASSWORD_LONGEST ? err('password.too_long') : ok(password);
}
