import { bytesToHex, equalBytes } from '../kernel/bytes.ts';
import { checkEntry } from './check-entry.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { appendLeaf, frontierRoot } from './frontier.ts';
import { follows, namesPrevious } from './log-opening.ts';
import type { EntryLine, ExportLine } from './parse-export-line.ts';
import { breakAt, type OpenLog, type Reading } from './reading.ts';
import type { NoteRefusal } from './signed-note.ts';
import type { Sha256 } from './tree-hash.ts';
import type { BreakCode, Broken } from './verdict.ts';

export const NOTE_BREAKS = {
  malformed: 'checkpoint_unreadable',
  no_known_signature: 'checkpoint_unsigned',
  wrong_signature: 'checkpoint_forged',
} as const satisfies Record<NoteRefusal, BreakCode>;

/** The first entry after the last checkpoint that holds, and the last one before the checkpoint that does not. */
const sinceLast = (log: OpenLog, size: number) => ({ index: log.last?.size ?? 0, through: size - 1 });

/** Compares with every witnessed checkpoint of the size just reached, and lets go of it. */
function meetWitnesses(reading: Reading, log: OpenLog): Reading | Broken {
  let { pending } = log;
  for (let next = pending[0]; next?.size === log.frontier.size; next = pending[0]) {
    if (!equalBytes(next.root, frontierRoot(log.frontier, reading.trust.sha256))) {
      return breakAt(reading, 'fork', sinceLast(log, next.size));
    }
    pending = pending.slice(1);
  }
  return { ...reading, part: { ...log, pending } };
}

/** A log that goes on from another says so in its first entry, and only such a log may (R-AUD-09). */
function checkOpening(reading: Reading, line: EntryLine): BreakCode | null {
  const previous = reading.logs.at(-1);
  if (previous !== undefined) return follows(line.entry, previous) ? null : 'chain_broken';
  return namesPrevious(line.entry) ? 'previous_log_missing' : null;
}

function readEntry(reading: Reading, log: OpenLog, line: EntryLine): Reading | Broken {
  const index = log.frontier.size;
  if (line.index !== index) {
    const code = line.index > index ? 'entry_missing' : 'entry_out_of_order';
    return breakAt(reading, code, { index, found: line.index });
  }
  if (line.proof !== null) return breakAt(reading, 'not_in_sequence', { index });
  const entry = checkEntry(line, reading.trust.sha256);
  if (!entry.ok) return breakAt(reading, entry.error, { index });
  const opening = index === 0 ? checkOpening(reading, line) : null;
  if (opening !== null) return breakAt(reading, opening, { index });

  const { frontier, completed } = appendLeaf(log.frontier, entry.value.leaf, reading.trust.sha256);
  const node = completed.length === 1 ? null : bytesToHex(completed.at(-1) ?? entry.value.leaf);
  // Every second entry completes a subtree, so a whole row put elsewhere is noticed there or one entry later.
  if (node !== line.node)
    return breakAt(reading, 'entry_moved', { index: node === null ? index : index - 1, through: index });
  const erased = reading.erased + (entry.value.erased ? 1 : 0);
  return meetWitnesses({ ...reading, erased }, { ...log, frontier });
}

function judge(checkpoint: Checkpoint, log: OpenLog, hash: Sha256): BreakCode | null {
  if (checkpoint.size > log.frontier.size) return 'truncated';
  if (checkpoint.size < log.frontier.size) return 'checkpoint_misplaced';
  return equalBytes(checkpoint.root, frontierRoot(log.frontier, hash)) ? null : 'checkpoint_mismatch';
}

function readCheckpoint(reading: Reading, log: OpenLog, note: string): Reading | Broken {
  const opened = openCheckpoint(note, log.keys, reading.trust.verify);
  if (!opened.ok) return breakAt(reading, NOTE_BREAKS[opened.error]);
  const code = judge(opened.value, log, reading.trust.sha256);
  const size = opened.value.size;
  if (code === 'truncated') return breakAt(reading, code, { index: log.frontier.size, through: size - 1 });
  if (code === 'checkpoint_mismatch') return breakAt(reading, code, sinceLast(log, size));
  if (code !== null) return breakAt(reading, code);
  return { ...reading, part: { ...log, last: opened.value, checkpoints: log.checkpoints + 1 } };
}

function close(reading: Reading, log: OpenLog): Reading | Broken {
  const { origin, frontier, last: checkpoint, checkpoints, pending } = log;
  if (reading.logs.length > 0 && frontier.size === 0) return breakAt(reading, 'chain_broken');
  const root = frontierRoot(frontier, reading.trust.sha256);
  const closed = { origin, size: frontier.size, root, checkpoint, checkpoints, pending };
  return { ...reading, logs: [...reading.logs, closed], part: null };
}

/** The next line of a whole log: an entry at the next index, a checkpoint of exactly what was read, or the end. */
export function readLogLine(reading: Reading, log: OpenLog, line: ExportLine): Reading | Broken {
  // A witness may have seen the log empty; every later size is met as its last entry is read.
  const met = log.frontier.size === 0 ? meetWitnesses(reading, log) : reading;
  if (met.kind === 'broken' || met.part?.kind !== 'log') return met;
  if (line.kind === 'entry') return readEntry(met, met.part, line);
  if (line.kind === 'checkpoint') return readCheckpoint(met, met.part, line.note);
  if (line.kind !== 'end') return breakAt(met, 'end_missing', { index: log.frontier.size });
  if (line.entries > log.frontier.size) {
    return breakAt(met, 'truncated', { index: log.frontier.size, through: line.entries - 1 });
  }
  const counts = line.entries === log.frontier.size && line.checkpoints === log.checkpoints;
  return counts ? close(met, met.part) : breakAt(met, 'end_mismatch');
}
