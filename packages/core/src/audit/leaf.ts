import { bytesToHex, concatBytes, utf8ToBytes } from '../kernel/bytes.ts';
import { canonicalJson, type JsonRecord } from './canonical-json.ts';
import type { Personal } from './event.ts';
import type { RedactedEvent } from './redact.ts';
import { type Sha256, sha256 } from './tree-hash.ts';

/** Bytes of salt: at least 128 bits, or a short personal payload could be found by trying. */
export const SHORTEST_SALT = 16;
export const LONGEST_SALT = 64;

/** Neither a leaf (0x00) nor a node (0x01) of the tree. */
const COMMITMENT = 0x02;

/**
 * What a leaf knows of its personal payload: SHA-256(0x02 ‖ length of salt ‖ salt ‖ canonical JSON), in hex. Without
 * the salt it says nothing about the payload; the length in front gives salt and payload only one reading.
 */
export function commitPersonal(canonical: string, salt: Uint8Array, hash: Sha256 = sha256): string {
  if (salt.length < SHORTEST_SALT || salt.length > LONGEST_SALT)
    throw new RangeError('The salt has 16 to 64 bytes.');
  return bytesToHex(hash(concatBytes(Uint8Array.of(COMMITMENT, salt.length), salt, utf8ToBytes(canonical))));
}

export interface Leaf {
  /** The public part with the commitment: what is stored for ever, exported, and hashed. */
  readonly entry: JsonRecord;
  /** Canonical JSON of `entry`. */
  readonly text: string;
  /** What goes into `leafHash`. */
  readonly bytes: Uint8Array;
  /** What lies beside the leaf together with the salt until it is erased; null if the event names no one. */
  readonly personal: Personal | null;
}

function canonical(value: unknown): string {
  const text = canonicalJson(value);
  // `redactEvent` leaves nothing without a canonical form, so this is a fault of ours.
  if (!text.ok) throw new TypeError('The event has no canonical form.');
  return text.value;
}

/**
 * The leaf of an event. `salt` is fresh for each event and is erased together with the personal payload; what stays
 * proves as before, since the tree hashes the commitment only (design §7).
 */
export function makeLeaf(event: RedactedEvent, salt: Uint8Array, hash: Sha256 = sha256): Leaf {
  const personal = Object.keys(event.personal).length === 0 ? null : event.personal;
  const entry = {
    actor: { id: event.actor.id, kind: event.actor.kind },
    app: event.app,
    at: event.at,
    detail: event.detail,
    door: event.door,
    grant: event.grant,
    id: event.id,
    outcome: event.outcome,
    personal: personal === null ? null : commitPersonal(canonical(personal), salt, hash),
    reasons: event.reasons,
    session: event.session,
    subject: event.subject,
    transaction: event.transaction,
    type: event.type,
    v: 1,
  };
  const text = canonical(entry);
  return { entry, text, bytes: utf8ToBytes(text), personal };
}
