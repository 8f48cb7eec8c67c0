import type { JsonRecord } from '@countersign/core/audit/canonical-json';
import type { Personal } from '@countersign/core/audit/event';
import { sql } from 'kysely';
import type { AuditArchive, StoredCheckpoint } from '../../ports/directory.ts';
import type { Database } from './database.ts';

interface Row {
  readonly leaf_index: number;
  readonly entry: JsonRecord;
  readonly leaf_hash: Buffer;
  readonly salt: Buffer | null;
  readonly personal: Personal | null;
}

export function createAuditArchive(database: Database): AuditArchive {
  return {
    log: async () => {
      const rows = await database.query<{ origin: string; size: number }>(sql`select origin, size from audit_log where id = 1`);
      return rows[0] ?? null;
    },
    waiting: async () => {
      const rows = await database.query<{ waiting: number }>(sql`select count(*)::int as waiting from audit_event where leaf_index is null`);
      return rows[0]?.waiting ?? 0;
    },
    entries: async (from, to) => {
      const rows = await database.query<Row>(sql`select leaf_index, entry, leaf_hash, salt, personal from audit_event
        where leaf_index >= ${from} and leaf_index < ${to} order by leaf_index`);
      return rows.map((row) => ({
        index: row.leaf_index,
        entry: row.entry,
        leafHash: row.leaf_hash,
        personal: row.personal === null || row.salt === null ? null : { payload: row.personal, salt: row.salt },
      }));
    },
    checkpoints: (above, upTo) =>
      database.query<StoredCheckpoint>(sql`select size, note, at from audit_checkpoint where size > ${above} and size <= ${upTo} order by size`),
    latest: async () => {
      const rows = await database.query<StoredCheckpoint>(sql`select size, note, at from audit_checkpoint order by size desc limit 1`);
      return rows[0] ?? null;
    },
  };
}
