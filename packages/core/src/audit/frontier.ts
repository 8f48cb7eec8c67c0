import { concatBytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { emptyRoot, nodeHash, type Sha256, sha256 } from './tree-hash.ts';

/**
 * All that must be known of a tree to append to it: the roots of its perfect subtrees, largest first, one for each
 * bit set in its size. At most 53 hashes, whatever the log holds.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

export interface Appended {
  readonly frontier: Frontier;
  /**
   * The nodes that this leaf completed: its own hash first, then each perfect subtree that ends with it. Node `i` has
   * level `i` and, in its level, the number floor(index / 2^i). Kept, they answer every `NodeLookup` later.
   */
  readonly completed: readonly [Uint8Array, ...Uint8Array[]];
}

/** Appends the hash of a leaf: one `nodeHash` on average (RFC 9162 §2.1.2 does the same for a whole tree). */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array, hash: Sha256 = sha256): Appended {
  const hashes = [...frontier.hashes];
  const completed: [Uint8Array, ...Uint8Array[]] = [leaf];
  let node = leaf;
  for (let rest = frontier.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = hashes.pop();
    if (left === undefined) throw new RangeError('The frontier has fewer hashes than its size asks for.');
    node = nodeHash(left, node, hash);
    completed.push(node);
  }
  hashes.push(node);
  return { frontier: { size: frontier.size + 1, hashes }, completed };
}

/** The root over everything appended so far (RFC 9162 §2.1.1). */
export function frontierRoot(frontier: Frontier, hash: Sha256 = sha256): Uint8Array {
  const root = frontier.hashes.reduceRight<Uint8Array | null>(
    (right, left) => (right === null ? left : nodeHash(left, right, hash)),
    null,
  );
  return root ?? emptyRoot(hash);
}

/** The hashes one after another, to store beside the size. */
export const packFrontier = (frontier: Frontier): Uint8Array => concatBytes(...frontier.hashes);

function bitsSet(size: number): number {
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}

/** Reads what `packFrontier` wrote. That the hashes belong to the log is for a checkpoint to say. */
export function parseFrontier(size: number, packed: Uint8Array): Result<Frontier, 'malformed'> {
  if (!Number.isSafeInteger(size) || size < 0 || packed.length !== bitsSet(size) * 32)
    return err('malformed');
  const hashes = Array.from({ length: packed.length / 32 }, (_, i) => packed.slice(i * 32, i * 32 + 32));
  return ok({ size, hashes });
}
