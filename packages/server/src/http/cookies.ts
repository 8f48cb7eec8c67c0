import type { IncomingHttpHeaders } from 'node:http';
import { isLocale, type Locale } from '@countersign/core/account/account';
import type { Instant } from '@countersign/core/kernel/time';
import { SIGNIN_LIFE } from '@countersign/core/signin/signin';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * All cookies of ours, and how each is set: `__Host-`, Secure, HttpOnly, Path=/ and SameSite=Lax (R-SES-09). Lax, so
 * that an app's redirect to us still finds the session; state changes check the origin besides (`same-origin.ts`).
 */
const NAMES = {
  session: '__Host-cs-session',
  browser: '__Host-cs-browser',
  locale: '__Host-cs-lang',
  last: '__Host-cs-last',
} as const;
export type CookieName = keyof typeof NAMES;

/** One transaction has one cookie, so that two sign-ins in two tabs do not disturb each other. */
const TRANSACTION = '__Host-cs-tx-';
const transactionName = (id: string): string => TRANSACTION + id;

/**
 * Sign-ins that one browser may have begun. Each has a cookie, and with some hundred and sixty of them Node would refuse
 * every request of this browser for its headers, so the oldest are let go: whoever still has that page starts again.
 */
const MOST_TRANSACTIONS = 10;
/** A cookie is of no use after its transaction. */
const TRANSACTION_S = SIGNIN_LIFE / 1_000;

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
export function setCookie(
  reply: FastifyReply,
  name: CookieName,
  value: string,
  expires: Instant | null,
): void {
  reply.setCookie(
    NAMES[name],
    value,
    expires === null ? OPTIONS : { ...OPTIONS, expires: new Date(expires) },
  );
}

/** Binds a transaction to this browser, and lets go of the oldest others if there are too many. */
export const setTransactionCookie = (reply: FastifyReply, id: string, secret: string): void => {
  for (const old of oldestTransactions(reply.request.headers.cookie, id)) reply.clearCookie(old, OPTIONS);
  reply.setCookie(transactionName(id), secret, { ...OPTIONS, maxAge: TRANSACTION_S });
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

/** The names of those to let go. Browsers send the cookies of one path in the order in which they got them (RFC 6265 §5.4). */
function oldestTransactions(header: string | undefined, except: string): readonly string[] {
  const names = (header ?? '').split(';').map((part) => part.trim().split('=')[0] ?? '');
  const others = names.filter((name) => TRANSACTION_NAME.test(name) && name !== transactionName(except));
  return others.slice(0, Math.max(0, others.length - MOST_TRANSACTIONS));
}

const TRANSACTION_NAME = /^__Host-cs-tx-[0-9a-f-]{36}$/;

const line = (name: string, value: string, maxAgeS: number): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}`;

/** Set-Cookie lines that do what `setTransactionCookie` does, where no Fastify reply is at hand. */
export const transactionCookieLines = (
  header: string | undefined,
  id: string,
  secret: string,
): readonly string[] => [
  ...oldestTransactions(header, id).map((old) => line(old, '', 0)),
  line(transactionName(id), secret, TRANSACTION_S),
];

export const clearedSessionLine = (): string => line(NAMES.session, '', 0);

/** The language for a page: chosen on a page before, else the person's, else the browser's, else English. */
export function localeFromHeaders(headers: IncomingHttpHeaders, preferred: Locale | null): Locale {
  const chosen = cookieValues(headers.cookie, NAMES.locale)[0];
  if (chosen !== undefined && isLocale(chosen)) return chosen;
  if (preferred !== null) return preferred;
  const accepted = (headers['accept-language'] ?? '').slice(0, 200).toLowerCase();
  return (
    accepted
      .split(',')
      .map((part) => part.trim().slice(0, 2))
      .find(isLocale) ?? 'en'
  );
}
