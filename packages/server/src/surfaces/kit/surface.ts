import { isLocale, type Locale } from '@countersign/core/account/account';
import { hashSecret } from '@countersign/core/kernel/hash';
import type { Instant } from '@countersign/core/kernel/time';
import { TOUCH_EVERY, whyEnded } from '@countersign/core/session/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeskDeps } from '../../desk/deps.ts';
import { cookieOf, localeFromHeaders, setCookie } from '../../http/cookies.ts';
import type { PageContext } from '../../pages/views.ts';
import type { SessionOwner } from '../../ports/session-store.ts';

/** What every surface that serves people needs. */
export interface SurfaceDeps {
  readonly desk: DeskDeps;
  readonly clock: () => Instant;
  /** Whom a person may turn to, as the organisation wrote it; shown where there is no other way on. */
  readonly contact: string | null;
}

/** The live session of this browser, of whichever kind, or null. Notes its use at most every half minute. */
export async function sessionOf(
  { desk, clock }: SurfaceDeps,
  request: FastifyRequest,
): Promise<SessionOwner | null> {
  const secret = cookieOf(request, 'session');
  return secret === null ? null : sessionBySecret(desk, secret, clock());
}

export async function sessionBySecret(
  desk: Pick<DeskDeps, 'sessions'>,
  secret: string,
  now: Instant,
): Promise<SessionOwner | null> {
  const owner = await desk.sessions.bySecret(hashSecret(secret));
  if (owner === null || owner.person.account.state === 'disabled') return null;
  if (whyEnded(owner.session, owner.person.account.epoch, now) !== null) return null;
  if (now - owner.session.lastSeenAt >= TOUCH_EVERY) await desk.sessions.touch(owner.session.id, now);
  return owner;
}

export const localeOf = (request: FastifyRequest, preferred: Locale | null): Locale =>
  localeFromHeaders(request.headers, preferred);

/** Keeps a language chosen with `?lang=`. */
export function rememberLocale(request: FastifyRequest, reply: FastifyReply, now: Instant): Locale | null {
  const query = request.query as Readonly<Record<string, unknown>> | null;
  const lang = query?.['lang'];
  if (typeof lang !== 'string' || !isLocale(lang)) return null;
  setCookie(reply, 'locale', lang, now + 365 * 86_400_000);
  return lang;
}

export function contextOf(
  deps: SurfaceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  owner: SessionOwner | null,
): PageContext {
  const now = deps.clock();
  const { organisation, host } = deps.desk.site();
  const chosen = rememberLocale(request, reply, now);
  return {
    locale: chosen ?? localeOf(request, owner?.person.account.locale ?? null),
    organisation,
    host,
    requestId: request.id,
    now,
    // Whoever only enrols has not signed in yet.
    signedInAs: owner?.session.kind === 'full' ? owner.person.account.displayName : null,
  };
}
