import type { IncomingMessage } from 'node:http';
import { sha256 } from '@countersign/core/kernel/hash';
import { utf8ToBytes } from '@countersign/core/kernel/bytes';
import { cookieNames, ROUTES } from './configuration.ts';
import { faultOf, type Fault } from '../../http/faults.ts';
import type { OidcDeps, Page } from './deps.ts';
import { carry, exchangeOf, type Exchange } from './exchange.ts';
import type { LibraryContext, Provider } from './internals.ts';
import { CONFIRM, confirmLogout, startLogout, type LogoutAnswer } from './logout.ts';
import { readForm } from './read-form.ts';

type Next = () => Promise<void>;

/** These write nothing but a proof's jti, which is one statement: no transaction around them. */
const READ_ONLY: ReadonlySet<string> = new Set([ROUTES.jwks, ROUTES.userinfo, ROUTES.introspection]);
const isDiscovery = (path: string): boolean => path.startsWith('/.well-known/');

type Failure = Pick<Fault, 'status' | 'retryAfterS'>;

/** 503 while the store does not answer, and when to come back; anything else that fails is a fault of ours. */
export function statusOf(error: unknown): Failure {
  const { status, retryAfterS } = faultOf(error);
  return status === 503 ? { status, retryAfterS } : { status: 500, retryAfterS: null };
}

/** A failure that was answered already: undoes the transaction and leaves the answer as it is. */
class Undo extends Error {}

/**
 * The outermost layer of the library: one database transaction around a whole request, committed before a byte of
 * the answer is written, since the layers below only prepare it (design.md §10.2). A refusal of the protocol is an
 * answer and commits, and with it the end of a replayed code's family; a failure undoes everything.
 */
export function mediator(deps: OidcDeps, provider: Provider, exchanges: WeakMap<IncomingMessage, Exchange>) {
  return async (ctx: LibraryContext, next: Next): Promise<void> => {
    const exchange = exchanges.get(ctx.req);
    if (exchange === undefined) throw new Error('a request reached the library without passing the door');
    carry(ctx, exchange);
    const path = ctx.path.toLowerCase(); // the library's router does not mind case either
    const serve = async (): Promise<void> => {
      await answer(deps, provider, ctx, path, next);
      if (exchange.failure !== null || ctx.status >= 500) throw new Undo();
    };
    try {
      if (READ_ONLY.has(path) || isDiscovery(path) || ctx.method === 'OPTIONS') await serve();
      else await deps.inTransaction(serve);
    } catch (error) {
      if (!(error instanceof Undo)) deps.report(error, exchange.visitor.requestId);
      await showFailure(deps, ctx, statusOf(exchange.failure === null ? error : exchange.failure.error));
    }
    finish(ctx, path, provider.issuer);
  };
}

async function answer(
  deps: OidcDeps,
  provider: Provider,
  ctx: LibraryContext,
  path: string,
  next: Next,
): Promise<void> {
  if (path === ROUTES.authorization && ctx.method === 'POST') return asGet(deps, ctx, path);
  if (path === CONFIRM && ctx.method === 'POST') {
    const form = await readForm(ctx.req);
    return logout(deps, ctx, await confirmLogout(deps, exchangeOf(ctx), form ?? new URLSearchParams()));
  }
  if (path === ROUTES.end_session) {
    if (ctx.method === 'POST') return asGet(deps, ctx, path);
    if (ctx.method === 'GET')
      return logout(
        deps,
        ctx,
        await startLogout(deps, provider, exchangeOf(ctx), new URLSearchParams(ctx.querystring)),
      );
  }
  // The library's own logout would trust its own session.
  if (!path.startsWith(ROUTES.end_session)) await next();
  if (ctx.status === 404 && ctx.body === undefined) await fault(deps, ctx, 404, 'http.not_found');
}

/**
 * A form posted from an app's page comes without our cookie (SameSite=Lax), so it would look signed out. It is asked
 * for again as a link, which brings the cookie; 303, so that nothing is posted twice (R-OIDC-09).
 */
async function asGet(deps: OidcDeps, ctx: LibraryContext, path: string): Promise<void> {
  const form = await readForm(ctx.req);
  if (form === null) return fault(deps, ctx, 400, 'oidc.bad_request');
  ctx.status = 303;
  ctx.redirect(`${path}?${form.toString()}`);
}

async function logout(deps: OidcDeps, ctx: LibraryContext, result: LogoutAnswer): Promise<void> {
  const { http } = exchangeOf(ctx);
  switch (result.kind) {
    case 'redirect':
      ctx.status = 303;
      return ctx.redirect(result.to);
    case 'done':
      return show(ctx, 200, await deps.pages.loggedOut(http));
    case 'refused':
      return fault(deps, ctx, 400, result.reason);
    case 'ask': {
      const { ticket, client, returnTo, session } = result;
      const returnOrigin = returnTo === null ? null : (URL.parse(returnTo)?.origin ?? null);
      const view = { action: CONFIRM, ticket, appName: client?.clientName ?? null, returnOrigin };
      return show(ctx, 200, await deps.pages.confirmLogout(view, session, http));
    }
  }
}

function show(ctx: LibraryContext, status: number, page: Page): void {
  ctx.status = status;
  ctx.set({ 'cache-control': 'no-store', ...page.headers });
  ctx.type = 'html';
  ctx.body = page.html;
}

async function fault(deps: OidcDeps, ctx: LibraryContext, status: number, reason: string): Promise<void> {
  const { http, visitor } = exchangeOf(ctx);
  show(ctx, status, await deps.pages.fault({ status, reason, requestId: visitor.requestId }, http));
}

/** Whatever was prepared is not true: no cookie, no code and no token of it may leave. */
async function showFailure(
  deps: OidcDeps,
  ctx: LibraryContext,
  { status, retryAfterS }: Failure,
): Promise<void> {
  ctx.res.removeHeader('set-cookie');
  ctx.res.removeHeader('location');
  if (retryAfterS !== null) ctx.set('retry-after', String(retryAfterS));
  if (ctx.accepts('json', 'html') === 'html') return fault(deps, ctx, status, 'oidc.failed');
  ctx.status = status;
  ctx.set('cache-control', 'no-store');
  ctx.body = { error: status === 503 ? 'temporarily_unavailable' : 'server_error' };
}

function finish(ctx: LibraryContext, path: string, issuer: string): void {
  dropCookies(ctx, issuer);
  ctx.set('referrer-policy', 'no-referrer');
  ctx.set('x-content-type-options', 'nosniff');
  if (ctx.response.get('cache-control') === '') {
    // Short enough for an urgent change of keys, long enough to spare us every verifier's every look.
    ctx.set('cache-control', path === ROUTES.jwks || isDiscovery(path) ? 'public, max-age=300' : 'no-store');
  }
  allowFormPost(ctx);
}

/** The library's session lives for one request, so its cookies mean nothing: only the way back is kept. */
function dropCookies(ctx: LibraryContext, issuer: string): void {
  const { session, interaction } = cookieNames(issuer);
  const set = ctx.res.getHeader('set-cookie');
  const all = Array.isArray(set) ? set : typeof set === 'string' ? [set] : [];
  const kept = all.filter(
    (cookie) =>
      ![session, interaction].some(
        (name) => cookie.startsWith(`${name}=`) || cookie.startsWith(`${name}.sig=`),
      ),
  );
  if (kept.length === all.length) return;
  if (kept.length === 0) ctx.res.removeHeader('set-cookie');
  else ctx.res.setHeader('set-cookie', kept);
}

/** The library's page of `response_mode=form_post`: only its one script runs, and it posts only to that address. */
function allowFormPost(ctx: LibraryContext): void {
  if (typeof ctx.body !== 'string' || ctx.state['exchange'] === undefined) return;
  const script = /<title>Submitting Callback<\/title>\s*<script>([\s\S]*?)<\/script>/.exec(ctx.body)?.[1];
  const target = /<form method="post" action="([^"]*)">/.exec(ctx.body)?.[1];
  const origin = target === undefined ? undefined : URL.parse(target.replaceAll('&amp;', '&'))?.origin;
  if (script === undefined || origin === undefined || origin === 'null') return;
  const hash = Buffer.from(sha256(utf8ToBytes(script))).toString('base64');
  ctx.set(
    'content-security-policy',
    `default-src 'none'; script-src 'sha256-${hash}'; form-action ${origin}; base-uri 'none'; frame-ancestors 'none'`,
  );
}
