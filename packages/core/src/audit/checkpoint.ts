import { err, ok, type Result } from '../kernel/result.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { isNoteName, type NoteKey } from './note-key.ts';
import { type Ed25519Verify, type NoteRefusal, openNote, parseNote } from './signed-note.ts';

/** What a log said of itself: at this size, this was its root (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Origin, decimal size, base64 root: three lines and no extension (R-AUD-08). */
export const formatCheckpoint = (checkpoint: Checkpoint): string =>
  `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;

/** Reads the text of a note. Whether it was signed is not looked at here. */
export function parseCheckpoint(text: string): Result<Checkpoint, 'malformed'> {
  const [origin = '', size = '', encoded = '', end, ...rest] = text.split('\n');
  if (end !== '' || rest.length > 0 || !isNoteName(origin) || !/^(0|[1-9]\d{0,15})$/.test(size))
    return err('malformed');
  const root = fromBase64(encoded);
  if (!root.ok || root.value.length !== 32 || !Number.isSafeInteger(Number(size))) return err('malformed');
  return ok({ origin, size: Number(size), root: root.value });
}

/** The checkpoint of a note, established as signed by one of the log's own keys: name and origin are the same. */
export function openCheckpoint(
  note: string,
  keys: readonly NoteKey[],
  verify: Ed25519Verify,
): Result<Checkpoint, NoteRefusal> {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) return checkpoint;
  // Keys of several origins may be known; a key speaks only for its own.
  const own = keys.filter((key) => key.name === checkpoint.value.origin);
  const opened = openNote(note, own, verify);
  return opened.ok ? checkpoint : opened;
}
