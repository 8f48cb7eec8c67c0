import type { ReasonId } from '@countersign/core/audit/event';
import { err, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { record } from '../record.ts';
import { actorOf, isOwn, type Caller } from './caller.ts';
import { commitOr, reachPerson } from './reach-person.ts';

/**
 * A lost or broken factor goes by an administrator's hand (supervised). The last strong one may go this way: the
 * person then needs a pass or a link to come back (I-14, I-15). One's own go on one's own page, whose rules keep the
 * last strong one.
 */
export async function removeFactorOf(
  deps: Pick<DeskDeps, 'random' | 'commit' | 'people'>,
  caller: Caller,
  id: string,
  factorId: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, ReasonId>> {
  const reached = await reachPerson(deps, caller, id);
  if (!reached.ok) return reached;
  const { account, factors, factorsVersion } = reached.value;
  if (isOwn(caller, account)) return err('account.own');
  const factor = factors.find((each) => each.id === factorId);
  if (factor === undefined) return err('factor.unknown');
  return commitOr(deps, 'factor.raced', [
    {
      kind: 'factors.changed',
      accountId: account.id,
      version: factorsVersion,
      epoch: account.epoch,
      activates: false,
      revokes: true,
      session: null,
    },
    { kind: 'browsers.forget', accountId: account.id, except: null },
    { kind: 'factor.remove', factorId: factor.id, accountId: account.id, now },
    { kind: 'sessions.end', accountId: account.id, except: null, now },
    record(deps.random, visitor, now, {
      type: 'factor.removed',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
      detail: { method: factor.method, factor: factor.id },
    }),
    ...notify(deps.random, account, 'factor_removed', { method: factor.method, factor: factor.name }, now),
  ]);
}
