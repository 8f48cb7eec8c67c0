import { bytesToHex, concatBytes, utf8ToBytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type Sha256, sha256 } from './tree-hash.ts';

/** Signature type byte of plain Ed25519 (C2SP signed-note). A second type, as ML-DSA-44, would be a second constant. */
const ED25519 = 0x01;
const LONGEST_NAME = 256;

/** The public half of a key that signs notes. A log signs under its origin as name (R-AUD-10). */
export interface NoteKey {
  readonly name: string;
  /** The key id in lower-case hex: SHA-256(name ‖ 0x0A ‖ type ‖ public key), first four bytes. It is no protection. */
  readonly id: string;
  readonly publicKey: Uint8Array;
}

/** Not empty, no Unicode space, no plus (C2SP signed-note), and for us nothing invisible and no end. */
export const isNoteName = (name: string): boolean =>
  name.length <= LONGEST_NAME && name.isWellFormed() && /^[^\s+\p{C}\p{Z}]+$/u.test(name);

export function makeNoteKey(
  name: string,
  publicKey: Uint8Array,
  hash: Sha256 = sha256,
): Result<NoteKey, 'malformed'> {
  if (!isNoteName(name) || publicKey.length !== 32) return err('malformed');
  const digest = hash(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(ED25519), publicKey));
  return ok({ name, id: bytesToHex(digest.subarray(0, 4)), publicKey });
}

/** `name+id+base64(type ‖ public key)`, as Go's note package and the witnesses read it. */
export const formatNoteKey = (key: NoteKey): string =>
  `${key.name}+${key.id}+${toBase64(concatBytes(Uint8Array.of(ED25519), key.publicKey))}`;

/** Reads what `formatNoteKey` wrote; the id must be the one that name and key give. */
export function parseNoteKey(text: string, hash: Sha256 = sha256): Result<NoteKey, 'malformed'> {
  if (text.length > 2 * LONGEST_NAME) return err('malformed');
  // Only the first two plus signs separate: base64 may hold more of them.
  const [name = '', id = '', ...encoded] = text.split('+');
  const bytes = fromBase64(encoded.join('+'));
  if (!bytes.ok || bytes.value[0] !== ED25519) return err('malformed');
  const key = makeNoteKey(name, bytes.value.slice(1), hash);
  return key.ok && key.value.id === id ? key : err('malformed');
}
