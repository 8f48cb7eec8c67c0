import type { ApiClient } from './api-client.ts';
import { Ending, EXIT } from './ending.ts';
import type { Options } from './leaf.ts';

const LARGEST_PAGE = 200;
const USUAL = 50;

/** The first `most` items of a list, page by page. */
export async function gather<Item>(
  api: ApiClient,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  most: number,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const given = Object.entries({
      ...query,
      cursor,
      limit: String(Math.min(most - items.length, LARGEST_PAGE)),
    });
    const search = new URLSearchParams(
      given.filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const page = await api.get<{ readonly items: readonly Item[]; readonly next: string | null }>(
      `${path}?${search.toString()}`,
    );
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return items;
}

export const LIMIT: readonly [string, string] = ['--limit <number>', `how many at most (default ${USUAL})`];

/** `--limit` as a number; wrong usage when it is none. */
export function limitOf(options: Options): number {
  const text = options.text('limit') ?? String(USUAL);
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new Ending(EXIT.usage, `--limit takes a number of at least 1, not ${text}`);
  return Number(text);
}
