import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../kernel/bytes.ts';

/** A server passes its platform's; the default is for browsers and the offline check. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const sha256: Sha256 = nobleSha256;

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** HASH(0x00 ‖ entry). The prefix keeps a leaf from passing as a node (RFC 9162 §2.1.1, R-AUD-06). */
export const leafHash = (entry: Uint8Array, hash: Sha256 = sha256): Uint8Array =>
  hash(concatBytes(LEAF, entry));

/** HASH(0x01 ‖ left ‖ right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array, hash: Sha256 = sha256): Uint8Array =>
  hash(concatBytes(NODE, left, right));

/** The root of a tree without entries: HASH(). */
export const emptyRoot = (hash: Sha256 = sha256): Uint8Array => hash(new Uint8Array());
