/** One INTEGER at `at`: positive and in the fewest bytes. Returns where it ends, or null. */
function endOfInteger(bytes: Uint8Array, at: number): number | null {
  const size = bytes[at + 1] ?? 0;
  const [first = 0, second = 0] = bytes.subarray(at + 2, at + 4);
  if (bytes[at] !== 0x02 || size < 1 || size > 0x7f || first >= 0x80) return null;
  return size > 1 && first === 0 && second < 0x80 ? null : at + 2 + size;
}

/**
 * Whether the bytes are an ECDSA signature in strict DER. The library reads lengths generously, so that one
 * signature would have several spellings and a flipped bit could pass (S-22).
 */
export function isEcdsaSignature(bytes: Uint8Array): boolean {
  // P-521 is the only curve whose two numbers need the long form of a length.
  const start = bytes[1] === 0x81 && (bytes[2] ?? 0) >= 0x80 ? 3 : 2;
  const size = bytes[start - 1] ?? 0;
  if (bytes[0] !== 0x30 || (start === 2 && size >= 0x80) || start + size !== bytes.length) return false;
  const middle = endOfInteger(bytes, start);
  return middle !== null && endOfInteger(bytes, middle) === bytes.length;
}
