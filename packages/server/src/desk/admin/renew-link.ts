import { canonicalName } from '@countersign/core/account/canonical-name';
import { isPrivileged } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { Directory } from '../../ports/directory.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { alarmOwners } from './alarm-owners.ts';
import { actorOf, type Caller } from './caller.ts';
import { makeLink, type Link } from './make-link.ts';
import { commitOr, reachPerson } from './reach-person.ts';

type Deps = Pick<DeskDeps, 'random' | 'commit' | 'site' | 'people'> & {
  readonly directory: Pick<Directory, 'owners'>;
};

/**
 * A new link for someone who lost the first, or, for a person with factors, a way to enrol again (supervised
 * recovery, I-13). The second kind comes from the machine itself only; for an administrator it alarms every owner.
 */
export async function renewLink(
  deps: Deps,
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<Link, ReasonId>> {
  const reached = await reachPerson(deps, caller, id);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  if (account.state === 'disabled') return err('account.disabled');
  const boundBy = account.state === 'invited' ? 'invitation' : 'recovery';
  if (boundBy === 'recovery' && caller.kind !== 'operator') return err('recovery.operator_only');
  const link = makeLink(deps, account, boundBy, caller, visitor, now);
  const alarm = boundBy === 'recovery' ? await alarmOwners(deps, account, visitor, now) : [];
  const made = await commitOr(deps, 'account.raced', [
    { kind: 'invitations.end', accountId: account.id, except: link.id, now },
    record(deps.random, visitor, now, {
      type: boundBy === 'invitation' ? 'account.invited' : 'recovery.approved',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
      detail: { again: true },
    }),
    ...link.effects,
    ...alarm,
  ]);
  return made.ok ? ok(link.link) : made;
}

/** Brings an administrator back by sign-in name; the one way when nobody can sign in any more. */
export async function recoverAdministrator(
  deps: Deps,
  caller: Caller,
  name: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<Link, ReasonId>> {
  if (caller.kind !== 'operator') return err('caller.operator_only');
  const canonical = canonicalName(name);
  if (!canonical.ok) return canonical;
  const person = await deps.people.byName(canonical.value);
  if (person === null) return err('account.unknown');
  if (!isPrivileged(person.account)) return err('account.not_privileged');
  return renewLink(deps, caller, person.account.id, visitor, now);
}
