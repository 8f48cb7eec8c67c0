import type { GrantFacts } from '@countersign/core/grant/grant';
import { toBase64Url } from '@countersign/core/kernel/base-encoding';
import type { AccountId, SessionId } from '@countersign/core/kernel/id';
import type { OidcDeps } from './deps.ts';
import type { LibraryAccount, LibraryClient } from './internals.ts';
import { toSeconds } from './lives.ts';
import type { SessionOwner } from '../../ports/session-store.ts';

/** The claims there are, by the scope that asks for them; those of `openid` are in every ID token (R-OIDC-29). */
export const CLAIMS = {
  openid: ['sub', 'sid', 'jti', 'acr', 'amr', 'auth_time'],
  profile: ['name', 'preferred_username', 'locale'],
  email: ['email', 'email_verified'],
} as const;

/** What the code remembers of the grant: the facts as they were, for this app alone (I-12). */
export const toLogin = (grant: GrantFacts) => ({
  accountId: grant.accountId,
  loginTs: toSeconds(grant.authTime),
  amr: [...grant.amr],
  ...(grant.acr === null ? {} : { acr: grant.acr }),
});

/** The same for one session and app as long as both last, and telling neither's id. */
export const sidOf = ({ tag }: Pick<OidcDeps, 'tag'>, sessionId: SessionId, clientId: string): string =>
  toBase64Url(tag('oidc-sid', `${sessionId}/${clientId}`).subarray(0, 24));

/** The same for one person and sector; two sectors cannot tell that it is one person (Core §8.1). */
export function pairwiseOf({ tag }: Pick<OidcDeps, 'tag'>, client: LibraryClient, accountId: string): string {
  const sector = client['sectorIdentifier'];
  if (typeof sector !== 'string' || sector === '') throw new Error('a pairwise client without a sector');
  return toBase64Url(tag('oidc-pairwise', `${sector}/${accountId}`));
}

export const subjectFor = (
  deps: Pick<OidcDeps, 'tag'>,
  client: LibraryClient,
  accountId: AccountId,
): string => (client.subjectType === 'pairwise' ? pairwiseOf(deps, client, accountId) : accountId);

/** The person as the library's account: claims are read now, so a token never tells of a person who was. */
export function toAccount(
  deps: Pick<OidcDeps, 'tag' | 'random'>,
  { person, session }: SessionOwner,
  clientId: string,
): LibraryAccount {
  const { account } = person;
  return {
    accountId: account.id,
    claims: (use) => ({
      sub: account.id,
      name: account.displayName,
      preferred_username: account.login,
      locale: account.locale,
      // Addresses are entered by administrators; nothing here has proven that the person reads them.
      ...(account.email === null ? {} : { email: account.email, email_verified: false }),
      ...(use === 'id_token' ? { jti: deps.random.uuid(), sid: sidOf(deps, session.id, clientId) } : {}),
    }),
  };
}
