import type { GrantId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { GrantFacts } from '@countersign/core/grant/grant';
import { whyEnded } from '@countersign/core/session/session';
import type { App } from '../ports/apps.ts';
import type { SessionOwner } from '../ports/session-store.ts';
import { appAsk } from './app-ask.ts';
import { decide } from './decide.ts';
import type { DeskDeps } from './deps.ts';

export type GrantState =
  | { readonly kind: 'alive'; readonly grant: GrantFacts; readonly owner: SessionOwner }
  | { readonly kind: 'dead'; readonly reason: string };

/**
 * Whether a grant issued earlier still stands: asked at every code exchange, refresh, userinfo and introspection
 * (I-05, I-31, I-44). Decided anew by what `app` demands today: a stricter rule ends what was granted under a looser
 * one, and a session that has reached more since does not have to reach it again for an app that never asked for it.
 * `offline` grants outlive the idle end of the browser session they came from, never its being ended or revoked.
 */
export async function checkGrant(
  { grants }: Pick<DeskDeps, 'grants'>,
  id: GrantId,
  app: Pick<App, 'id' | 'strength'>,
  use: 'online' | 'offline',
  now: Instant,
): Promise<GrantState> {
  const stored = await grants.byId(id);
  if (stored === null) return { kind: 'dead', reason: 'grant.unknown' };
  const { grant, revokedAt, owner } = stored;
  if (grant.appId !== app.id) return { kind: 'dead', reason: 'grant.other_app' };
  if (revokedAt !== null) return { kind: 'dead', reason: 'grant.revoked' };
  const ended = whyEnded(owner.session, owner.person.account.epoch, now);
  const outlived = use === 'offline' && (ended === 'session.idle' || ended === 'session.expired');
  if (ended !== null && !outlived) return { kind: 'dead', reason: ended };

  const { outcome } = decide(owner.person, owner.session.proofs, appAsk(grant.door, app, null, null), now);
  return outcome.kind === 'allow'
    ? { kind: 'alive', grant, owner }
    : { kind: 'dead', reason: outcome.kind === 'block' ? outcome.reason : 'grant.not_strong_enough' };
}
