import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex, hexToBytes } from '../kernel/bytes.ts';
import { consistencyProof } from './consistency-proof.ts';
import {
  appendLeaf,
  EMPTY_FRONTIER,
  type Frontier,
  frontierRoot,
  packFrontier,
  parseFrontier,
} from './frontier.ts';
import { inclusionProof } from './inclusion-proof.ts';
import { type NodeAt, nodesFor } from './range-hash.ts';
import { emptyRoot, leafHash, nodeHash } from './tree-hash.ts';
import vectors from './vectors/rfc6962.json' with { type: 'json' };
import { verifyConsistency } from './verify-consistency.ts';
import { verifyInclusion } from './verify-inclusion.ts';

/** MTH as RFC 9162 §2.1.1 writes it: recursive, over the leaf hashes. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return emptyRoot();
  if (leaves.length === 1) return only;
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

const at = ({ level, index }: NodeAt) => `${level}/${index}`;

function grow(leaves: readonly Uint8Array[]) {
  const nodes = new Map<string, Uint8Array>();
  const frontiers: Frontier[] = [EMPTY_FRONTIER];
  for (const [index, leaf] of leaves.entries()) {
    const { frontier, completed } = appendLeaf(frontiers[index] ?? EMPTY_FRONTIER, leaf);
    completed.forEach((node, level) => nodes.set(at({ level, index: Math.floor(index / 2 ** level) }), node));
    frontiers.push(frontier);
  }
  const lookup = (node: NodeAt) => {
    const hash = nodes.get(at(node));
    if (hash === undefined) throw new Error(`Node ${at(node)} was never completed.`);
    return hash;
  };
  const rootAt = (size: number) => frontierRoot(frontiers[size] ?? EMPTY_FRONTIER);
  return { lookup, rootAt, frontiers };
}

const unwrap = <T>(result: { ok: true; value: T } | { ok: false; error: string }): T => {
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

const treeOf = (count: number) =>
  Array.from({ length: count }, (_, i) => leafHash(Uint8Array.of(i & 255, i >> 8)));
const hex = (path: readonly Uint8Array[]) => path.map((node) => bytesToHex(node));
const flip = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe('R-AUD-06, R-AUD-07: the vectors of Certificate Transparency', () => {
  const leaves = vectors.leaves.map((leaf) => leafHash(hexToBytes(leaf)));
  const { lookup, rootAt } = grow(leaves);

  test('give their roots at every size', () => {
    expect(vectors.roots.map((_, size) => bytesToHex(rootAt(size)))).toEqual(vectors.roots);
  });
  test.each(vectors.inclusion)('give the path of leaf $index in $size', ({ index, size, path }) => {
    expect(hex(unwrap(inclusionProof(index, size, lookup)))).toEqual(path);
  });
  test.each(vectors.consistency)('give the path from $first to $second', ({ first, second, path }) => {
    expect(hex(unwrap(consistencyProof(first, second, lookup)))).toEqual(path);
  });
});

describe('R-AUD-06: the frontier', () => {
  test('has the root of the recursive definition at every size', () => {
    const leaves = treeOf(130);
    const { rootAt } = grow(leaves);
    for (let size = 0; size <= leaves.length; size++) {
      expect(bytesToHex(rootAt(size))).toBe(bytesToHex(naiveRoot(leaves.slice(0, size))));
    }
  });
  test('goes on after being stored and read', () => {
    for (const frontier of grow(treeOf(70)).frontiers) {
      expect(unwrap(parseFrontier(frontier.size, packFrontier(frontier)))).toEqual(frontier);
    }
  });
  test('is refused with another size, a size that is none, or a hash too few', () => {
    const packed = packFrontier(grow(treeOf(5)).frontiers[5] ?? EMPTY_FRONTIER);
    for (const size of [4, 7, -1, 5.5, Number.NaN, 2 ** 60])
      expect(parseFrontier(size, packed).ok).toBe(false);
    expect(parseFrontier(5, packed.slice(1)).ok).toBe(false);
    expect(() => appendLeaf({ size: 1, hashes: [] }, new Uint8Array(32))).toThrow(RangeError);
  });
});

describe('R-AUD-07: proofs', () => {
  const sizes = fc
    .integer({ min: 1, max: 200 })
    .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));
  const { lookup, rootAt } = grow(treeOf(200));
  const leaf = (i: number) => leafHash(Uint8Array.of(i & 255, i >> 8));

  test('of inclusion hold for their own index, size, leaf and root, and for no other', () => {
    fc.assert(
      fc.property(sizes, fc.nat(255), fc.nat(255), ([size, index], bit, other) => {
        const path = unwrap(inclusionProof(index, size, lookup));
        const claim = { index, size, leaf: leaf(index), path, root: rootAt(size) };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: flip(claim.leaf, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, bit) })).toBe(false);
        if (other !== index) expect(verifyInclusion({ ...claim, index: other })).toBe(false);
        expect(verifyInclusion({ ...claim, path: [...path, claim.leaf] })).toBe(false);
        if (path.length > 0) {
          expect(verifyInclusion({ ...claim, path: path.slice(1) })).toBe(false);
          expect(
            verifyInclusion({ ...claim, path: path.with(other % path.length, flip(claim.leaf, bit)) }),
          ).toBe(false);
        }
      }),
    );
  });
  test('of consistency hold for their own sizes and roots, and for no other', () => {
    fc.assert(
      fc.property(sizes, fc.nat(255), ([second, before], bit) => {
        const first = before + 1;
        const path = unwrap(consistencyProof(first, second, lookup));
        const claim = { first, second, firstRoot: rootAt(first), secondRoot: rootAt(second), path };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, firstRoot: flip(claim.firstRoot, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, secondRoot: flip(claim.secondRoot, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, path: [...path, claim.firstRoot] })).toBe(false);
        if (path.length > 0) expect(verifyConsistency({ ...claim, path: path.slice(1) })).toBe(false);
        if (first !== second) expect(verifyConsistency({ ...claim, path: [] })).toBe(false);
      }),
    );
  });
  test('from the empty log are empty, and only from its own root', () => {
    const claim = { first: 0, second: 9, firstRoot: emptyRoot(), secondRoot: rootAt(9), path: [] };
    expect(unwrap(consistencyProof(0, 9, lookup))).toEqual([]);
    expect(verifyConsistency(claim)).toBe(true);
    expect(verifyConsistency({ ...claim, firstRoot: rootAt(1) })).toBe(false);
    expect(verifyConsistency({ ...claim, path: [rootAt(9)] })).toBe(false);
  });
  test('are not made, and not believed, outside the log', () => {
    for (const [index, size] of [
      [3, 3],
      [-1, 3],
      [0.5, 3],
      [0, 0],
      [0, Number.NaN],
    ] as const) {
      expect(inclusionProof(index, size, lookup)).toEqual({ ok: false, error: 'out_of_range' });
      expect(verifyInclusion({ index, size, leaf: leaf(0), path: [], root: leaf(0) })).toBe(false);
    }
    for (const [first, second] of [
      [4, 3],
      [-1, 3],
      [0.5, 3],
      [0, Number.NaN],
    ] as const) {
      expect(consistencyProof(first, second, lookup)).toEqual({ ok: false, error: 'out_of_range' });
      const roots = { firstRoot: leaf(0), secondRoot: leaf(0) };
      expect(verifyConsistency({ first, second, ...roots, path: [leaf(0)] })).toBe(false);
    }
  });
  test('say beforehand which nodes they will read', () => {
    const nodes = nodesFor((recording) => inclusionProof(5, 7, recording));
    expect(nodes).toEqual([
      { level: 2, index: 0 },
      { level: 0, index: 6 },
      { level: 0, index: 4 },
    ]);
  });
});
