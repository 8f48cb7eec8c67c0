import type { NodeAt, NodeLookup } from '@countersign/core/audit/range-hash';
import { sql } from 'kysely';
import type { Database } from './database.ts';

const BYTES = 32;

/** A node is stored with the leaf that completed it: the last one below it. */
const positionOf = (first: number, { level, index }: NodeAt): number => first + (index + 1) * 2 ** level - 1;

/**
 * The nodes that proofs will ask for, in one query. A node that is gone reads as zeros: then the proof does not hold,
 * which is the right answer about a store that lost it.
 */
export async function loadNodes(
  database: Database,
  first: number,
  wanted: readonly NodeAt[],
): Promise<NodeLookup> {
  const keys = new Map(wanted.map((at) => [`${at.level}/${positionOf(first, at)}`, at]));
  const nodes = [...keys.values()];
  const levels = nodes.map((at) => at.level);
  const positions = nodes.map((at) => positionOf(first, at));
  const rows = await database.query<{ level: number; position: number; hash: Buffer }>(sql`
    select w.level, w.position, substr(n.hashes, w.level * ${BYTES}::int + 1, ${BYTES}::int) as hash
    from unnest(${levels}::int[], ${positions}::bigint[]) as w (level, position)
    join audit_node n on n.position = w.position`);
  const found = new Map(rows.map((row) => [`${row.level}/${row.position}`, new Uint8Array(row.hash)]));
  return (at) => {
    const hash = found.get(`${at.level}/${positionOf(first, at)}`);
    return hash?.length === BYTES ? hash : new Uint8Array(BYTES);
  };
}
