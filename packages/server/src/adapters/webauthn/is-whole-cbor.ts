const ARGUMENT_BYTES: Readonly<Record<number, number>> = { 24: 1, 25: 2, 26: 4, 27: 8 };

/**
 * Whether the bytes are exactly one CBOR item of definite lengths. The library's reader neither minds bytes behind
 * the item nor strings that run past the end. What is inside is not looked at.
 */
export function isWholeCbor(bytes: Uint8Array): boolean {
  let at = 0;
  for (let awaited = 1; awaited > 0; awaited--) {
    const head = bytes[at];
    if (head === undefined || awaited > bytes.length - at) return false;
    const major = head >> 5;
    const short = head & 0x1f;
    const extra = short < 24 ? 0 : ARGUMENT_BYTES[short];
    if (extra === undefined) return false;
    // At most 8 bytes: too large a number loses precision, and is refused as too large all the same.
    const argument =
      extra === 0 ? short : bytes.subarray(at + 1, at + 1 + extra).reduce((sum, byte) => sum * 256 + byte, 0);
    at += 1 + extra;
    if (major === 2 || major === 3) at += argument;
    if (major === 4) awaited += argument;
    if (major === 5) awaited += argument * 2;
    if (major === 6) awaited += 1;
  }
  return at === bytes.length;
}
