import { isPrivileged } from '@countersign/core/account/account';
import { canonicalName } from '@countersign/core/account/canonical-name';
import type { ReasonId } from '@countersign/core/audit/event';
import { ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { AccountFields } from '../../ports/effects.ts';
import type { Person } from '../../ports/person.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { record } from '../record.ts';
import { actorOf, type Caller } from './caller.ts';
import { commitOr, keepOwner, reachPerson } from './reach-person.ts';

/** Only what is named changes. */
export type PersonChange = { readonly [Field in keyof AccountFields]?: AccountFields[Field] };

/** Losing a role must be felt at once: the epoch rises and every session and grant from before is void (I-31). */
export async function updatePerson(
  deps: Pick<DeskDeps, 'random' | 'commit' | 'people'>,
  caller: Caller,
  id: string,
  change: PersonChange,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, ReasonId>> {
  const reached = await reachPerson(deps, caller, id, change.roles ?? null);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  const { displayName, email, locale, roles } = account;
  const from: AccountFields = { displayName, email, locale, roles };
  const to: AccountFields = { ...from, ...change };
  // The new address names the account too; the old one stays its own, since no name is given away again (I-43).
  const named = to.email === null || to.email === email ? ok(null) : canonicalName(to.email);
  if (!named.ok) return named;
  // A lost role must be felt at once, and a privileged session is shorter than the one at hand (design.md §10.13).
  const revokes =
    roles.some((role) => !to.roles.includes(role)) || isPrivileged({ roles }) !== isPrivileged(to);
  const changesRoles = roles.length !== to.roles.length || to.roles.some((role) => !roles.includes(role));
  return commitOr(deps, named.value === null ? 'account.raced' : 'account.name_taken', [
    ...(losesOwner(reached.value, to) ? keepOwner(reached.value) : []),
    {
      kind: 'account.update',
      id: account.id,
      from,
      to,
      names: named.value === null ? [] : [named.value],
      revoke: revokes,
    },
    // The address that mails went to until now hears of it once more (I-17).
    ...(to.email === email
      ? []
      : notify(deps.random, account, 'email_changed', { address: visitor.address }, now)),
    ...(revokes ? [{ kind: 'sessions.end', accountId: account.id, except: null, now } as const] : []),
    record(deps.random, visitor, now, {
      type: changesRoles ? 'account.roles_changed' : 'account.updated',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
      detail: {
        changed: Object.keys(change),
        ...(changesRoles ? { before: [...roles], after: [...to.roles] } : {}),
      },
    }),
  ]);
}

const losesOwner = ({ account }: Person, to: AccountFields): boolean =>
  account.roles.includes('owner') && !to.roles.includes('owner');
