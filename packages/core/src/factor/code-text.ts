import { err, ok, type Result } from '../kernel/result.ts';

/** Crockford's base32 alphabet: no I, L, O or U, so that handwriting and screens leave nothing to confuse. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Look-alikes that are not in the alphabet, and the character each was meant to be. */
const LOOKALIKES: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0', U: 'V' };

/** 80 random bits: above the 64 of I-18 and R-REC-07, and sixteen characters without a remainder. */
export const CODE_BYTES = 10;
const LENGTH = 16;

/** Longest text worth reading: a code with a blank between any two characters, and some around it. */
const LONGEST = 64;

/** Sixteen characters for ten random bytes, in the one spelling that is hashed. */
export function toCodeText(random: Uint8Array): string {
  if (random.length !== CODE_BYTES) throw new RangeError(`A code takes ${CODE_BYTES} random bytes.`);
  let held = random.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  let text = '';
  for (let i = 0; i < LENGTH; i++) {
    text = ALPHABET.charAt(Number(held & 31n)) + text;
    held >>= 5n;
  }
  return text;
}

/** The code as people see it, `XXXX-XXXX-XXXX-XXXX`. */
export const showCodeText = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code;

/** Brings what a person typed to the one hashed spelling: case, blanks, hyphens and look-alikes are forgiven. */
export function fromCodeText(typed: unknown): Result<string, 'malformed'> {
  if (typeof typed !== 'string' || typed.length > LONGEST) return err('malformed');
  const bare = typed.replace(/[\s\u2010-\u2015\u2212-]/g, '');
  // ASCII first: upper case would otherwise turn a dotless i or a long s into one of our letters.
  if (!/^[0-9A-Za-z]{16}$/.test(bare)) return err('malformed');
  return ok(bare.toUpperCase().replace(/[ILOU]/g, (character) => LOOKALIKES[character] ?? character));
}
