import { oidc } from '../verbs/oidc.ts';
import type { Authorized, Parameters } from '../verbs/oidc/authorize.ts';
import type { Client } from '../verbs/oidc/client.ts';
import type { Tokens } from '../verbs/oidc/tokens.ts';
import type { Person } from '../verbs/person.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { check } from './case.ts';
import type { Stage } from './stage.ts';

/** What a request must say to be given a refresh token. */
export const OFFLINE: Parameters = { scope: 'openid offline_access', prompt: 'consent' };

/** A code for a person, in a browser of their own or in the one given. */
export async function newCode(
  stage: Stage,
  client: Client,
  person: Person,
  changes: Parameters = {},
  visitor: Visitor = createVisitor(stage.deployment),
): Promise<Authorized & { readonly code: string }> {
  const authorized = await oidc.authorize(visitor, client, person, changes);
  check(authorized.code !== null, `no code: ${authorized.error ?? brief(authorized.seen)}`);
  return { ...authorized, code: authorized.code };
}

export async function newTokens(
  stage: Stage,
  client: Client,
  person: Person,
  visitor?: Visitor,
): Promise<Tokens> {
  const tokens = await oidc.redeem(
    stage.deployment,
    client,
    await newCode(stage, client, person, OFFLINE, visitor),
  );
  check(tokens.accessToken !== null && tokens.refreshToken !== null, `no tokens: ${brief(tokens.seen)}`);
  return tokens;
}

export function invalidGrant({ seen, error, accessToken }: Tokens, what: string): void {
  check(accessToken === null, `${what} gave a token`);
  check(seen.status === 400 && error === 'invalid_grant', `${what} answered ${brief(seen)}`);
}

/** Neither the access token nor the refresh token opens anything any more. */
export async function dead(stage: Stage, client: Client, tokens: Tokens, what: string): Promise<void> {
  check(
    !(await oidc.isActive(stage.deployment, client, tokens.accessToken)),
    `${what}: the access token is alive`,
  );
  check(
    (await oidc.userinfo(stage.deployment, tokens.accessToken)).status === 401,
    `${what}: userinfo still answers`,
  );
  invalidGrant(
    await oidc.refresh(stage.deployment, client, tokens.refreshToken),
    `${what}: the refresh token`,
  );
}
