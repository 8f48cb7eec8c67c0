import { fromBase64Url, toBase64Url } from '@countersign/core/kernel/base-encoding';
import { utf8ToBytes } from '@countersign/core/kernel/bytes';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import { id, line } from '@countersign/contract/api/scalars';
import { z } from 'zod';
import type { NameKey, Part, TimeKey } from '../../ports/directory.ts';

const nameKey = z.strictObject({ name: line(254), id });
const timeKey = z.strictObject({ at: z.int().min(0), id });

/** A cursor says where a page ended and nothing more: whoever makes one up reads what they could read anyway. */
function parse<Key>(schema: z.ZodType<Key>, cursor: string): Key | null {
  const bytes = fromBase64Url(cursor);
  if (!bytes.ok) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes.value)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const write = (key: NameKey | TimeKey): string => toBase64Url(utf8ToBytes(JSON.stringify(key)));

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

type BadCursor = 'request.bad_cursor';

function partOf<Key>(schema: z.ZodType<Key>, { limit, cursor }: PageQuery): Result<Part<Key>, BadCursor> {
  const after = cursor === undefined ? null : parse(schema, cursor);
  if (cursor !== undefined && after === null) return err('request.bad_cursor');
  // One more than asked for: whether there is a next page is then known without counting.
  return ok({ after, limit: limit + 1 });
}

export const partByName = (query: PageQuery): Result<Part<NameKey>, BadCursor> => partOf(nameKey, query);
export const partByTime = (query: PageQuery): Result<Part<TimeKey>, BadCursor> => partOf(timeKey, query);

/** A page of rows as they go out, and the cursor of the next. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => NameKey | TimeKey,
  show: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(show),
    next: rows.length > limit && last !== undefined ? write(keyOf(last)) : null,
  };
}
