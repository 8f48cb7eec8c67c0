import { seconds } from '@countersign/core/kernel/time';
import { KNOWN_ACR } from '../../desk/app-ask.ts';
import { EXTRA_METADATA, refreshLives } from './client-metadata.ts';
import type { OidcDeps } from './deps.ts';
import { exchangeOf, type Exchange } from './exchange.ts';
import { CLAIMS, pairwiseOf } from './from-grant.ts';
import {
  sessionPolicy,
  type LibraryClient,
  type LibraryConfiguration,
  type LibraryContext,
} from './internals.ts';
import type { LibraryJwk } from './internals.ts';
import { LIVES, toSeconds } from './lives.ts';
import { findAccount, ownerNow, type TokenFacts } from './living-grant.ts';
import { pageReason } from './refuse.ts';
import { sessionCheck } from './session-check.ts';
import { storageFor } from './state.ts';

export const ROUTES = {
  authorization: '/oidc/auth',
  end_session: '/oidc/logout',
  introspection: '/oidc/token/introspection',
  jwks: '/oidc/jwks',
  pushed_authorization_request: '/oidc/par',
  revocation: '/oidc/token/revocation',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
} as const;

/** Cookie names; only `resume` is ever sent (create-door.ts): it ties the way back to this browser. */
export const cookieNames = (issuer: string) => {
  const prefix = issuer.startsWith('https:') ? '__Secure-' : '';
  return {
    session: `${prefix}cs_oidc_session`,
    interaction: `${prefix}cs_oidc_wait`,
    resume: `${prefix}cs_oidc_resume`,
  };
};

const ASYMMETRIC = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'] as const;

/** Everything the library may decide for itself, and every choice we made for it. */
export function configurationFor(
  deps: OidcDeps,
  issuer: string,
  keys: readonly LibraryJwk[],
): LibraryConfiguration {
  const key = (purpose: string): Buffer => Buffer.from(deps.derive(purpose));
  return {
    adapter: storageFor(deps),
    jwks: { keys: [...keys] },
    routes: ROUTES,
    findAccount: findAccount(deps),
    interactions: { policy: sessionPolicy(sessionCheck(deps)), url: signinUrl(deps) },
    acrValues: [...KNOWN_ACR],
    claims: { ...CLAIMS },
    scopes: ['openid', 'offline_access'],
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: async (_ctx, accountId, client) => pairwiseOf(deps, client, accountId),
    responseTypes: ['code'],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    extraClientMetadata: { properties: [...EXTRA_METADATA] },
    clientBasedCORS: mayCallFrom,
    rotateRefreshToken: true,
    expiresWithSession: async () => false, // bound to ours, at every use (living-grant.ts)
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    revokeGrantPolicy: () => true,
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'ES256', 'EdDSA'],
      clientAuthSigningAlgValues: [...ASYMMETRIC],
      dPoPSigningAlgValues: ['ES256', 'EdDSA', 'Ed25519', 'PS256'],
    },
    cookies: {
      names: cookieNames(issuer),
      keys: [key('oidc-cookies')],
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    discovery: {
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      ui_locales_supported: ['en', 'de'],
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: true }, // its routes are answered by logout.ts
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      dPoP: { enabled: true, nonceSecret: key('oidc-dpop-nonce') },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
      },
      introspection: { enabled: true, allowedPolicy: mayIntrospect(deps) },
      userinfo: { enabled: true },
    },
    ttl: {
      AuthorizationCode: toSeconds(LIVES.code),
      AccessToken: toSeconds(LIVES.accessToken),
      IdToken: toSeconds(LIVES.idToken),
      Interaction: toSeconds(LIVES.interaction),
      Session: toSeconds(LIVES.interaction),
      RefreshToken: (ctx, _token, client) => refreshTtl(exchangeOf(ctx), client),
      Grant: (ctx) => grantTtl(ctx),
    },
    renderError: async (ctx, out, error) => {
      const exchange = exchangeOf(ctx);
      const { requestId } = exchange.visitor;
      const fault = { status: ctx.status, reason: pageReason(error, out.error), requestId };
      const page = await deps.pages.fault(fault, exchange.http);
      ctx.set({ ...page.headers });
      ctx.type = 'html';
      ctx.body = page.html;
    },
    // Nothing that a client's metadata names is ever fetched.
    fetch: async () => {
      throw new Error('this server fetches nothing for a client');
    },
  };
}

/** A request that must wait for the person: what is missing is known (session-check.ts), the sign-in opens for it. */
const signinUrl =
  (deps: OidcDeps) =>
  async (ctx: LibraryContext, interaction: { readonly returnTo: string }): Promise<string> => {
    const { toSignIn, http } = exchangeOf(ctx);
    if (toSignIn === null) throw new Error('a sign-in was asked for without a reason');
    const returnTo = new URL(interaction.returnTo).pathname;
    return deps.beginSignin({ ...toSignIn.opened, returnTo }, toSignIn.session, http);
  };

/** A page may call token and userinfo for a client that lives in pages, from the origins that it returns to. */
const mayCallFrom = (_ctx: LibraryContext, origin: string, client: LibraryClient): boolean =>
  client.clientAuthMethod === 'none' &&
  (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin && origin !== 'null');

/** Own tokens, or as an API behind other apps; and only while the grant stands (I-31). */
const mayIntrospect =
  (deps: OidcDeps) =>
  async (ctx: LibraryContext, client: LibraryClient, token: TokenFacts): Promise<boolean> => {
    const serves = client.clientAuthMethod !== 'none' && client['resource_server'] === true;
    if (token.clientId !== client.clientId && !serves) return false;
    return (await ownerNow(deps, ctx, token)) !== null;
  };

/** Idle life, cut at the absolute end that counts from the grant and not from the last refresh (R-OIDC-12). */
function refreshTtl({ grant, now }: Exchange, client: LibraryClient): number {
  const { idleS, absoluteS } = refreshLives(client);
  const left = grant === null ? absoluteS : toSeconds(grant.issuedAt + seconds(absoluteS) - now);
  return Math.max(1, Math.min(idleS, left));
}

/** Outlives every token under it, so that a late replay still finds its family. */
const grantTtl = (ctx: LibraryContext): number => {
  const { client } = ctx.oidc;
  return refreshLives(client ?? {}).absoluteS + toSeconds(LIVES.accessToken);
};
