import type { IncomingHttpHeaders } from 'node:http';
import { isLocale, type Locale } from '@countersign/core/account/account';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '@countersign/core/kernel/time';

/**
 * All cookies of ours, and how each is set: `__Host-`, Secure, HttpOnly, Path=/ and SameSite=Lax (R-SES-09). Lax, so
 * that an app's redirect to us still finds the session; state changes check the origin besides (`same-origin.ts`).
 */
const NAMES = { session: '__Host-cs-session', browser: '__Host-cs-browser', locale: '__Host-cs-lang', last: '__Host-cs-last' } as const;
export type CookieName = keyof typeof NAMES;

/** One transaction has one cookie, so that two sign-ins in two tabs do not disturb each other. */
const transactionName = (id: string): string => `__Host-cs-tx-${id}`;

/** A secret of ours is 43 characters of base64url; anything else is no cookie of ours (I-32, I-39). */
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const WORD = /^[a-z-]{2,20}$/;

const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;

function read(request: FastifyRequest, name: string, shape: RegExp): string | null {
  const value = request.cookies[name];
  return value !== undefined && shape.test(value) ? value : null;
}

export const cookieOf = (request: FastifyRequest, name: CookieName): string | null =>
  read(request, NAMES[name], name === 'locale' || name === 'last' ? WORD : SECRET);

export const transactionSecretOf = (request: FastifyRequest, id: string): string | null =>
  read(request, transactionName(id), SECRET);

/** Bearer secrets end with the browser; what only makes things easier may stay (R-SES-09). */
export function setCookie(reply: FastifyReply, name: CookieName, value: string, expires: Instant | null): void {
  reply.setCookie(NAMES[name], value, expires === null ? OPTIONS : { ...OPTIONS, expires: new Date(expires) });
}

export const setTransactionCookie = (reply: FastifyReply, id: string, secret: string): void => {
  reply.setCookie(transactionName(id), secret, OPTIONS);
};

export const clearCookie = (reply: FastifyReply, name: CookieName): void => {
  reply.clearCookie(NAMES[name], OPTIONS);
};

export const clearTransactionCookie = (reply: FastifyReply, id: string): void => {
  reply.clearCookie(transactionName(id), OPTIONS);
};

const cookieValues = (header: string | undefined, name: string): readonly string[] =>
  (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));

/** The session cookie of a raw request, for the door whose library owns the response. Two of one name are none. */
export function sessionSecretOf(header: string | undefined): string | null {
  const [value, second] = cookieValues(header, NAMES.session);
  return value !== undefined && second === undefined && SECRET.test(value) ? value : null;
}

/** A Set-Cookie line for the same cookies, where no Fastify reply is at hand. */
export const transactionCookieLine = (id: string, secret: string): string =>
  `${transactionName(id)}=${secret}; Path=/; Secure; HttpOnly; SameSite=Lax`;

export const clearedSessionLine = (): string => `${NAMES.session}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;

/** The language for a page: chosen on a page before, else the person's, else the browser's, else English. */
export function localeFromHeaders(headers: IncomingHttpHeaders, preferred: Locale | null): Locale {
  const chosen = cookieValues(headers.cookie, NAMES.locale)[0];
  if (chosen !== undefined && isLocale(chosen)) return chosen;
  if (preferred !== null) return preferred;
  const accepted = (headers['accept-language'] ?? '').slice(0, 200).toLowerCase();
  return accepted.split(',').map((part) => part.trim().slice(0, 2)).find(isLocale) ?? 'en';
}
