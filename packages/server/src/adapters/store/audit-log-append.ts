import { canonicalJson } from '@countersign/core/audit/canonical-json';
import { appendLeaf, packFrontier } from '@countersign/core/audit/frontier';
import { leafHash } from '@countersign/core/audit/tree-hash';
import { concatBytes } from '@countersign/core/kernel/bytes';
import { sql } from 'kysely';
import { sha256 } from '../keys/checkpoint-key.ts';
import type { LogRow } from './audit-log-rows.ts';
import { bytea, type Database } from './database.ts';

export interface Unnumbered {
  readonly id: string;
  readonly entry: unknown;
}

/** The entry as it stands in the store is what gets the place: jsonb gives back each value that was put in. */
function leafOf({ id, entry }: Unnumbered): Uint8Array {
  const text = canonicalJson(entry);
  if (!text.ok) throw new Error(`the audit event ${id} has no canonical form: it was changed in the store`);
  return leafHash(Buffer.from(text.value, 'utf8'), sha256);
}

/**
 * Appends events to a log, in this order, and returns the log as it then stands. Only for the leader, inside its
 * transaction. Throws, and so undoes everything, when the log or one of the events was changed by someone else.
 */
export async function appendEvents(
  database: Database,
  log: LogRow,
  events: readonly Unnumbered[],
): Promise<LogRow> {
  if (events.length === 0) return log;
  let { frontier } = log;
  const nodes: Buffer[] = [];
  for (const event of events) {
    const appended = appendLeaf(frontier, leafOf(event), sha256);
    frontier = appended.frontier;
    nodes.push(bytea(concatBytes(...appended.completed)));
  }
  // A few thousand rows by their key: left alone, the planner reads everything that waits, for every batch.
  await database.query(sql`select set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`);
  const start = log.first + log.frontier.size;
  const ids = events.map((event) => event.id);
  // One statement: events, nodes and log agree whenever a crash comes. The log's old size guards against a second leader.
  const rows = await database.query<{ numbered: number }>(sql`with leaf as (
      select l.id, l.nodes, ${start}::bigint + l.n - 1 as position
      from unnest(${ids}::uuid[], ${nodes}::bytea[]) with ordinality as l (id, nodes, n)
    ), numbered as (
      update audit_event e set leaf_index = leaf.position, leaf_hash = substr(leaf.nodes, 1, 32)
      from leaf where e.id = leaf.id and e.leaf_index is null returning 1
    ), node as (
      insert into audit_node (position, hashes) select position, nodes from leaf returning 1
    ), grown as (
      update audit_log set size = ${frontier.size}, frontier = ${bytea(packFrontier(frontier))}
      where id = ${log.id} and size = ${log.frontier.size} returning 1
    )
    select require_one((select count(*) from grown), 'audit_log'), (select count(*) from numbered) as numbered`);
  if (rows[0]?.numbered !== events.length)
    throw new Error('audit events were changed while they were numbered');
  return { ...log, frontier };
}
