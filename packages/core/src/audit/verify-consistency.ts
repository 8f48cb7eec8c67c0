import { equalBytes } from '../kernel/bytes.ts';
import { emptyRoot, nodeHash, type Sha256, sha256 } from './tree-hash.ts';

export interface ConsistencyClaim {
  readonly first: number;
  readonly second: number;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly path: readonly Uint8Array[];
}

const half = (n: number): number => Math.floor(n / 2);

/** Steps 2 to 7 of RFC 9162 §2.1.4.2, for 0 < first < second. */
function climb({ first, second, firstRoot, secondRoot, path }: ConsistencyClaim, hash: Sha256): boolean {
  let fn = first - 1;
  let sn = second - 1;
  while (fn % 2 === 1) {
    fn = half(fn);
    sn = half(sn);
  }
  // Only a power of two leaves nothing of fn: then the first root is itself a node of the second tree.
  const [seed, ...rest] = fn === 0 ? [firstRoot, ...path] : path;
  if (seed === undefined) return false;
  let fr = seed;
  let sr = seed;
  for (const node of rest) {
    if (sn === 0 || node.length !== 32) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(node, fr, hash);
      sr = nodeHash(node, sr, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      sr = nodeHash(sr, node, hash);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(fr, firstRoot) && equalBytes(sr, secondRoot);
}

/**
 * Whether the second log begins with the first (RFC 9162 §2.1.4.2, R-AUD-07): an empty path fails when sizes differ,
 * except from the empty log, which RFC 9162 leaves out and C2SP tlog-witness gives an empty proof.
 */
export function verifyConsistency(claim: ConsistencyClaim, hash: Sha256 = sha256): boolean {
  const { first, second, firstRoot, secondRoot, path } = claim;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second)
    return false;
  if (first === second) return path.length === 0 && equalBytes(firstRoot, secondRoot);
  if (first === 0) return path.length === 0 && equalBytes(firstRoot, emptyRoot(hash));
  return path.length > 0 && climb(claim, hash);
}
