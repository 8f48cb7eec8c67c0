import { sha256 as noble } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from './bytes.ts';

export const sha256 = (bytes: Uint8Array): Uint8Array => noble(bytes);

/** How a random secret of at least 128 bits is kept: it cannot be searched for, so no salt or cost is needed. */
export const hashSecret = (secret: string): Uint8Array => noble(utf8ToBytes(secret));
