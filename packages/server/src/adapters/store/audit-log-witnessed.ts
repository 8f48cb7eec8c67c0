import { type Checkpoint, openCheckpoint, parseCheckpoint } from '@countersign/core/audit/checkpoint';
import { parseNote } from '@countersign/core/audit/signed-note';
import type { CheckpointWitness } from '../../ports/audit-log.ts';
import { verifyEd25519 } from '../keys/checkpoint-key.ts';
import type { CheckpointKeys } from './audit-log-keys.ts';

/** The checkpoint of a note that one of our keys signed, for whatever origin; null for anything else. */
export function ownCheckpoint(note: string, keys: CheckpointKeys): Checkpoint | null {
  const parsed = parseNote(note);
  const named = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!named.ok) return null;
  const opened = openCheckpoint(note, keys.all(named.value.origin), verifyEd25519);
  return opened.ok ? opened.value : null;
}

/** What is known outside the store of what was signed last. */
export interface Witnessed {
  latest(): Promise<Checkpoint | null>;
  publish(note: string): Promise<void>;
}

const isAfter = (next: Checkpoint, known: Checkpoint | null): boolean =>
  known === null || next.origin !== known.origin || next.size > known.size;

/** Notes that we did not sign say nothing: whoever can write to the witness cannot make us open new origins. */
export function createWitnessed(witness: CheckpointWitness, keys: CheckpointKeys): Witnessed {
  let loaded = false;
  let known: Checkpoint | null = null;
  const latest = async (): Promise<Checkpoint | null> => {
    if (loaded) return known;
    const notes = await witness.recent();
    known = notes.map((note) => ownCheckpoint(note, keys)).findLast((own) => own !== null) ?? null;
    loaded = true;
    return known;
  };
  return {
    latest,
    publish: async (note) => {
      const next = ownCheckpoint(note, keys);
      if (next === null || !isAfter(next, await latest())) return;
      await witness.publish(note);
      known = next;
    },
  };
}
