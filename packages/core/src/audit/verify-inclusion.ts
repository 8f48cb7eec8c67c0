import { equalBytes } from '../kernel/bytes.ts';
import { nodeHash, type Sha256, sha256 } from './tree-hash.ts';

export interface InclusionClaim {
  readonly index: number;
  readonly size: number;
  /** The hash of the leaf, by `leafHash`. */
  readonly leaf: Uint8Array;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}

const half = (n: number): number => Math.floor(n / 2);

/** Whether the leaf is entry `index` of the log with this size and root (RFC 9162 §2.1.3.2). The root is taken as true. */
export function verifyInclusion(claim: InclusionClaim, hash: Sha256 = sha256): boolean {
  const { index, size, path } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let root = claim.leaf;
  for (const sibling of path) {
    if (sn === 0 || sibling.length !== 32) return false;
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(sibling, root, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      root = nodeHash(root, sibling, hash);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(root, claim.root);
}
