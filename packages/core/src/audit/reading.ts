import type { Checkpoint } from './checkpoint.ts';
import type { Frontier } from './frontier.ts';
import type { PreviousLog } from './log-opening.ts';
import type { NoteKey } from './note-key.ts';
import type { Ed25519Verify } from './signed-note.ts';
import type { Sha256 } from './tree-hash.ts';
import { type BreakCode, type BreakFacts, type Broken, broken } from './verdict.ts';

/** What the verifier is given beside the export. */
export interface Trust {
  readonly verify: Ed25519Verify;
  readonly sha256: Sha256;
  /** Verifier keys known from elsewhere (C2SP form); null when the export has to vouch for itself. */
  readonly keys: readonly string[] | null;
  /** Checkpoints kept elsewhere, as by a witness: signed notes with the origin each names. */
  readonly witnessed: readonly { readonly origin: string; readonly note: string }[];
}

export interface OpenLog {
  readonly kind: 'log';
  readonly origin: string;
  readonly keys: readonly NoteKey[];
  readonly frontier: Frontier;
  readonly last: Checkpoint | null;
  readonly checkpoints: number;
  /** Witnessed checkpoints of this origin that the log has not reached yet, smallest first. */
  readonly pending: readonly Checkpoint[];
}

/** A log read to its end. */
export interface ClosedLog extends PreviousLog {
  readonly checkpoints: number;
  readonly pending: readonly Checkpoint[];
}

export interface OpenExcerpt {
  readonly kind: 'excerpt';
  readonly origin: string;
  readonly keys: readonly NoteKey[];
  readonly witnessed: readonly Checkpoint[];
  readonly checkpoint: Checkpoint | null;
  readonly entries: number;
  /** The index of the last entry read; -1 before the first. */
  readonly reached: number;
}

export interface ClosedExcerpt {
  readonly origin: string;
  readonly entries: number;
  readonly checkpoint: Checkpoint;
}

/** How far an export has been read without finding fault. Plain data of bounded size, however long the export is. */
export interface Reading {
  readonly kind: 'reading';
  readonly trust: Trust;
  readonly line: number;
  readonly erased: number;
  readonly logs: readonly ClosedLog[];
  readonly excerpts: readonly ClosedExcerpt[];
  /** What is being read; null before the first header and after each end. */
  readonly part: OpenLog | OpenExcerpt | null;
}

/** The size at which the log stands, or the entry after the last one read of an excerpt. */
export const nextIndex = (reading: Reading): number | null => {
  if (reading.part === null) return null;
  return reading.part.kind === 'log' ? reading.part.frontier.size : reading.part.reached + 1;
};

/** The verdict that the line just read is where it breaks. */
export const breakAt = (reading: Reading, code: BreakCode, facts: Partial<BreakFacts> = {}): Broken =>
  broken(code, { line: reading.line, origin: reading.part?.origin ?? null, ...facts });
