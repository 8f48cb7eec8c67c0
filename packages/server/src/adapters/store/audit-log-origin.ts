import type { Checkpoint } from '@countersign/core/audit/checkpoint';
import { makeEvent } from '@countersign/core/audit/event';
import { EMPTY_FRONTIER, frontierRoot } from '@countersign/core/audit/frontier';
import { openingDetail } from '@countersign/core/audit/log-opening';
import { bytesToHex } from '@countersign/core/kernel/bytes';
import { asId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import type { OriginOpened } from '../../ports/audit-log.ts';
import { sha256 } from '../keys/checkpoint-key.ts';
import { appendEvents, type Unnumbered } from './audit-log-append.ts';
import type { AuditLogDeps } from './audit-log-deps.ts';
import { lastStored } from './audit-log-notes.ts';
import { addLog, freePosition, loadLogs, type LogRow } from './audit-log-rows.ts';
import { ownCheckpoint } from './audit-log-witnessed.ts';

export interface Continued {
  readonly log: LogRow;
  readonly opened: OriginOpened | null;
}

/** Like an address without a scheme (C2SP tlog-checkpoint). Random, so that no two logs ever share one. */
const makeOrigin = ({ host, random }: AuditLogDeps): string =>
  `${host()}/audit/${bytesToHex(random.bytes(8))}`;

/** A witness saw more of this log than it holds, or a log that the store does not know: an older copy was put back. */
function isBehind(logs: readonly LogRow[], current: LogRow, known: Checkpoint | null): boolean {
  if (known === null) return false;
  if (known.origin === current.origin) return known.size > current.frontier.size;
  return !logs.some((log) => log.origin === known.origin || log.lost === known.origin);
}

/**
 * Opens a log that goes on from the current one and says so in its first event, which names what is there and what was
 * signed of it last (R-AUD-09). The event is numbered here, ahead of whatever else waits. In the leader's transaction.
 */
export async function openNewOrigin(
  deps: AuditLogDeps,
  previous: LogRow,
  cause: OriginOpened['cause'],
  now: Instant,
): Promise<Continued> {
  const { database, random } = deps;
  const { size } = previous.frontier;
  const stored = await lastStored(database, previous.id, size);
  const checkpoint = stored === null ? null : ownCheckpoint(stored.note, deps.keys);
  const root = frontierRoot(previous.frontier, sha256);
  const named = openingDetail({ origin: previous.origin, size, root, checkpoint });
  const known = await deps.witnessed.latest();
  const opening: LogRow = {
    id: previous.id + 1,
    origin: makeOrigin(deps),
    first: Math.max(previous.first + size, await freePosition(database)),
    frontier: EMPTY_FRONTIER,
    // Or the same news would open another log at every call, until the witness hears of this one.
    lost: known?.origin ?? null,
  };
  await addLog(database, opening, now);

  const id = asId<'event'>(random.uuid());
  const event = makeEvent({ id, at: now, type: 'audit.origin_opened', detail: { ...named, cause } });
  await deps.commit([{ kind: 'audit', event, salt: random.bytes(32) }]);
  const events = await database.query<Unnumbered>(
    sql`select id, entry from audit_event where id = ${id}::uuid`,
  );
  const log = await appendEvents(database, opening, events);

  const opened: OriginOpened = {
    cause,
    origin: log.origin,
    previous: { origin: previous.origin, size },
    known: known === null ? null : { origin: known.origin, size: known.size },
  };
  return { log, opened };
}

/**
 * The log to go on with: the current one, the very first, or a new origin when the store turns out to be an older
 * copy. Before anything is numbered, so that the old log ends where it was restored. In the leader's transaction.
 */
export async function continueLog(deps: AuditLogDeps, now: Instant): Promise<Continued> {
  const logs = await loadLogs(deps.database);
  const current = logs.at(-1);
  if (current === undefined) {
    const log: LogRow = { id: 1, origin: makeOrigin(deps), first: 0, frontier: EMPTY_FRONTIER, lost: null };
    await addLog(deps.database, log, now);
    return { log, opened: null };
  }
  const behind = isBehind(logs, current, await deps.witnessed.latest());
  return behind ? openNewOrigin(deps, current, 'store_behind', now) : { log: current, opened: null };
}
