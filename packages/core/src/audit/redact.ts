import { asId, type Id } from '../kernel/id.ts';
import { cleanText } from './clean-text.ts';
import type { AuditEvent, Detail, Personal, ReasonId } from './event.ts';
import { isSecretKey } from './secret-key.ts';
import { holdsMailAddress, holdsSecret } from './secret-value.ts';

declare const redacted: unique symbol;

/** An event that may be hashed, stored and shown. Only `redactEvent` makes one. */
export type RedactedEvent = AuditEvent & { readonly [redacted]: true };

export interface Redaction {
  readonly event: RedactedEvent;
  /** Paths at which something had to be removed: each is a mistake in the code that made the event. */
  readonly removed: readonly string[];
}

export const REMOVED = '[redacted]';
export const MOVED = '[personal]';

// Together they keep the canonical entry and its personal part well below one export line (64 KiB).
const LONGEST_TEXT = 512;
const LONGEST_ID = 128;
const LONGEST_KEY = 64;
const MOST_KEYS = 32;
const MOST_ITEMS = 32;
/** Characters of all keys and texts of one record. */
const RECORD_BUDGET = 4_096;

type Note = (path: string) => void;

function safeText(text: string, path: string, note: Note, mailToo: boolean): string {
  const clean = cleanText(text, LONGEST_TEXT);
  // Looked for before and after: a control character may split a secret, or an escape complete one.
  const raw = text.slice(0, 2 * LONGEST_TEXT);
  if (holdsSecret(raw) || holdsSecret(clean)) {
    note(path);
    return REMOVED;
  }
  if (!mailToo || !holdsMailAddress(clean)) return clean;
  note(path);
  return MOVED;
}

type Value = Detail[string];

function safeValue(value: Value, path: string, note: Note, mailToo: boolean): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return safeText(value, path, note, mailToo);
  return value.slice(0, MOST_ITEMS).map((item, i) => safeText(item, `${path}.${i}`, note, mailToo));
}

const lengthOf = (value: Value): number =>
  typeof value === 'object' ? value.reduce((sum, item) => sum + item.length, 0) : String(value).length;

function safeRecord<V extends Value>(
  record: Readonly<Record<string, V>>,
  path: string,
  note: Note,
  safe: (value: V, path: string) => V | string,
): Readonly<Record<string, V | string>> {
  const kept = new Map<string, V | string>();
  let budget = RECORD_BUDGET;
  for (const [rawKey, value] of Object.entries(record)) {
    const key = cleanText(rawKey, LONGEST_KEY);
    const here = `${path}.${key}`;
    const hidden = isSecretKey(key) && typeof value !== 'boolean' && value !== REMOVED;
    const shown = hidden ? REMOVED : safe(value, here);
    budget -= key.length + lengthOf(shown);
    if (hidden || budget < 0 || kept.size === MOST_KEYS) note(here);
    if (budget < 0 || kept.size === MOST_KEYS) break;
    kept.set(key, shown);
  }
  return Object.fromEntries(kept);
}

const safeId = <Kind extends string>(id: Id<Kind>): Id<Kind> => asId(cleanText(id, LONGEST_ID));
const safeOptionalId = <Kind extends string>(id: Id<Kind> | null): Id<Kind> | null =>
  id === null ? null : safeId(id);
const safeName = (name: string | null): string | null => (name === null ? null : cleanText(name, LONGEST_ID));

const isReason = (reason: string): reason is ReasonId =>
  /^[a-z0-9_-]{1,32}(\.[a-z0-9_-]{1,32}){1,3}$/.test(reason);

/**
 * Takes out of an event what must never be in it, before it is hashed (I-54, R-AUD-04): values under secret keys,
 * values that look like credentials, mail addresses outside the erasable part; and bounds every size. Never refuses:
 * without an event there is no grant (I-52), and a redacted event is better than none.
 */
export function redactEvent(event: AuditEvent): Redaction {
  const removed: string[] = [];
  const note: Note = (path) => removed.push(path);
  const detail: Detail = safeRecord<Value>(event.detail, 'detail', note, (value, path) =>
    safeValue(value, path, note, true),
  );
  const personal: Personal = safeRecord<string>(event.personal, 'personal', note, (value, path) =>
    safeText(value, path, note, false),
  );
  const safe: AuditEvent = {
    id: safeId(event.id),
    at: event.at,
    type: event.type,
    actor: { kind: event.actor.kind, id: safeName(event.actor.id) },
    subject: safeOptionalId(event.subject),
    door: safeName(event.door),
    app: safeOptionalId(event.app),
    transaction: safeOptionalId(event.transaction),
    session: safeOptionalId(event.session),
    grant: safeOptionalId(event.grant),
    outcome: event.outcome,
    reasons: event.reasons
      .slice(0, MOST_ITEMS)
      .map((reason) => (isReason(reason) ? reason : 'reason.malformed')),
    detail,
    personal,
  };
  return { event: safe as RedactedEvent, removed };
}
