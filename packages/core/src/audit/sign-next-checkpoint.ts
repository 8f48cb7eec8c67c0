import { err, type Result } from '../kernel/result.ts';
import { type Checkpoint, formatCheckpoint } from './checkpoint.ts';
import { type NoteSigner, signNote } from './signed-note.ts';
import { type Sha256, sha256 } from './tree-hash.ts';
import { verifyConsistency } from './verify-consistency.ts';

export interface CheckpointStep {
  /** The last one that was ever signed for this origin, wherever it is known from; null only for a new origin. */
  readonly previous: Checkpoint | null;
  readonly next: Checkpoint;
  /** `consistencyProof(previous.size, next.size, …)`; empty without a previous one. */
  readonly proof: readonly Uint8Array[];
}

export type SigningRefusal = 'inconsistent' | 'other_origin' | 'malformed';

function check(
  { previous, next, proof }: CheckpointStep,
  signer: NoteSigner,
  hash: Sha256,
): SigningRefusal | null {
  if (signer.key.name !== next.origin || (previous !== null && previous.origin !== next.origin))
    return 'other_origin';
  if (previous === null) return proof.length === 0 ? null : 'inconsistent';
  const roots = { firstRoot: previous.root, secondRoot: next.root };
  const consistent = verifyConsistency(
    { first: previous.size, second: next.size, ...roots, path: proof },
    hash,
  );
  return consistent ? null : 'inconsistent';
}

/**
 * The signed note of the next checkpoint. The only way to sign one, so that no checkpoint is ever signed that
 * contradicts an earlier one (R-AUD-09): after a restore or a fail-over to a node that is behind, this refuses,
 * and the log has to go on under a new origin (`log-opening.ts`).
 */
export function signNextCheckpoint(
  step: CheckpointStep,
  signer: NoteSigner,
  hash: Sha256 = sha256,
): Result<string, SigningRefusal> {
  const refusal = check(step, signer, hash);
  return refusal === null ? signNote(formatCheckpoint(step.next), signer) : err(refusal);
}
