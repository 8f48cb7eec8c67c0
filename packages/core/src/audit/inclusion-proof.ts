import { err, ok, type Result } from '../kernel/result.ts';
import { type NodeLookup, rangeHash, splitPoint } from './range-hash.ts';
import { type Sha256, sha256 } from './tree-hash.ts';

/** PATH(index, D[size]) of RFC 9162 §2.1.3.1: the siblings from the leaf up to the root. */
export function inclusionProof(
  index: number,
  size: number,
  lookup: NodeLookup,
  hash: Sha256 = sha256,
): Result<readonly Uint8Array[], 'out_of_range'> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    return err('out_of_range');
  }
  const fromRoot: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      fromRoot.push(rangeHash(middle, end, lookup, hash));
      end = middle;
    } else {
      fromRoot.push(rangeHash(start, middle, lookup, hash));
      start = middle;
    }
  }
  return ok(fromRoot.reverse());
}
