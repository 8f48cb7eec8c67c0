import type { Grant } from '@countersign/core/grant/issue';
import type { SessionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { Decision } from '@countersign/core/policy/decide';
import { whyEnded } from '@countersign/core/session/session';
import type { SessionOwner } from '../ports/session-store.ts';
import type { StoredAsk } from '../ports/signin-store.ts';
import { decide } from './decide.ts';
import type { DeskDeps, Visitor } from './deps.ts';
import { issueGrant } from './issue-grant.ts';

export type SessionAnswer =
  | { readonly kind: 'allowed'; readonly owner: SessionOwner; readonly decision: Decision }
  /** No session, a dead one, or one whose proofs do not reach: the person must (again) prove something. */
  | { readonly kind: 'sign-in'; readonly owner: SessionOwner | null }
  | { readonly kind: 'blocked'; readonly reason: string };

/** What the session at hand is worth for this ask, decided anew. Writes nothing. */
export async function judgeSession(
  { sessions }: Pick<DeskDeps, 'sessions'>,
  sessionId: SessionId | null,
  opened: StoredAsk,
  now: Instant,
): Promise<SessionAnswer> {
  const owner = sessionId === null ? null : await sessions.byId(sessionId);
  if (owner === null || owner.session.kind !== 'full') return { kind: 'sign-in', owner: null };
  if (whyEnded(owner.session, owner.person.account.epoch, now) !== null)
    return { kind: 'sign-in', owner: null };
  const decision = decide(owner.person, owner.session.proofs, opened.ask, now);
  switch (decision.outcome.kind) {
    case 'allow':
      return { kind: 'allowed', owner, decision };
    case 'block':
      return { kind: 'blocked', reason: decision.outcome.reason };
    case 'challenge':
    case 'restricted':
      return { kind: 'sign-in', owner };
  }
}

export type DoorAnswer =
  | { readonly kind: 'granted'; readonly grant: Grant; readonly owner: SessionOwner }
  | Exclude<SessionAnswer, { kind: 'allowed' }>;

/** A grant of one door for the session at hand: decided, issued and committed, or the reason why not. */
export async function grantForSession(
  deps: Pick<DeskDeps, 'sessions' | 'random' | 'commit'>,
  sessionId: SessionId | null,
  opened: StoredAsk,
  visitor: Visitor,
  now: Instant,
): Promise<DoorAnswer> {
  const answer = await judgeSession(deps, sessionId, opened, now);
  if (answer.kind !== 'allowed') return answer;
  const { owner, decision } = answer;
  const { grant, effects } = issueGrant(
    deps.random,
    {
      decision,
      accountId: owner.session.accountId,
      sessionId: owner.session.id,
      ask: opened.ask,
      proofs: owner.session.proofs,
      askedAcr: opened.askedAcr,
    },
    visitor,
    now,
  );
  await deps.commit(effects);
  return { kind: 'granted', grant, owner };
}
