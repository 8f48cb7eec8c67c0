import type { Role } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import { asId } from '@countersign/core/kernel/id';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import { Conflict, type Effect } from '../../ports/effects.ts';
import type { Person } from '../../ports/person.ts';
import type { DeskDeps } from '../deps.ts';
import { mayAdminister, whyNot, type Caller } from './caller.ts';

/** The person an administrator acts on. Who may not administer learns nothing, not even whether the id exists. */
export async function reachPerson(
  { people }: Pick<DeskDeps, 'people'>,
  caller: Caller,
  id: string,
  roles: readonly Role[] | null = null,
): Promise<Result<Person, ReasonId>> {
  if (!mayAdminister(caller)) return err('role.missing');
  const person = await people.byId(asId(id));
  if (person === null) return err('account.unknown');
  const refused = whyNot(caller, person.account, roles);
  return refused === null ? ok(person) : err(refused);
}

/** Commits; a lost race is a refusal with its reason, and nothing of the statement was written. */
export async function commitOr(
  { commit }: Pick<DeskDeps, 'commit'>,
  conflict: ReasonId,
  effects: readonly Effect[],
): Promise<Result<null, ReasonId>> {
  try {
    await commit(effects);
    return ok(null);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return err(error.effect === 'owners.keep' ? 'account.last_owner' : conflict);
  }
}

/** Holds the statement back if no other active owner would stand afterwards (I-51). */
export const keepOwner = ({ account }: Person): readonly Effect[] =>
  account.roles.includes('owner') && account.state === 'active'
    ? [{ kind: 'owners.keep', without: account.id }]
    : [];
