import { bytesToHex } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { canonicalJson, type JsonRecord } from './canonical-json.ts';
import type { Personal } from './event.ts';
import { formatNoteKey, type NoteKey } from './note-key.ts';

/**
 * An export is lines of canonical JSON (RFC 8785): for each log a header, its entries in order with each checkpoint
 * right after the last entry it covers, and an end. An `excerpt` has its one checkpoint first, and beside each entry
 * the proof that it is in there. One value has one spelling, so a line that was touched at all is a line that is found.
 */
export const EXPORT_FORMAT = 'countersign-audit/1';
/** UTF-16 units of one line. */
export const LONGEST_LINE = 65_536;
export const MOST_KEYS = 16;

export type LineRefusal = 'not_canonical' | 'too_long';

export interface ExportedEntry {
  readonly index: number;
  /** The public part, as `makeLeaf` gave it. */
  readonly entry: JsonRecord;
  /** As `appendLeaf` completed them, from the store: what it has beside a moved or swapped entry gives that away. */
  readonly completed: readonly [Uint8Array, ...Uint8Array[]];
  /** Both or neither: null once erased, or when the reader may not see it. */
  readonly personal: { readonly payload: Personal; readonly salt: Uint8Array } | null;
  /** In an excerpt: `inclusionProof` up to its checkpoint. */
  readonly proof?: readonly Uint8Array[];
}

/** The parts of an entry line as they stand in it; texts are canonical JSON, the others hex. */
export interface EntryParts {
  readonly entryText: string;
  readonly index: number;
  readonly leaf: string;
  /** The largest subtree that ends with this entry; null when that is the leaf itself. */
  readonly node: string | null;
  readonly personalText: string | null;
  readonly proof: readonly string[] | null;
  readonly salt: string | null;
}

/** Puts an entry line together in canonical order; hex needs no escape. */
export function assembleEntry(parts: EntryParts): string {
  const node = parts.node === null ? '' : `,"node":"${parts.node}"`;
  const personal = parts.personalText === null ? '' : `,"personal":${parts.personalText}`;
  const proof = parts.proof === null ? '' : `,"proof":${JSON.stringify(parts.proof)}`;
  const salt = parts.salt === null ? '' : `,"salt":"${parts.salt}"`;
  const head = `{"entry":${parts.entryText},"index":${parts.index},"kind":"entry","leaf":"${parts.leaf}"`;
  return `${head}${node}${personal}${proof}${salt}}`;
}

function line(text: Result<string, 'not_canonical'>): Result<string, LineRefusal> {
  return text.ok && text.value.length > LONGEST_LINE ? err('too_long') : text;
}

/** The first line of a log, or of an excerpt of it. `keys` are all that ever signed for this origin. */
export const exportHeader = (
  kind: 'log' | 'excerpt',
  origin: string,
  keys: readonly NoteKey[],
): Result<string, LineRefusal> =>
  line(canonicalJson({ format: EXPORT_FORMAT, keys: keys.map(formatNoteKey), kind, origin }));

export function exportEntry(exported: ExportedEntry): Result<string, LineRefusal> {
  const { index, completed, personal, proof } = exported;
  const entryText = canonicalJson(exported.entry);
  const personalText = personal === null ? ok(null) : canonicalJson(personal.payload);
  if (!entryText.ok || !personalText.ok) return err('not_canonical');
  const parts: EntryParts = {
    entryText: entryText.value,
    index,
    leaf: bytesToHex(completed[0]),
    node: completed.length === 1 ? null : bytesToHex(completed.at(-1) ?? completed[0]),
    personalText: personalText.value,
    proof: proof === undefined ? null : proof.map((node) => bytesToHex(node)),
    salt: personal === null ? null : bytesToHex(personal.salt),
  };
  return line(ok(assembleEntry(parts)));
}

/** A signed note as it was made, to stand right after the last entry it covers; in an excerpt, right after the header. */
export const exportCheckpoint = (note: string): Result<string, LineRefusal> =>
  line(canonicalJson({ kind: 'checkpoint', note }));

/** The last line: how many entries and checkpoints stand above, so that a broken download is not taken for the whole. */
export const exportEnd = (entries: number, checkpoints: number): Result<string, LineRefusal> =>
  line(canonicalJson({ checkpoints, entries, kind: 'end' }));
