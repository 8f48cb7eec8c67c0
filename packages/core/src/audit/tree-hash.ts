import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/** A server passes its platform's; the default is for browsers and the offline check. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const sha256: Sha256 = nobleSha256;

const LEAF = 0x00;
const NODE = 0x01;

function prefixed(prefix: number, first: Uint8Array, second?: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + first.length + (second?.length ?? 0));
  bytes[0] = prefix;
  bytes.set(first, 1);
  if (second !== undefined) bytes.set(second, 1 + first.length);
  return bytes;
}

/** HASH(0x00 ‖ entry). The prefix keeps a leaf from passing as a node (RFC 9162 §2.1.1, R-AUD-06). */
export const leafHash = (entry: Uint8Array, hash: Sha256 = sha256): Uint8Array => hash(prefixed(LEAF, entry));

/** HASH(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array, hash: Sha256 = sha256): Uint8Array =>
  hash(prefixed(NODE, left, right));

/** The root of a tree without entries: HASH(). */
export const emptyRoot = (hash: Sha256 = sha256): Uint8Array => hash(new Uint8Array());
