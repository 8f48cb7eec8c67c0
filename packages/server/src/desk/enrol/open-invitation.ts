import type { Account } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import { hashSecret } from '@countersign/core/kernel/hash';
import type { Instant } from '@countersign/core/kernel/time';
import type { Invitation } from '../../ports/enrolment-store.ts';
import { Conflict, type Effect } from '../../ports/effects.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
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
  const { state } = invitation.account;
  if (state === 'disabled') return err('account.disabled');
  // Once the person can sign in, an invitation is a way past their factors: void, whoever finds it (I-14).
  if (invitation.boundBy === 'invitation' && state !== 'invited') return err('invitation.used');
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
  // A recovery link takes the account over from whatever is signed in elsewhere, as a recovery code does (I-18).
  const recovers = boundBy === 'recovery';
  const holder = recovers ? { ...account, epoch: account.epoch + 1 } : account;
  const begun = beginEnrolmentSession(deps.random, { account: holder }, [], boundBy, visitor, now);
  const unchanged: Effect = recovers
    ? { kind: 'account.revoke', accountId: account.id, epoch: account.epoch, keep: null }
    : { kind: 'account.unchanged', id: account.id, epoch: account.epoch };
  try {
    await deps.commit([
      unchanged,
      { kind: 'invitation.use', id, now },
      { kind: 'invitations.end', accountId: account.id, except: id, now },
      { kind: 'factor.replace', accountId: account.id, method: 'temporary-pass', now },
      ...(recovers ? takenOver(deps.random, account, begun, visitor, now) : []),
      record(deps.random, visitor, now, {
        type: 'invitation.used',
        actor: byAccount(account.id),
        outcome: 'ok',
        subject: account.id,
        detail: { source: boundBy },
      }),
      ...begun.effects,
    ]);
  } catch (error) {
    if (error instanceof Conflict) return err('invitation.used');
    throw error;
  }
  return ok(begun);
}

const takenOver = (
  random: DeskDeps['random'],
  account: Account,
  { id }: BegunSession,
  visitor: Visitor,
  now: Instant,
): readonly Effect[] => [
  { kind: 'sessions.end', accountId: account.id, except: id, now },
  { kind: 'browsers.forget', accountId: account.id, except: null },
  ...notify(random, account, 'recovery_link_used', { address: visitor.address, agent: visitor.agent }, now),
];
