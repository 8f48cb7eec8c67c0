import type { GrantId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { GrantFacts } from '@countersign/core/grant/grant';
import { BROWSER_REACH, type Ask } from '@countersign/core/policy/ask';
import { whyEnded } from '@countersign/core/session/session';
import type { SessionOwner } from '../ports/session-store.ts';
import { decide } from './decide.ts';
import type { DeskDeps } from './deps.ts';

export type GrantState =
  | { readonly kind: 'alive'; readonly grant: GrantFacts; readonly owner: SessionOwner }
  | { readonly kind: 'dead'; readonly reason: string };

/**
 * Whether a grant issued earlier still stands: asked at every code exchange, refresh, userinfo and introspection
 * (I-05, I-31, I-44). `offline` grants outlive the idle end of the browser session they came from, never its being
 * ended or revoked.
 */
export async function checkGrant(
  { grants }: Pick<DeskDeps, 'grants'>,
  id: GrantId,
  use: 'online' | 'offline',
  now: Instant,
): Promise<GrantState> {
  const stored = await grants.byId(id);
  if (stored === null) return { kind: 'dead', reason: 'grant.unknown' };
  const { grant, revokedAt, owner } = stored;
  if (revokedAt !== null) return { kind: 'dead', reason: 'grant.revoked' };
  const ended = whyEnded(owner.session, owner.person.account.epoch, now);
  const outlived = use === 'offline' && (ended === 'session.idle' || ended === 'session.expired');
  if (ended !== null && !outlived) return { kind: 'dead', reason: ended };

  const ask: Ask = {
    door: grant.door,
    appId: grant.appId,
    appKind: 'app',
    reach: BROWSER_REACH,
    strength: grant.strength,
    notBefore: null,
  };
  const { outcome } = decide(owner.person, owner.session.proofs, ask, now);
  return outcome.kind === 'allow'
    ? { kind: 'alive', grant, owner }
    : { kind: 'dead', reason: outcome.kind === 'block' ? outcome.reason : 'grant.not_strong_enough' };
}
