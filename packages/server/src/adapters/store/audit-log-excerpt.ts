import { exportCheckpoint, exportEnd, exportHeader } from '@countersign/core/audit/export-format';
import { inclusionProof } from '@countersign/core/audit/inclusion-proof';
import { nodesFor } from '@countersign/core/audit/range-hash';
import type { AccountId } from '@countersign/core/kernel/id';
import { sql } from 'kysely';
import type { ExportOptions } from '../../ports/audit-log.ts';
import { sha256 } from '../keys/checkpoint-key.ts';
import type { AuditLogDeps } from './audit-log-deps.ts';
import { type EntryRow, entryLine, entryRows, need } from './audit-log-entry.ts';
import { loadNodes } from './audit-log-nodes.ts';
import { lastStored } from './audit-log-notes.ts';
import { loadLogs, type LogRow } from './audit-log-rows.ts';
import { byPerson } from './audit-log-person.ts';

/** Entries at a time; each asks for some 25 nodes. */
const BATCH = 200;

/** Only numbers, so that a person with a million events takes a few megabytes. */
async function positionsOf(
  deps: AuditLogDeps,
  person: AccountId,
  log: LogRow,
  size: number,
): Promise<readonly number[]> {
  const rows = await deps.database.query<{ position: number }>(sql`
    select leaf_index as position from audit_event where leaf_index >= ${log.first}
      and leaf_index < ${log.first + size} and ${byPerson(person)} order by leaf_index`);
  return rows.map((row) => row.position);
}

/** Address and browser in an event are those of whoever acted: not the subject's to see when that was another. */
const isOwn = (row: EntryRow, person: AccountId): boolean =>
  row.actor_id === person || row.actor_kind === 'stranger' || row.actor_kind === 'system';

async function* exportOne(
  deps: AuditLogDeps,
  log: LogRow,
  person: AccountId,
  options: ExportOptions,
): AsyncGenerator<string> {
  const stored = await lastStored(deps.database, log.id, log.frontier.size);
  if (stored === null) return;
  const { note, size } = stored;
  yield need(exportHeader('excerpt', log.origin, deps.keys.all(log.origin)));
  yield need(exportCheckpoint(note));
  let entries = 0;
  const positions = await positionsOf(deps, person, log, size);
  for (let from = 0; from < positions.length; from += BATCH) {
    const batch = positions.slice(from, from + BATCH);
    const rows = await entryRows(deps.database, sql`e.leaf_index = any(${batch}::bigint[])`);
    const indices = rows.map((row) => row.position - log.first);
    const wanted = indices.flatMap((index) =>
      nodesFor((lookup) => inclusionProof(index, size, lookup, sha256)),
    );
    const lookup = await loadNodes(deps.database, log.first, wanted);
    for (const row of rows) {
      const proof = inclusionProof(row.position - log.first, size, lookup, sha256);
      if (!proof.ok) throw new RangeError('an entry lies outside the checkpoint of its excerpt');
      const shown = options.personal === 'shown' && isOwn(row, person);
      yield entryLine(row, { first: log.first, shown, proof: proof.value });
      entries++;
    }
  }
  yield need(exportEnd(entries, 1));
}

/** One part for each log that has a checkpoint, oldest first. That no event is missing cannot be seen from it. */
export async function* exportExcerpt(
  deps: AuditLogDeps,
  person: AccountId,
  options: ExportOptions,
): AsyncGenerator<string> {
  for (const log of await loadLogs(deps.database)) yield* exportOne(deps, log, person, options);
}
