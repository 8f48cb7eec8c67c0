import { createHash } from 'node:crypto';

/** A Bloom filter: never forgets a member, and takes a stranger for one at a known small rate. */
export interface BloomFilter {
  readonly hashes: number;
  readonly members: number;
  readonly bits: Uint8Array;
}

/** File layout: magic, version and hashes (one byte each), members (u32 big endian), SHA-256 of the bits, the bits. */
const MAGIC = 'CSBF';
const VERSION = 1;
const HEAD = MAGIC.length + 1 + 1 + 4 + 32;

const digest = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** The bit numbers of one text, by double hashing over one SHA-256 (Kirsch and Mitzenmacher 2006). */
function* positions(text: string, hashes: number, size: number): Generator<number> {
  const hash = digest(text);
  const first = hash.readUIntBE(0, 6);
  const stride = hash.readUIntBE(6, 4) | 1;
  for (let i = 0; i < hashes; i++) yield (first + i * (stride >>> 0)) % size;
}

/** A filter over the texts; the same texts give the same bytes, in whatever order they come. */
export function buildBloomFilter(
  texts: ReadonlySet<string>,
  bitsPerMember: number,
  hashes: number,
): BloomFilter {
  const bits = new Uint8Array(Math.ceil((texts.size * bitsPerMember) / 8));
  for (const text of texts)
    for (const at of positions(text, hashes, bits.length * 8))
      bits[at >>> 3] = (bits[at >>> 3] ?? 0) | (1 << (at & 7));
  return { hashes, members: texts.size, bits };
}

export function mayContain({ bits, hashes }: BloomFilter, text: string): boolean {
  for (const at of positions(text, hashes, bits.length * 8))
    if (((bits[at >>> 3] ?? 0) & (1 << (at & 7))) === 0) return false;
  return true;
}

export function writeBloomFilter({ hashes, members, bits }: BloomFilter): Uint8Array {
  const head = Buffer.alloc(HEAD);
  head.write(MAGIC, 'latin1');
  head.writeUInt8(VERSION, 4);
  head.writeUInt8(hashes, 5);
  head.writeUInt32BE(members, 6);
  head.set(digest(bits), 10);
  return Buffer.concat([head, bits]);
}

/** Reads a filter file. Throws when it is cut, altered or of another version: a list that fails open is no list. */
export function readBloomFilter(file: Buffer): BloomFilter {
  const bits = file.subarray(HEAD);
  const sound =
    bits.length > 0 &&
    file.toString('latin1', 0, 4) === MAGIC &&
    file.readUInt8(4) === VERSION &&
    file.subarray(10, HEAD).equals(digest(bits));
  if (!sound) throw new Error('The list of common passwords is damaged or of another version.');
  return { hashes: file.readUInt8(5), members: file.readUInt32BE(6), bits };
}
