import { type Frontier, packFrontier, parseFrontier } from '@countersign/core/audit/frontier';
import type { Instant } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import { bytea, type Database } from './database.ts';

/** One number for all that changes the log: numbering, signing, new origins, and removal of personal parts. */
const LEADER = 4_711_003;

/** Leads until the transaction ends, or says that another node does. */
export async function tryLead(database: Database): Promise<boolean> {
  const rows = await database.query<{ led: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LEADER}) as led`,
  );
  return rows[0]?.led === true;
}

/** Waits for its turn, and leads until the transaction ends. What is read after it is what the last leader left. */
export async function lead(database: Database): Promise<void> {
  await database.query(sql`select pg_advisory_xact_lock(${LEADER})`);
}

export interface LogRow {
  readonly id: number;
  readonly origin: string;
  /** The position of its first entry. Positions run on through all logs; the index in a log is position − first. */
  readonly first: number;
  readonly frontier: Frontier;
  /** A log that a witness had seen and the store no longer knew when this one was opened. */
  readonly lost: string | null;
}

interface Row {
  readonly id: number;
  readonly origin: string;
  readonly first: number;
  readonly size: number;
  readonly frontier: Buffer;
  readonly lost: string | null;
}

function toLog({ id, origin, first, size, frontier: packed, lost }: Row): LogRow {
  const frontier = parseFrontier(size, new Uint8Array(packed));
  if (!frontier.ok)
    throw new Error(`the audit log ${origin} has a frontier that does not fit its size ${size}`);
  return { id, origin, first, frontier: frontier.value, lost };
}

/** All logs, oldest first; the last is the one that grows. */
export async function loadLogs(database: Database): Promise<readonly LogRow[]> {
  const rows = await database.query<Row>(
    sql`select id, origin, first, size, frontier, lost from audit_log order by id`,
  );
  return rows.map(toLog);
}

export async function addLog(database: Database, log: LogRow, now: Instant): Promise<void> {
  const packed = bytea(packFrontier(log.frontier));
  await database.query(sql`insert into audit_log (id, origin, first, size, frontier, lost, opened_at)
    values (${log.id}, ${log.origin}, ${log.first}, ${log.frontier.size}, ${packed}, ${log.lost}, ${now})`);
}

/** The first position that nothing ever took, in whatever state the store was brought back. */
export async function freePosition(database: Database): Promise<number> {
  const rows = await database.query<{ free: number }>(sql`select greatest(
    (select coalesce(max(leaf_index) + 1, 0) from audit_event),
    (select coalesce(max(position) + 1, 0) from audit_node)) as free`);
  return rows[0]?.free ?? 0;
}
