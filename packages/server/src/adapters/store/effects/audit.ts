import { sha256 } from '@noble/hashes/sha2.js';
import { classOf } from '@countersign/core/audit/event-type';
import { makeLeaf } from '@countersign/core/audit/leaf';
import { redactEvent } from '@countersign/core/audit/redact';
import { sql } from 'kysely';
import { bytea, json } from '../database.ts';
import { once, type Writers } from './fragment.ts';

export const auditWriters: Writers<'audit'> = {
  // Redacted before it is hashed, so that not even the commitment saw a secret (I-54).
  audit: ({ event, salt }) => {
    const safe = redactEvent(event).event;
    const { entry, personal } = makeLeaf(safe, salt, sha256);
    return once(sql`insert into audit_event (id, at, type, class, actor_kind, actor_id, subject, session_id, app_id, outcome, entry, salt, personal)
      values (${safe.id}, ${safe.at}, ${safe.type}, ${classOf(safe.type)}, ${safe.actor.kind}, ${safe.actor.id}, ${safe.subject}::uuid, ${safe.session}::uuid,
        ${safe.app}, ${safe.outcome}, ${json(entry)}, ${personal === null ? null : bytea(salt)}, ${personal === null ? null : json(personal)}) returning 1`);
  },
};
