import { err, ok, type Result } from '../kernel/result.ts';
import { canonicalJson, isJsonRecord, type JsonRecord } from './canonical-json.ts';
import { assembleEntry, EXPORT_FORMAT, type EntryParts, LONGEST_LINE, MOST_KEYS } from './export-format.ts';
import { isNoteName } from './note-key.ts';

export type ExportLine =
  | { readonly kind: 'log' | 'excerpt'; readonly origin: string; readonly keys: readonly string[] }
  | ({ readonly kind: 'entry'; readonly entry: JsonRecord; readonly commitment: string | null } & EntryParts)
  | { readonly kind: 'checkpoint'; readonly note: string }
  | { readonly kind: 'end'; readonly entries: number; readonly checkpoints: number };

export type EntryLine = Extract<ExportLine, { kind: 'entry' }>;
export type HeaderLine = Extract<ExportLine, { kind: 'log' | 'excerpt' }>;

export type LineFault = 'line_too_long' | 'line_unreadable' | 'format_unknown';

/** More than any proof for a log of 2^53 entries has. */
const LONGEST_PROOF = 64;
const UNREADABLE: Result<never, LineFault> = err('line_unreadable');

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isSalt = (value: unknown): value is string =>
  typeof value === 'string' && value.length % 2 === 0 && /^[0-9a-f]{32,128}$/.test(value);
const isListOf = <T>(
  value: unknown,
  longest: number,
  is: (item: unknown) => item is T,
): value is readonly T[] => Array.isArray(value) && value.length <= longest && value.every(is);
const isText = (value: unknown): value is string => typeof value === 'string';

/** Undefined stands for a part that is there but is not what it should be. */
function optional<T>(value: unknown, is: (value: unknown) => value is T): T | null | undefined {
  if (value === undefined) return null;
  return is(value) ? value : undefined;
}

function parseEntry(value: JsonRecord): EntryLine | null {
  const { entry, index, leaf } = value;
  if (!isJsonRecord(entry) || !isCount(index) || !isHash(leaf)) return null;
  const commitment = entry['personal'] === null ? null : optional(entry['personal'], isHash);
  const node = optional(value['node'], isHash);
  const personal = optional(value['personal'], isJsonRecord);
  const salt = optional(value['salt'], isSalt);
  const proof = optional(value['proof'], (list) => isListOf(list, LONGEST_PROOF, isHash));
  if (commitment === undefined || node === undefined || salt === undefined || proof === undefined)
    return null;
  if (personal === undefined || entry['personal'] === undefined) return null;
  const entryText = canonicalJson(entry);
  const personalText = personal === null ? ok(null) : canonicalJson(personal);
  if (!entryText.ok || !personalText.ok) return null;
  const texts = { entryText: entryText.value, personalText: personalText.value };
  return { kind: 'entry', entry, commitment, index, leaf, node, salt, proof, ...texts };
}

function parseOther(value: JsonRecord): ExportLine | null {
  const { kind, origin, keys, note, entries, checkpoints } = value;
  if (kind === 'checkpoint') return isText(note) ? { kind, note } : null;
  if (kind === 'end') return isCount(entries) && isCount(checkpoints) ? { kind, entries, checkpoints } : null;
  if ((kind !== 'log' && kind !== 'excerpt') || !isText(origin) || !isNoteName(origin)) return null;
  return isListOf(keys, MOST_KEYS, isText) ? { kind, origin, keys } : null;
}

/** The canonical spelling of what was understood: whatever else stands in the line makes it differ. */
function respell(line: ExportLine): string | null {
  if (line.kind === 'entry') return assembleEntry(line);
  const extra = line.kind === 'log' || line.kind === 'excerpt' ? { format: EXPORT_FORMAT } : {};
  const text = canonicalJson({ ...line, ...extra });
  return text.ok ? text.value : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads one line of an export, byte for byte: an unknown member, a member twice, another spelling of a number or other
 * spacing is refused, since a second reader might understand it differently. No hash or signature is checked yet.
 */
export function parseExportLine(text: string): Result<ExportLine, LineFault> {
  if (text.length > LONGEST_LINE) return err('line_too_long');
  // Before anything is parsed: every line of ours begins so, and an exception is dear.
  const value = text.startsWith('{"') ? parseJson(text) : undefined;
  if (!isJsonRecord(value)) return UNREADABLE;
  if (value['format'] !== undefined && value['format'] !== EXPORT_FORMAT) return err('format_unknown');
  const line = value['kind'] === 'entry' ? parseEntry(value) : parseOther(value);
  return line !== null && respell(line) === text ? ok(line) : UNREADABLE;
}
