import { err, ok, type Result } from './result.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function encode(bytes: Uint8Array, alphabet: string, width: number): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= width) {
      bits -= width;
      text += alphabet.charAt((held >>> bits) & ((1 << width) - 1));
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet.charAt((held << (width - bits)) & ((1 << width) - 1)) : text;
}

function decode(text: string, alphabet: string, width: number): Result<Uint8Array, 'malformed'> {
  const bytes = new Uint8Array(Math.floor((text.length * width) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return err('malformed');
    held = (held << width) | value;
    bits += width;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >>> bits) & 0xff;
      held &= (1 << bits) - 1;
    }
  }
  // Left-over bits must be zero, and fewer than one character's worth: one value has one spelling (RFC 4648 §3.5).
  return bits >= width || held !== 0 ? err('malformed') : ok(bytes);
}

/** Upper-case base32 without padding, as in otpauth addresses (RFC 4648 §6). */
export const toBase32 = (bytes: Uint8Array): string => encode(bytes, BASE32, 5);

/** Base64url without padding (RFC 4648 §5). */
export const toBase64Url = (bytes: Uint8Array): string => encode(bytes, BASE64URL, 6);
export const fromBase64Url = (text: string): Result<Uint8Array, 'malformed'> => decode(text, BASE64URL, 6);
