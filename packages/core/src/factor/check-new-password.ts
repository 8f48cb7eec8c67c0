import { err, ok, type Result } from '../kernel/result.ts';
import { type ContextSource, contextWords, type PasswordContext } from './context-words.ts';
import { isExpectedPassword, repeatedUnit } from './is-expected-password.ts';
import { madeOfWords } from './made-of-words.ts';
import {
  type NormalisedPassword,
  normalisePassword,
  PASSWORD_LONGEST,
  passwordLength,
} from './normalise-password.ts';

/** Beside another factor (R-PWD-02, design §10.13). */
export const PASSWORD_SHORTEST_BESIDE = 8;
/** Where the password could ever stand alone (R-PWD-01, design §10.13). */
export const PASSWORD_SHORTEST_ALONE = 15;

export interface NewPasswordFacts extends PasswordContext {
  /** Whether anything can be opened with this password and nothing else. */
  readonly standsAlone: boolean;
  /** Whether a text is on the list of common and leaked passwords, in whatever case. */
  readonly isCommon: (password: string) => boolean;
}

export type PasswordReason =
  /** Holds control characters or broken characters, or is no text at all. */
  | { readonly code: 'password.malformed' }
  | { readonly code: 'password.too_short'; readonly shortest: number; readonly length: number }
  | { readonly code: 'password.too_long'; readonly longest: number }
  | { readonly code: 'password.common' }
  /** The whole password is a simple variation of a word that belongs to this person or place. */
  | { readonly code: 'password.context'; readonly source: ContextSource };

/**
 * Judges a password that somebody wants to set, and gives every reason against it at once. There is no rule about kinds
 * of characters (R-PWD-05) and no age (R-PWD-06). Established on success: NFC, long enough, on no list, no variation of
 * a context word. Not established: that it differs from the present one, or that whoever asks may set it.
 */
export function checkNewPassword(
  typed: unknown,
  facts: NewPasswordFacts,
): Result<NormalisedPassword, readonly PasswordReason[]> {
  const normalised = normalisePassword(typed);
  if (!normalised.ok)
    return err([
      normalised.error === 'password.too_long'
        ? { code: 'password.too_long', longest: PASSWORD_LONGEST }
        : { code: 'password.malformed' },
    ]);

  const text = normalised.value.reveal();
  const reasons: PasswordReason[] = [];

  const shortest = facts.standsAlone ? PASSWORD_SHORTEST_ALONE : PASSWORD_SHORTEST_BESIDE;
  const length = passwordLength(normalised.value);
  if (length < shortest) reasons.push({ code: 'password.too_short', shortest, length });

  if (facts.isCommon(text) || facts.isCommon(repeatedUnit(text)) || (length > 0 && isExpectedPassword(text)))
    reasons.push({ code: 'password.common' });

  const words = contextWords(facts);
  const word = madeOfWords(text, [...words.keys()]);
  const source = word === null ? undefined : words.get(word);
  if (source) reasons.push({ code: 'password.context', source });

  return reasons.length > 0 ? err(reasons) : ok(normalised.value);
}
