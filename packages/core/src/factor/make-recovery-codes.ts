import { CODE_BYTES, showCodeText, toCodeText } from './code-text.ts';

declare const code: unique symbol;

/** One saved recovery code in the spelling that is hashed: sixteen characters, 80 random bits. A secret. */
export type RecoveryCode = string & { readonly [code]: 'recovery' };

/** Codes in a set: enough for years of lost phones, few enough to print on a card. */
export const RECOVERY_CODES = 10;

/**
 * A fresh set of ten codes from 100 bytes of a cryptographic random source. All digests of one set share one salt, so
 * that an attempt costs one argon2id and not ten (design §10.6). Throws on another length: that is our own fault.
 */
export function makeRecoveryCodes(random: Uint8Array): readonly RecoveryCode[] {
  const wanted = RECOVERY_CODES * CODE_BYTES;
  if (random.length !== wanted) throw new RangeError(`A set of recovery codes takes ${wanted} random bytes.`);
  return Array.from(
    { length: RECOVERY_CODES },
    (_, i) => toCodeText(random.subarray(i * CODE_BYTES, (i + 1) * CODE_BYTES)) as RecoveryCode,
  );
}

/** The code as people see it, `XXXX-XXXX-XXXX-XXXX`. */
export const showRecoveryCode = (code: RecoveryCode): string => showCodeText(code);
