import type { Instant } from '@countersign/core/kernel/time';
import { authorize, recordRefusal, type Authorized } from './authorize.ts';
import type { OidcDeps } from './deps.ts';
import { exchangeOf, type Exchange } from './exchange.ts';
import { sidOf, subjectFor, toAccount, toLogin } from './from-grant.ts';
import type { LibraryClient, LibraryContext, SessionCheck } from './internals.ts';
import { parseAuthorize } from './parse.ts';
import { toError } from './refuse.ts';
import { inTurn } from './state.ts';

/** The library's own check of its own session, replaced by ours of ours (design.md §10.2). */
export const sessionCheck = (deps: OidcDeps): SessionCheck => ({
  mustSignIn: async (ctx) => {
    const exchange = exchangeOf(ctx);
    const { client, entities } = ctx.oidc;
    if (client === undefined) throw new Error('an authorization request without its client');
    const parsed = parseAuthorize({ ...ctx.oidc.params }, entities.IdTokenHint?.payload);
    if (!parsed.ok) throw toError({ kind: 'malformed', part: parsed.error });
    const app = await exchange.apps.get(client.clientId);
    if (app === undefined || app === null)
      throw new Error('an authorization request of a client that was not read');
    await entities.PushedAuthorizationRequest?.consume();

    exchange.began = beganOf(entities.Interaction?.prompt.details, exchange.now);
    const answer = await inTurn(() =>
      authorize(deps, exchange, {
        request: parsed.value,
        app,
        subjectOf: (owner) => subjectFor(deps, client, owner.person.account.id),
        returning: entities.Interaction !== undefined,
      }),
    );
    switch (answer.kind) {
      case 'granted':
        await attach(deps, ctx, client, exchange, answer);
        return false;
      case 'sign-in':
        exchange.toSignIn = answer;
        return true;
      case 'refused': {
        const { refusal } = answer;
        const reason = refusal.kind === 'blocked' ? refusal.reason : (`oidc.${refusal.kind}` as const);
        await inTurn(() => recordRefusal(deps, exchange, app, reason));
        throw toError(refusal);
      }
    }
  },
  remember: (ctx) => ({ began: exchangeOf(ctx).began }),
});

const beganOf = (details: { readonly [key: string]: unknown } | undefined, now: Instant): Instant =>
  typeof details?.['began'] === 'number' ? details['began'] : now;

/**
 * Gives the library what it makes a code from: the person, and its grant under the id of ours, with all that was
 * asked for. There is no consent to ask: apps are the organisation's own, made by its administrators.
 */
async function attach(
  deps: OidcDeps,
  ctx: LibraryContext,
  client: LibraryClient,
  exchange: Exchange,
  { grant: facts, owner }: Extract<Authorized, { kind: 'granted' }>,
): Promise<void> {
  const { oidc } = ctx;
  const { session } = oidc;
  if (session === undefined) throw new Error('an authorization request without the library session');
  session.loginAccount(toLogin(facts));
  session.ensureClientContainer(client.clientId);
  session.sidFor(client.clientId, sidOf(deps, facts.sessionId, client.clientId));
  session.grantIdFor(client.clientId, facts.id);
  oidc.entity('Account', toAccount(deps, owner, client.clientId));

  exchange.grant = facts;
  const grant = new oidc.provider.Grant({ accountId: facts.accountId, clientId: client.clientId });
  grant.jti = facts.id;
  grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(' '));
  grant.addOIDCClaims([...oidc.requestParamClaims]);
  await grant.save();
  oidc.entity('Grant', grant);
  if (client.backchannelLogoutUri === undefined) return;
  const target = { sessionId: facts.sessionId, appId: facts.appId, accountId: facts.accountId };
  await inTurn(() => deps.logoutTargets.note(target, exchange.now));
}
