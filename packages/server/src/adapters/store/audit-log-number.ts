import type { Instant } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import type { Numbering, OriginOpened } from '../../ports/audit-log.ts';
import { appendEvents, type Unnumbered } from './audit-log-append.ts';
import type { AuditLogDeps } from './audit-log-deps.ts';
import { continueLog } from './audit-log-origin.ts';
import { lead, tryLead } from './audit-log-rows.ts';
import type { Database } from './database.ts';

/** Some 5 MB in memory, and a transaction of a fraction of a second. */
const BATCH = 5_000;
/** Batches of one call: a node that stops need not wait for a long backlog. */
const MOST_BATCHES = 10;

/**
 * Every transaction below the snapshot's xmin has ended, so no event of one can appear any more; all later ones have
 * larger numbers. That makes the order final (design §10.4). It also means that a transaction left open anywhere in
 * the cluster holds the numbering up.
 */
const WAITING = sql`leaf_index is null and written_by < pg_snapshot_xmin(pg_current_snapshot())`;

const nextEvents = (database: Database): Promise<readonly Unnumbered[]> =>
  database.query<Unnumbered>(
    sql`select id, entry from audit_event where ${WAITING} order by written_by, id limit ${BATCH}`,
  );

interface Batch {
  readonly count: number;
  readonly opened: OriginOpened | null;
}

const numberBatch = (deps: AuditLogDeps, now: Instant): Promise<Batch | null> =>
  deps.database.transaction(async () => {
    if (!(await tryLead(deps.database))) return null;
    const { log, opened } = await continueLog(deps, now);
    // Read after the lock, in a snapshot of its own: it sees all that the leader before us has numbered.
    const events = await nextEvents(deps.database);
    await appendEvents(deps.database, log, events);
    return { count: events.length, opened };
  });

export async function numberEvents(deps: AuditLogDeps, now: Instant): Promise<Numbering> {
  // Most of the time nothing waits: one statement finds that out.
  const waiting = await deps.database.query(sql`select 1 from audit_event where ${WAITING} limit 1`);
  if (waiting.length === 0) return { kind: 'numbered', count: 0, more: false };
  let count = 0;
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const batch = await numberBatch(deps, now);
    if (batch === null)
      return count === 0 ? { kind: 'led_elsewhere' } : { kind: 'numbered', count, more: true };
    if (batch.opened !== null) deps.onOriginOpened(batch.opened);
    count += batch.count;
    if (batch.count < BATCH) return { kind: 'numbered', count, more: false };
  }
  return { kind: 'numbered', count, more: true };
}

/**
 * Events that were copied in from another cluster carry its transaction numbers, which may lie in the future of this
 * one and would wait for ever. No row that can be seen has such a number by itself.
 */
export const adoptEvents = (database: Database): Promise<void> =>
  database.transaction(async () => {
    await lead(database);
    await database.query(sql`update audit_event set written_by = pg_current_xact_id()
      where leaf_index is null and written_by >= pg_snapshot_xmax(pg_current_snapshot())`);
  });
