import type { Received } from './exchange.ts';
import { type Page, readPage } from './page.ts';

/** An answer as its client sees it. */
export interface Seen {
  readonly status: number;
  /** Where a redirect leads; null when the answer is none. */
  readonly location: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly body: string;
  /** The page, when the answer is one. */
  readonly page: Page | null;
  /** The body as JSON, or null when it is not. */
  readonly json: unknown;
  /** The reason id that a page or a problem document gives, if any. */
  readonly reason: string | null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const reasonOf = (json: unknown): string | null =>
  typeof json === 'object' && json !== null && 'code' in json && typeof json.code === 'string'
    ? json.code
    : null;

export function toSeen({ status, headers, setCookies, body }: Received): Seen {
  const type = headers['content-type'] ?? '';
  const page = type.includes('text/html') ? readPage(body) : null;
  const json = type.includes('json') ? parseJson(body) : null;
  return {
    status,
    location: headers['location'] ?? null,
    headers,
    setCookies,
    body,
    page,
    json,
    reason: page?.reason ?? reasonOf(json),
  };
}

/** One line for the message of a failed case: never the whole body. */
export const brief = ({ status, location, page, body, reason }: Seen): string =>
  [
    status,
    location === null ? '' : `→ ${location}`,
    reason ?? '',
    page === null ? body.slice(0, 300) : `"${page.heading}" ${page.problem ?? ''}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
