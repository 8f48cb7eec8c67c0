import type { ReasonId } from '@countersign/core/audit/event';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, isOwn, type Caller } from './caller.ts';
import { commitOr, reachPerson } from './reach-person.ts';

type Deps = Pick<DeskDeps, 'random' | 'commit' | 'people'> & {
  readonly auditLog: Pick<AuditLog, 'erasePerson'>;
};

/**
 * Forgets who a person was: display name, address and roles, the traces in sessions and mails, then the personal
 * part of their events. The log proves as before, since it committed to hashes only. The names stay taken, or
 * somebody else could become them (I-43). Only for an account that is off, so that nothing is written behind it; may
 * be repeated, should it be interrupted in between.
 */
export async function erasePerson(
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
  if (account.state !== 'disabled') return err('account.not_disabled');
  const { displayName, email, locale, roles } = account;
  const forgotten = await commitOr(deps, 'account.raced', [
    {
      kind: 'account.update',
      id: account.id,
      from: { displayName, email, locale, roles },
      to: { displayName: 'Erased person', email: null, locale, roles: [] },
      names: [],
      revoke: true,
    },
    { kind: 'personal.erase', accountId: account.id },
    record(deps.random, visitor, now, {
      type: 'account.erased',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
    }),
  ]);
  if (!forgotten.ok) return forgotten;
  await deps.auditLog.erasePerson(account.id, now);
  return ok(null);
}
