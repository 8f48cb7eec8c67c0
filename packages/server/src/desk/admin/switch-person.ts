import type { ReasonId } from '@countersign/core/audit/event';
import { atLeast } from '@countersign/core/factor/strength';
import { err, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import { strongestReachable } from '@countersign/core/policy/offers';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { record } from '../record.ts';
import { actorOf, isOwn, type Caller } from './caller.ts';
import { commitOr, keepOwner, reachPerson } from './reach-person.ts';

type Deps = Pick<DeskDeps, 'random' | 'commit' | 'people'>;

/** Nobody gets a grant for the account any more, by any route, and every open link is void (I-05, I-31). */
export async function disablePerson(
  deps: Deps,
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, ReasonId>> {
  const reached = await reachPerson(deps, caller, id);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  if (isOwn(caller, account)) return err('account.own');
  return commitOr(deps, 'account.disabled_already', [
    ...keepOwner(reached.value),
    { kind: 'account.state', id: account.id, from: ['active', 'invited'], to: 'disabled' },
    { kind: 'sessions.end', accountId: account.id, except: null, now },
    { kind: 'invitations.end', accountId: account.id, except: null, now },
    { kind: 'factor.replace', accountId: account.id, method: 'temporary-pass', now },
    record(deps.random, visitor, now, {
      type: 'account.disabled',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
    }),
    ...notify(deps.random, account, 'account_disabled', {}, now),
  ]);
}

/** Active again only with the factors that would activate an invited account; else it may only enrol (I-14). */
export async function enablePerson(
  deps: Deps,
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, ReasonId>> {
  const reached = await reachPerson(deps, caller, id);
  if (!reached.ok) return reached;
  const { account, factors } = reached.value;
  const to = atLeast(strongestReachable(factors), 'mfa') ? 'active' : 'invited';
  return commitOr(deps, 'account.enabled_already', [
    { kind: 'account.state', id: account.id, from: ['disabled'], to },
    record(deps.random, visitor, now, {
      type: 'account.enabled',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
    }),
  ]);
}
