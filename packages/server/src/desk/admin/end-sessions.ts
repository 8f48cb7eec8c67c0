import type { ReasonId } from '@countersign/core/audit/event';
import { asId } from '@countersign/core/kernel/id';
import { err, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { record } from '../record.ts';
import { actorOf, mayAdminister, whyNot, type Caller } from './caller.ts';
import { commitOr, reachPerson } from './reach-person.ts';

type Deps = Pick<DeskDeps, 'random' | 'commit' | 'people'>;

/** Ends every session and grant of a person, whatever they are signed in to. */
export async function endSessions(
  deps: Deps,
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, ReasonId>> {
  const reached = await reachPerson(deps, caller, id);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  return commitOr(deps, 'account.raced', [
    { kind: 'account.revoke', accountId: account.id, epoch: account.epoch, keep: null },
    { kind: 'browsers.forget', accountId: account.id, except: null },
    { kind: 'sessions.end', accountId: account.id, except: null, now },
    record(deps.random, visitor, now, {
      type: 'session.ended',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
      detail: { all: true },
    }),
    ...notify(deps.random, account, 'sessions_ended', {}, now),
  ]);
}

/** Ends one session with the grants that came from it. */
export async function endSessionOf(
  deps: Deps & Pick<DeskDeps, 'sessions'>,
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, ReasonId>> {
  if (!mayAdminister(caller)) return err('role.missing');
  const owner = await deps.sessions.byId(asId(id));
  if (owner === null) return err('session.unknown');
  const { account } = owner.person;
  const refused = whyNot(caller, account, null);
  if (refused !== null) return err(refused);
  return commitOr(deps, 'session.unknown', [
    { kind: 'session.end', id: owner.session.id, accountId: account.id, now },
    record(deps.random, visitor, now, {
      type: 'session.ended',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
      session: owner.session.id,
    }),
  ]);
}
