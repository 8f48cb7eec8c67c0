import { showCodeText, toCodeText } from './code-text.ts';

declare const code: unique symbol;

/** A temporary pass in the spelling that is hashed: sixteen characters, 80 random bits. A secret. */
export type TemporaryPass = string & { readonly [code]: 'temporary-pass' };

/**
 * A fresh temporary pass from ten bytes of a cryptographic random source. Holds under 112 bits, so it is stored under
 * its own salt with the password hash, as a recovery code is (R-OTP-12).
 */
export const makeTemporaryPass = (random: Uint8Array): TemporaryPass => toCodeText(random) as TemporaryPass;

/** The pass as people see it, `XXXX-XXXX-XXXX-XXXX`. */
export const showTemporaryPass = (pass: TemporaryPass): string => showCodeText(pass);
