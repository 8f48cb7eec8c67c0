import { seconds } from '@countersign/core/kernel/time';
import { checkGrant } from '../../desk/check-grant.ts';
import { refreshLives } from './client-metadata.ts';
import type { OidcDeps } from './deps.ts';
import { exchangeOf } from './exchange.ts';
import { grantIdOf } from './family.ts';
import { toAccount } from './from-grant.ts';
import type { LibraryAccount, LibraryContext } from './internals.ts';
import { appOf, inTurn } from './state.ts';
import type { SessionOwner } from '../../ports/session-store.ts';

type Deps = Pick<OidcDeps, 'grants' | 'tag' | 'random' | 'apps'>;

/** What the library's tokens have in common: each names the grant it lives under. */
export interface TokenFacts {
  readonly kind?: string | undefined;
  readonly grantId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly scopes?: ReadonlySet<string> | undefined;
}

/**
 * The owner of the grant a token lives under, decided anew at this moment, or null: the account disabled, the
 * session ended, the grant revoked or the rules stricter since (I-05, I-31). Asked at every use of a token.
 */
export async function ownerNow(
  deps: Deps,
  ctx: LibraryContext,
  token: TokenFacts,
): Promise<SessionOwner | null> {
  const exchange = exchangeOf(ctx);
  const grantId = grantIdOf({ ...token, grantId: token.grantId });
  if (grantId === null || token.clientId === undefined) return null;
  const use =
    token.scopes?.has('offline_access') === true && token.kind !== 'AuthorizationCode' ? 'offline' : 'online';
  const app = await appOf(deps, exchange, token.clientId);
  if (app === null) return null;
  const state = await inTurn(() => checkGrant(deps, grantId, app, use, exchange.now));
  if (state.kind === 'dead') return null;
  if (token.kind === 'RefreshToken') {
    const { absoluteS } = refreshLives(app.metadata);
    if (exchange.now >= state.grant.issuedAt + seconds(absoluteS)) return null;
  }
  exchange.grant = state.grant;
  return state.owner;
}

/** The library's question who a token is about. */
export const findAccount =
  (deps: Deps) =>
  async (ctx: LibraryContext, _sub: string, token?: TokenFacts): Promise<LibraryAccount | undefined> => {
    if (token === undefined) return undefined;
    const owner = await ownerNow(deps, ctx, token);
    return owner === null ? undefined : toAccount(deps, owner, token.clientId ?? '');
  };
