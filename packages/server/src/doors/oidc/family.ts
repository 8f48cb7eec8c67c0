import type { EventType } from '@countersign/core/audit/event-type';
import { asId, type GrantId } from '@countersign/core/kernel/id';
import { byAccount, record, STRANGER } from '../../desk/record.ts';
import type { OidcDeps } from './deps.ts';
import type { Exchange } from './exchange.ts';

/** Why a grant with everything under it ends. */
export type FamilyEnd = 'code_replayed' | 'refresh_reused' | 'client_revoked';

const EVENT: Readonly<Record<FamilyEnd, EventType>> = {
  code_replayed: 'oidc.code_replayed',
  refresh_reused: 'oidc.refresh_reused',
  client_revoked: 'grant.revoked',
};

/**
 * Ends a grant, with its event, and removes all that lives under it. Two such ends take turns: they would otherwise
 * wait for each other's rows. The grant's row makes a token dead that another request stores meanwhile (I-29).
 */
export async function endFamily(
  { grants, commit, random, artifacts }: Pick<OidcDeps, 'grants' | 'commit' | 'random' | 'artifacts'>,
  exchange: Exchange,
  grantId: GrantId,
  why: FamilyEnd,
): Promise<void> {
  if (exchange.ended.has(grantId)) return;
  exchange.ended.add(grantId);
  await artifacts.holdFamily(grantId);
  const stored = await grants.byId(grantId);
  if (stored === null) return;
  const { grant } = stored;
  await commit([
    { kind: 'grant.revoke', id: grantId, now: exchange.now },
    record(random, exchange.visitor, exchange.now, {
      type: EVENT[why],
      actor: why === 'client_revoked' ? { kind: 'system', id: grant.appId } : STRANGER,
      outcome: why === 'client_revoked' ? 'ok' : 'refused',
      subject: grant.accountId,
      door: 'oidc',
      app: grant.appId,
      session: grant.sessionId,
      grant: grantId,
    }),
  ]);
  await artifacts.removeFamily(grantId);
}

/** A refresh is a grant given again, and has its event like the first (I-52). */
export async function recordRenewal(
  { commit, random }: Pick<OidcDeps, 'commit' | 'random'>,
  { grant, visitor, now }: Exchange,
): Promise<void> {
  if (grant === null) throw new Error('a refresh without its grant');
  await commit([
    record(random, visitor, now, {
      type: 'grant.renewed',
      actor: byAccount(grant.accountId),
      outcome: 'ok',
      subject: grant.accountId,
      door: 'oidc',
      app: grant.appId,
      session: grant.sessionId,
      grant: grant.id,
    }),
  ]);
}

/** The grant id of a stored payload. The library only ever stores ids that we gave it. */
export const grantIdOf = (payload: { readonly [key: string]: unknown }): GrantId | null => {
  const id = payload['grantId'];
  return typeof id === 'string' ? asId<'grant'>(id) : null;
};
