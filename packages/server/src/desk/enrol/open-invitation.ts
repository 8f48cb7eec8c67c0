import type { ReasonId } from '@countersign/core/audit/event';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import { hashSecret } from '@countersign/core/kernel/hash';
import type { Instant } from '@countersign/core/kernel/time';
import type { Invitation } from '../../ports/enrolment-store.ts';
import { Conflict } from '../../ports/effects.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { byAccount, record } from '../record.ts';
import { beginEnrolmentSession, type BegunSession } from '../signin/begin-session.ts';

/** Looks at a link without using it: mail scanners open links, so opening must cost nothing. */
export async function lookAtInvitation(
  deps: Pick<DeskDeps, 'enrolments'>,
  token: string,
  now: Instant,
): Promise<Result<Invitation, ReasonId>> {
  const invitation = await deps.enrolments.invitation(hashSecret(token));
  if (invitation === null) return err('invitation.unknown');
  if (invitation.usedAt !== null) return err('invitation.used');
  if (now >= invitation.expiresAt) return err('invitation.expired');
  if (invitation.account.state === 'disabled') return err('account.disabled');
  return ok(invitation);
}

/** Uses the link: once, and every other open link of the person ends with it (I-18). */
export async function useInvitation(
  deps: Pick<DeskDeps, 'enrolments' | 'random' | 'commit'>,
  token: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<BegunSession, ReasonId>> {
  const seen = await lookAtInvitation(deps, token, now);
  if (!seen.ok) return seen;
  const { id, account, boundBy } = seen.value;
  const begun = beginEnrolmentSession(deps.random, { account }, [], boundBy, visitor, now);
  try {
    await deps.commit([
      { kind: 'invitation.use', id, now },
      { kind: 'invitations.end', accountId: account.id, except: id, now },
      record(deps.random, visitor, now, { type: 'invitation.used', actor: byAccount(account.id), outcome: 'ok', subject: account.id, detail: { source: boundBy } }),
      ...begun.effects,
    ]);
  } catch (error) {
    if (error instanceof Conflict) return err('invitation.used');
    throw error;
  }
  return ok(begun);
}
