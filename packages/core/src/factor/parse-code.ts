import { err, ok, type Result } from '../kernel/result.ts';

declare const code: unique symbol;

/** Exactly six ASCII digits, leading zeros kept (R-OTP-02). Only `parseCode` makes one. */
export type Code6 = string & { readonly [code]: 6 };

/**
 * Reads a one-time code as a machine sends it: a string of exactly six ASCII digits, nothing before, between or after.
 * Everything else is refused unevaluated (I-32, S-04): one code has one spelling, so a used code cannot return in another.
 */
export function parseCode(text: unknown): Result<Code6, 'otp.malformed'> {
  return typeof text === 'string' && /^[0-9]{6}$/.test(text) ? ok(text as Code6) : err('otp.malformed');
}
