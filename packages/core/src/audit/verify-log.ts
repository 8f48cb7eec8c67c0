import { toBase64 } from './base64.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { parseNoteKey } from './note-key.ts';
import { openPart } from './open-part.ts';
import { type ExportLine, parseExportLine } from './parse-export-line.ts';
import { readExcerptLine } from './read-excerpt-line.ts';
import { readLogLine } from './read-log-line.ts';
import { breakAt, type ClosedLog, nextIndex, type Reading, type Trust } from './reading.ts';
import { type Ed25519Verify, parseNote } from './signed-note.ts';
import { sha256 as defaultSha256, type Sha256 } from './tree-hash.ts';
import { type Broken, broken, type LogSummary, type Verdict } from './verdict.ts';

export interface VerifyOptions {
  readonly verify: Ed25519Verify;
  readonly sha256?: Sha256;
  /** Verifier keys that came another way than the export. With them, what is untouched is also genuine. */
  readonly keys?: readonly string[];
  /** Signed checkpoints from outside, as a witness kept them: without one, a tail cut off at a checkpoint is not seen. */
  readonly witnessed?: readonly string[];
}

/** Begins to read an export. Feed it with `verifyLine` and ask `finishVerify` at the end. */
export function beginVerify(options: VerifyOptions): Reading | Broken {
  const sha256 = options.sha256 ?? defaultSha256;
  if (options.keys?.some((key) => !parseNoteKey(key, sha256).ok)) return broken('key_malformed', { line: 0 });
  const witnessed: Trust['witnessed'][number][] = [];
  for (const note of options.witnessed ?? []) {
    const parsed = parseNote(note);
    const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
    if (!checkpoint.ok) return broken('witness_unreadable', { line: 0 });
    witnessed.push({ origin: checkpoint.value.origin, note });
  }
  const trust: Trust = { verify: options.verify, sha256, keys: options.keys ?? null, witnessed };
  return { kind: 'reading', trust, line: 0, erased: 0, logs: [], excerpts: [], part: null };
}

/** What a witness saw of a log and what was gone when the log ended. */
function lost(log: ClosedLog, code: 'truncated' | 'lost_at_restore', reading: Reading): Broken | null {
  const seen = log.pending.at(-1);
  if (seen === undefined) return null;
  return breakAt(reading, code, { origin: log.origin, index: log.size, through: seen.size - 1 });
}

function between(reading: Reading, line: ExportLine): Reading | Broken {
  if (line.kind !== 'log' && line.kind !== 'excerpt') return breakAt(reading, 'header_missing');
  const previous = reading.logs.at(-1);
  return (previous && lost(previous, 'lost_at_restore', reading)) ?? openPart(reading, line);
}

/** Reads one line, without its line break. The first fault ends it: what comes after a `broken` changes nothing. */
export function verifyLine(state: Reading | Broken, text: string): Reading | Broken {
  if (state.kind === 'broken') return state;
  const reading = { ...state, line: state.line + 1 };
  const line = parseExportLine(text);
  if (!line.ok) return breakAt(reading, line.error, { index: nextIndex(reading) });
  const { part } = reading;
  if (part === null) return between(reading, line.value);
  return part.kind === 'log'
    ? readLogLine(reading, part, line.value)
    : readExcerptLine(reading, part, line.value);
}

const summarise = (log: ClosedLog): LogSummary => ({
  origin: log.origin,
  size: log.size,
  root: toBase64(log.root),
  checkpoints: log.checkpoints,
  uncovered: log.size - (log.checkpoint?.size ?? 0),
});

function missing(reading: Reading): Broken | null {
  const read = new Set([...reading.logs, ...reading.excerpts].map((part) => part.origin));
  const absent = reading.trust.witnessed.find(({ origin }) => !read.has(origin));
  return absent === undefined ? null : breakAt(reading, 'log_missing', { origin: absent.origin });
}

/** The verdict over everything that was read. */
export function finishVerify(reading: Reading | Broken): Verdict {
  if (reading.kind === 'broken') return reading;
  const { erased, logs, excerpts, part, trust } = reading;
  if (part !== null) return breakAt(reading, 'end_missing', { index: nextIndex(reading) });
  const keysTrusted = trust.keys !== null;
  const last = logs.at(-1);
  if (last === undefined && excerpts.length === 0) return breakAt(reading, 'header_missing');
  const gone = (last && lost(last, 'truncated', reading)) ?? missing(reading);
  if (gone !== null) return gone;
  if (last === undefined) {
    const parts = excerpts.map(({ origin, entries, checkpoint: { size, root } }) => ({
      origin,
      entries,
      size,
      root: toBase64(root),
    }));
    return { kind: 'excerpt', erased, keysTrusted, excerpts: parts };
  }
  if (last.checkpoint === null) return breakAt(reading, 'no_checkpoint', { origin: last.origin });
  return { kind: 'untouched', ...summarise(last), erased, keysTrusted, logs: logs.map(summarise) };
}

/**
 * Whether an export is as the log was signed (I-53): edit, removal, reorder, truncation and fork are found and the
 * first bad entry is named, without a network and without the server. Never throws, whatever the lines hold; needs
 * memory for one line and some 50 hashes. What it cannot see: entries cut off or made up after the last checkpoint
 * (`uncovered`), and anything the holder of the signing key rewrote, unless `witnessed` holds an older checkpoint.
 */
export function verifyLog(lines: Iterable<string>, options: VerifyOptions): Verdict {
  let state = beginVerify(options);
  for (const line of lines) {
    state = verifyLine(state, line);
    if (state.kind === 'broken') break;
  }
  return finishVerify(state);
}
