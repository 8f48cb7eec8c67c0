/** Length of a fresh seed: the output of HMAC-SHA-1, 160 bits (R-OTP-01; RFC 4226 §4 R6). */
export const TOTP_SEED_BYTES = 20;

/** A fresh seed from 20 bytes of a cryptographic random source. Throws on another length: that is our own fault. */
export function newTotpSeed(random: Uint8Array): Uint8Array {
  if (random.length !== TOTP_SEED_BYTES)
    throw new RangeError(`A TOTP seed takes ${TOTP_SEED_BYTES} random bytes.`);
  return random.slice();
}
