import type { FastifyReply } from 'fastify';

/** Anything the page templates produce: an escaped string, perhaps still waiting for its parts. */
export type Page = { toString(): string } | Promise<{ toString(): string }>;

export interface PageOptions {
  readonly status?: number;
  /**
   * The one registered origin this form's chain of redirects may end at. Chromium applies form-action to the whole
   * chain, so without it a sign-in could not return to its app (design.md §10.11).
   */
  readonly formAction?: string | null;
}

const policy = (formAction: string | null): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    `form-action 'self'${formAction === null ? '' : ` ${formAction}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');

/** The headers of a page, for a door whose library owns the response. */
export const pageHeaders = (formAction: string | null): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': policy(formAction),
});

/** Sends a page that nobody may store, frame or extend with script. The only way HTML leaves the node. */
export async function sendPage(
  reply: FastifyReply,
  page: Page,
  options: PageOptions = {},
): Promise<FastifyReply> {
  const text = (await page).toString();
  return reply
    .code(options.status ?? 200)
    .headers(pageHeaders(options.formAction ?? null))
    .send(text);
}

/** After a form a browser is sent on with 303, so that neither reload nor redirect posts it again (R-OIDC-09). */
export const seeOther = (reply: FastifyReply, path: string): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(path, 303);
