import { err, ok, type Result } from '../kernel/result.ts';

/** Longest accepted name, in characters after normalisation: the longest e-mail address (RFC 5321 §4.5.3.1.3). */
const LONGEST = 254;

/**
 * The one spelling under which an account is found, budgeted and audited (I-03): NFKC, trimmed, lower case.
 * Refuses control characters, inner blanks and invisible formatting, which would let two names look alike.
 */
export function canonicalName(
  typed: string,
): Result<string, 'name.empty' | 'name.too_long' | 'name.malformed'> {
  if (typed.length > LONGEST * 4) return err('name.too_long');
  const name = typed.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
  if (name === '') return err('name.empty');
  if (name.length > LONGEST) return err('name.too_long');
  if (/[\p{C}\p{Z}]/u.test(name)) return err('name.malformed');
  return ok(name);
}
