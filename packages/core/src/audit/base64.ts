import { fromBase64Url, toBase64Url } from '../kernel/base-encoding.ts';
import { err, type Result } from '../kernel/result.ts';

/** Base64 with padding (RFC 4648 §4), as signed notes write it. */
export function toBase64(bytes: Uint8Array): string {
  const bare = toBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, '=');
}

/** Accepts exactly what `toBase64` writes: padding in full, no other alphabet, no left-over bits (RFC 4648 §3.5). */
export function fromBase64(text: string): Result<Uint8Array, 'malformed'> {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return err('malformed');
  return fromBase64Url(text.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_'));
}
