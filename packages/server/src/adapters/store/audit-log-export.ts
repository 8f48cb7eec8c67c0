import { exportCheckpoint, exportEnd, exportHeader } from '@countersign/core/audit/export-format';
import { sql } from 'kysely';
import type { ExportOptions } from '../../ports/audit-log.ts';
import type { AuditLogDeps } from './audit-log-deps.ts';
import { entryLine, entryRows, need } from './audit-log-entry.ts';
import { type StoredNote, storedBetween } from './audit-log-notes.ts';

/** Rows in memory at a time: about 2 MB. */
const BATCH = 2_000;

/** A log as it stood when the export began; what comes later is not in it. */
interface Standing {
  readonly id: number;
  readonly origin: string;
  readonly first: number;
  readonly size: number;
  /** Larger than the size only when someone cut the log: then the checkpoint is shown, and tells. */
  readonly signed: number;
}

const standings = (deps: AuditLogDeps): Promise<readonly Standing[]> =>
  deps.database.query<Standing>(sql`select l.id, l.origin, l.first, l.size,
      coalesce((select max(c.size) from audit_checkpoint c where c.log = l.id), 0) as signed
    from audit_log l order by l.id`);

const noteLine = ({ note }: StoredNote): string => {
  const line = exportCheckpoint(note);
  return line.ok ? line.value : need(exportCheckpoint(''));
};

async function* exportOne(deps: AuditLogDeps, log: Standing, options: ExportOptions): AsyncGenerator<string> {
  const { database, keys } = deps;
  const { first, size } = log;
  const view = { first, shown: options.personal === 'shown' };
  yield need(exportHeader('log', log.origin, keys.all(log.origin)));
  let checkpoints = 0;
  for (let from = 0; from < size; from += BATCH) {
    const to = Math.min(from + BATCH, size);
    const notes = [...(await storedBetween(database, log.id, from, to))];
    const where = sql`e.leaf_index >= ${first + from} and e.leaf_index < ${first + to}`;
    for (const row of await entryRows(database, where)) {
      yield entryLine(row, view);
      // Each checkpoint right after the last entry it covers.
      for (; notes[0] !== undefined && notes[0].size <= row.position - first + 1; checkpoints++) {
        yield noteLine(notes[0]);
        notes.shift();
      }
    }
    for (const note of notes) yield noteLine(note);
    checkpoints += notes.length;
  }
  for (const note of await storedBetween(database, log.id, size, log.signed)) {
    yield noteLine(note);
    checkpoints++;
  }
  // What should be there, not what was found: rows that are gone from the end must not look like the end.
  yield need(exportEnd(size, checkpoints));
}

/** All logs, oldest first, in bounded memory: entries never change their place, so batches make one whole. */
export async function* exportLog(deps: AuditLogDeps, options: ExportOptions): AsyncGenerator<string> {
  for (const log of await standings(deps)) yield* exportOne(deps, log, options);
}
