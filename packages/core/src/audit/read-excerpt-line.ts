import { equalBytes, hexToBytes } from '../kernel/bytes.ts';
import { checkEntry } from './check-entry.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { EntryLine, ExportLine } from './parse-export-line.ts';
import { NOTE_BREAKS } from './read-log-line.ts';
import { breakAt, type OpenExcerpt, type Reading } from './reading.ts';
import type { Broken } from './verdict.ts';
import { verifyInclusion } from './verify-inclusion.ts';

function readCheckpoint(reading: Reading, excerpt: OpenExcerpt, note: string): Reading | Broken {
  if (excerpt.checkpoint !== null) return breakAt(reading, 'not_in_sequence');
  const opened = openCheckpoint(note, excerpt.keys, reading.trust.verify);
  if (!opened.ok) return breakAt(reading, NOTE_BREAKS[opened.error]);
  const checkpoint = opened.value;
  const forked = excerpt.witnessed.some(
    ({ size, root }) => size === checkpoint.size && !equalBytes(root, checkpoint.root),
  );
  return forked ? breakAt(reading, 'fork') : { ...reading, part: { ...excerpt, checkpoint } };
}

function readEntry(reading: Reading, excerpt: OpenExcerpt, line: EntryLine): Reading | Broken {
  const { index } = line;
  const { checkpoint, reached } = excerpt;
  if (checkpoint === null) return breakAt(reading, 'no_checkpoint');
  if (index <= reached) return breakAt(reading, 'entry_out_of_order', { index: reached + 1, found: index });
  const entry = checkEntry(line, reading.trust.sha256);
  if (!entry.ok) return breakAt(reading, entry.error, { index });
  const path = line.proof?.map((node) => hexToBytes(node));
  // The stored subtree says nothing here: the proof replaces it.
  if (path === undefined || line.node !== null) return breakAt(reading, 'not_in_log', { index });
  const { size, root } = checkpoint;
  const included = verifyInclusion({ index, size, leaf: entry.value.leaf, path, root }, reading.trust.sha256);
  if (!included) return breakAt(reading, 'not_in_log', { index });
  const erased = reading.erased + (entry.value.erased ? 1 : 0);
  return { ...reading, erased, part: { ...excerpt, entries: excerpt.entries + 1, reached: index } };
}

/** The next line of an excerpt: its one checkpoint first, then entries in rising order, each with its proof. */
export function readExcerptLine(reading: Reading, excerpt: OpenExcerpt, line: ExportLine): Reading | Broken {
  if (line.kind === 'checkpoint') return readCheckpoint(reading, excerpt, line.note);
  if (line.kind === 'entry') return readEntry(reading, excerpt, line);
  if (line.kind !== 'end') return breakAt(reading, 'end_missing');
  const { origin, entries, checkpoint } = excerpt;
  if (checkpoint === null) return breakAt(reading, 'no_checkpoint');
  if (line.entries !== entries || line.checkpoints !== 1) return breakAt(reading, 'end_mismatch');
  return { ...reading, excerpts: [...reading.excerpts, { origin, entries, checkpoint }], part: null };
}
