import { err, ok, type Result } from '../kernel/result.ts';
import { type NodeLookup, rangeHash, splitPoint } from './range-hash.ts';
import { type Sha256, sha256 } from './tree-hash.ts';

/**
 * PROOF(first, D[second]) of RFC 9162 §2.1.4.1: what shows that the log of `second` entries begins with the log of
 * `first`. Empty for equal sizes, and from the empty log, of which every log is a continuation (C2SP tlog-witness).
 */
export function consistencyProof(
  first: number,
  second: number,
  lookup: NodeLookup,
  hash: Sha256 = sha256,
): Result<readonly Uint8Array[], 'out_of_range'> {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 0 || first > second) {
    return err('out_of_range');
  }
  if (first === 0) return ok([]);
  const fromRoot: Uint8Array[] = [];
  let start = 0;
  let end = second;
  while (first !== end) {
    const middle = start + splitPoint(end - start);
    if (first <= middle) {
      fromRoot.push(rangeHash(middle, end, lookup, hash));
      end = middle;
    } else {
      fromRoot.push(rangeHash(start, middle, lookup, hash));
      start = middle;
    }
  }
  // From 0 on, the subtree is the whole of the first log, whose root the verifier has already.
  if (start > 0) fromRoot.push(rangeHash(start, end, lookup, hash));
  return ok(fromRoot.reverse());
}
