import { byAccount, record } from '../../desk/record.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import { ROUTES } from './configuration.ts';
import type { OidcDeps } from './deps.ts';
import type { Exchange } from './exchange.ts';
import { sidOf, subjectFor } from './from-grant.ts';
import type { LibraryClient, Provider } from './internals.ts';
import { makeTicket, readTicket } from './logout-ticket.ts';

export const CONFIRM = `${ROUTES.end_session}/confirm`;

export type LogoutAnswer =
  | { readonly kind: 'redirect'; readonly to: string }
  | {
      readonly kind: 'ask';
      readonly session: SessionOwner;
      readonly client: LibraryClient | null;
      readonly ticket: string;
      readonly returnTo: string | null;
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: string };

/** The app that asks, as far as the request shows: by an ID token of ours for it, or by its own word. */
interface Asker {
  readonly client: LibraryClient | null;
  readonly hint: { readonly sub: string; readonly sid: string | null } | null;
}

/**
 * RP-initiated logout (RPL 1.0 §2–3). A valid ID token of this very session ends it at once; anything less is asked
 * of the person first (R-OIDC-28). The way back leads only to an address registered by the app that asks.
 */
export async function startLogout(
  deps: OidcDeps,
  provider: Provider,
  exchange: Exchange,
  params: URLSearchParams,
): Promise<LogoutAnswer> {
  const asker = await askerOf(provider, params);
  if (asker === null) return { kind: 'refused', reason: 'oidc.bad_request' };
  const { client, hint } = asker;
  const wanted = params.get('post_logout_redirect_uri');
  if (wanted !== null && client !== null && !client.postLogoutRedirectUriAllowed(wanted)) {
    return { kind: 'refused', reason: 'oidc.redirect_not_registered' };
  }
  const returnTo = wanted === null || client === null ? null : withState(wanted, params.get('state'));
  const session = await deps.sessionOf(exchange.http.req);
  if (session === null || session.session.endedAt !== null) return after(returnTo);
  if (client !== null && hint !== null && isOfSession(deps, session, client, hint)) {
    await end(deps, exchange, session);
    return after(returnTo);
  }
  const ticket = makeTicket(deps, { sessionId: session.session.id, returnTo }, exchange.now);
  return { kind: 'ask', session, client, ticket, returnTo };
}

/** The person's answer to the confirmation page. */
export async function confirmLogout(
  deps: OidcDeps,
  exchange: Exchange,
  params: URLSearchParams,
): Promise<LogoutAnswer> {
  const session = await deps.sessionOf(exchange.http.req);
  if (session === null || session.session.endedAt !== null) return { kind: 'done' };
  const plan = readTicket(deps, params.get('ticket') ?? '', session.session.id, exchange.now);
  if (plan === null) return { kind: 'refused', reason: 'oidc.request_gone' };
  await end(deps, exchange, session);
  return after(plan.returnTo);
}

const after = (returnTo: string | null): LogoutAnswer =>
  returnTo === null ? { kind: 'done' } : { kind: 'redirect', to: returnTo };

async function end(deps: OidcDeps, exchange: Exchange, owner: SessionOwner): Promise<void> {
  await deps.endSession(owner, exchange.visitor, exchange.http);
  const { id } = owner.person.account;
  await deps.commit([
    record(deps.random, exchange.visitor, exchange.now, {
      type: 'oidc.logout',
      actor: byAccount(id),
      outcome: 'ok',
      subject: id,
      door: 'oidc',
      session: owner.session.id,
    }),
  ]);
}

async function askerOf(provider: Provider, params: URLSearchParams): Promise<Asker | null> {
  const named = params.get('client_id');
  const token = params.get('id_token_hint');
  if (token === null) {
    if (named === null) return { client: null, hint: null };
    const client = await provider.Client.find(named);
    return client === undefined ? null : { client, hint: null };
  }
  const audience = audienceOf(token);
  if (audience === null || (named !== null && named !== audience)) return null;
  const client = await provider.Client.find(audience);
  if (client === undefined) return null;
  try {
    const { payload } = await provider.IdToken.validate(token, client);
    const { sub, sid } = payload;
    if (typeof sub !== 'string') return null;
    return { client, hint: { sub, sid: typeof sid === 'string' ? sid : null } };
  } catch {
    return null;
  }
}

/** Whom an ID token is for, by its own word: only to know whose keys and rules to check it with. */
function audienceOf(token: string): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('aud' in claims)) return null;
    return typeof claims.aud === 'string' ? claims.aud : null;
  } catch {
    return null;
  }
}

const isOfSession = (
  deps: OidcDeps,
  { session, person }: SessionOwner,
  client: LibraryClient,
  hint: NonNullable<Asker['hint']>,
): boolean =>
  hint.sub === subjectFor(deps, client, person.account.id) &&
  hint.sid === sidOf(deps, session.id, client.clientId);

function withState(uri: string, state: string | null): string {
  const url = new URL(uri);
  if (state !== null) url.searchParams.set('state', state);
  return url.href;
}
