import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

/** The hash functions of RFC 6238 §1.2, as they are spelt in otpauth addresses. */
export const OTP_ALGORITHMS = ['SHA1', 'SHA256', 'SHA512'] as const;
export type OtpAlgorithm = (typeof OTP_ALGORITHMS)[number];

const HASHES = { SHA1: sha1, SHA256: sha256, SHA512: sha512 } as const;

/** The counter as eight bytes, so that steps go on after 2038 (R-OTP-03). */
function counterBytes(counter: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(counter / 2 ** 32));
  view.setUint32(4, counter % 2 ** 32);
  return bytes;
}

/** The one-time value of RFC 4226 §5.3 for a whole, non-negative counter; `digits` decimal digits, zeros kept. */
export function hotp(seed: Uint8Array, counter: number, digits: 6 | 7 | 8, algorithm: OtpAlgorithm): string {
  const mac = hmac(HASHES[algorithm], seed, counterBytes(counter));
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  const truncated = new DataView(mac.buffer, mac.byteOffset).getUint32(offset) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}
