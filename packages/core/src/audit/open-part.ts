import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { EMPTY_FRONTIER } from './frontier.ts';
import { type NoteKey, parseNoteKey } from './note-key.ts';
import type { HeaderLine } from './parse-export-line.ts';
import { breakAt, type Reading } from './reading.ts';
import type { Broken } from './verdict.ts';

function parseKeys(
  header: HeaderLine,
  reading: Reading,
): readonly NoteKey[] | 'key_malformed' | 'key_untrusted' {
  const keys: NoteKey[] = [];
  for (const text of header.keys) {
    const key = parseNoteKey(text, reading.trust.sha256);
    if (!key.ok || key.value.name !== header.origin) return 'key_malformed';
    if (reading.trust.keys === null || reading.trust.keys.includes(text)) keys.push(key.value);
  }
  return keys.length === 0 && reading.trust.keys !== null ? 'key_untrusted' : keys;
}

function openWitnessed(
  origin: string,
  keys: readonly NoteKey[],
  { trust }: Reading,
): readonly Checkpoint[] | null {
  const opened: Checkpoint[] = [];
  for (const { note } of trust.witnessed.filter((witnessed) => witnessed.origin === origin)) {
    const checkpoint = openCheckpoint(note, keys, trust.verify);
    if (!checkpoint.ok) return null;
    opened.push(checkpoint.value);
  }
  return opened.sort((a, b) => a.size - b.size);
}

/** Begins the log or excerpt that a header names: which keys may sign it, and what witnesses have seen of it. */
export function openPart(reading: Reading, header: HeaderLine): Reading | Broken {
  const { kind, origin } = header;
  if (kind === 'excerpt' ? reading.logs.length > 0 : reading.excerpts.length > 0) {
    return breakAt(reading, 'not_in_sequence', { origin });
  }
  const keys = parseKeys(header, reading);
  if (typeof keys === 'string') return breakAt(reading, keys, { origin });
  const witnessed = openWitnessed(origin, keys, reading);
  if (witnessed === null) return breakAt(reading, 'witness_unsigned', { origin });
  if (kind === 'excerpt') {
    return { ...reading, part: { kind, origin, keys, witnessed, checkpoint: null, entries: 0, reached: -1 } };
  }
  if (reading.logs.some((log) => log.origin === origin))
    return breakAt(reading, 'not_in_sequence', { origin });
  const start = { frontier: EMPTY_FRONTIER, last: null, checkpoints: 0 };
  return { ...reading, part: { kind, origin, keys, ...start, pending: witnessed } };
}
