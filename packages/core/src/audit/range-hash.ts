import { nodeHash, type Sha256, sha256 } from './tree-hash.ts';

/** A perfect subtree: leaves from `index · 2^level`, `2^level` of them. `appendLeaf` hands out each once. */
export interface NodeAt {
  readonly level: number;
  readonly index: number;
}

export type NodeLookup = (at: NodeAt) => Uint8Array;

/** The largest power of two below `count`, where a tree of more than one leaf is split (RFC 9162 §2.1.1). */
export function splitPoint(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The root over leaves `start` to before `end`, a subtree of the log: `start` is a multiple of the next power of two. */
export function rangeHash(start: number, end: number, lookup: NodeLookup, hash: Sha256 = sha256): Uint8Array {
  const count = end - start;
  const split = splitPoint(count);
  if (count === 1) return lookup({ level: 0, index: start });
  if (split * 2 === count) return lookup({ level: Math.log2(count), index: start / count });
  return nodeHash(
    rangeHash(start, start + split, lookup, hash),
    rangeHash(start + split, end, lookup, hash),
    hash,
  );
}

/** Which nodes a proof will ask for, so that a store can fetch them in one query before it is made. */
export function nodesFor(prove: (lookup: NodeLookup) => unknown): readonly NodeAt[] {
  const asked: NodeAt[] = [];
  prove((at) => {
    asked.push(at);
    return new Uint8Array(32);
  });
  return asked;
}
