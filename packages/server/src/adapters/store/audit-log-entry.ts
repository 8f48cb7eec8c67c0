import type { Personal } from '@countersign/core/audit/event';
import { type ExportedEntry, exportEntry, type LineRefusal } from '@countersign/core/audit/export-format';
import { isJsonRecord } from '@countersign/core/audit/canonical-json';
import type { Result } from '@countersign/core/kernel/result';
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

const BYTES = 32;

export interface EntryRow {
  readonly position: number;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly entry: unknown;
  readonly leaf_hash: Buffer | null;
  readonly hashes: Buffer | null;
  readonly salt: Buffer | null;
  readonly personal: Personal | null;
}

/** Rows in the order of the log, with what each completed in the tree. */
export const entryRows = (database: Database, where: RawBuilder<unknown>): Promise<readonly EntryRow[]> =>
  database.query<EntryRow>(sql`select e.leaf_index as position, e.actor_kind, e.actor_id, e.entry, e.leaf_hash,
      n.hashes, e.salt, e.personal
    from audit_event e left join audit_node n on n.position = e.leaf_index where ${where} order by e.leaf_index`);

/** The leaf from beside the event, the subtrees from where they are kept apart: they must fit each other. */
function completedOf(row: EntryRow): ExportedEntry['completed'] {
  const leaf = new Uint8Array(row.leaf_hash?.length === BYTES ? row.leaf_hash : Buffer.alloc(BYTES));
  const kept = row.hashes ?? Buffer.alloc(0);
  const count = Math.max(0, Math.floor(kept.length / BYTES) - 1);
  const nodes = Array.from(
    { length: count },
    (_, i) => new Uint8Array(kept.subarray((i + 1) * BYTES, (i + 2) * BYTES)),
  );
  return [leaf, ...nodes];
}

function personalOf({ personal, salt }: EntryRow, shown: boolean): ExportedEntry['personal'] {
  return shown && personal !== null && salt !== null
    ? { payload: personal, salt: new Uint8Array(salt) }
    : null;
}

export const need = (line: Result<string, LineRefusal>): string => {
  if (!line.ok) throw new Error(`a line of the audit export cannot be written: ${line.error}`);
  return line.value;
};

/** What stands for an entry that someone made too large or unreadable: its hash names it as edited. */
const UNREADABLE = { personal: null };

export interface EntryView {
  readonly first: number;
  readonly shown: boolean;
  readonly proof?: readonly Uint8Array[];
}

/** The export line of a row as it stands in the store, however it came to stand there: to judge is the verifier's. */
export function entryLine(row: EntryRow, { first, shown, proof }: EntryView): string {
  const entry = isJsonRecord(row.entry) ? row.entry : UNREADABLE;
  const completed = completedOf(row);
  const exported: ExportedEntry = {
    index: row.position - first,
    entry,
    // A proof replaces the stored subtree.
    completed: proof === undefined ? completed : [completed[0]],
    personal: personalOf(row, shown),
    ...(proof === undefined ? {} : { proof }),
  };
  const line = exportEntry(exported);
  return line.ok ? line.value : need(exportEntry({ ...exported, entry: UNREADABLE, personal: null }));
}
