import { err, ok, type Result } from '../kernel/result.ts';

/** Deeper than anything of ours, and shallow enough that hostile nesting cannot exhaust the stack. */
const DEEPEST = 16;

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether a value is a plain object: not an array, not null, nothing with a prototype of its own. */
export function isJsonRecord(value: unknown): value is JsonRecord {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const writeText = (text: string): string | null => (text.isWellFormed() ? JSON.stringify(text) : null);

function writeArray(items: readonly unknown[], room: number): string | null {
  let text = '';
  for (const item of items) {
    const written = write(item, room - 1);
    if (written === null) return null;
    text += text === '' ? written : `,${written}`;
  }
  return `[${text}]`;
}

function writeRecord(record: JsonRecord, room: number): string | null {
  let text = '';
  // The default order of `sort` is the one RFC 8785 §3.2.3 asks for: by UTF-16 code units.
  for (const key of Object.keys(record).sort()) {
    const name = writeText(key);
    const written = write(record[key], room - 1);
    if (name === null || written === null) return null;
    text += text === '' ? `${name}:${written}` : `,${name}:${written}`;
  }
  return `{${text}}`;
}

function write(value: unknown, room: number): string | null {
  if (typeof value === 'string') return writeText(value);
  // ECMAScript's own spelling of a number is the canonical one (RFC 8785 §3.2.2.3); -0 becomes 0.
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (room === 0) return null;
  if (Array.isArray(value)) return writeArray(value, room);
  return isJsonRecord(value) ? writeRecord(value, room) : null;
}

const inOrder = (record: JsonRecord, room: number): boolean => {
  let previous: string | null = null;
  for (const key of Object.keys(record)) {
    if ((previous !== null && key < previous) || !key.isWellFormed() || !isSpelled(record[key], room - 1))
      return false;
    previous = key;
  }
  return true;
};

/** Whether `JSON.stringify` spells the value canonically as it is: it writes keys in the order in which they stand. */
function isSpelled(value: unknown, room: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'boolean' || value === null) return true;
  if (room === 0) return false;
  if (Array.isArray(value))
    return value.every((item) => isSpelled(item, room - 1)) && !value.includes(undefined);
  return isJsonRecord(value) && inOrder(value, room);
}

/**
 * The one spelling of a value in JSON (RFC 8785). Refuses what has none: lone surrogates, NaN, infinities,
 * `undefined`, class instances, and nesting deeper than 16.
 */
export function canonicalJson(value: unknown): Result<string, 'not_canonical'> {
  // What was read from canonical text, and most of what we make, needs no sorting: twice as fast for a whole log.
  const text = isSpelled(value, DEEPEST) ? JSON.stringify(value) : write(value, DEEPEST);
  return text === null ? err('not_canonical') : ok(text);
}
