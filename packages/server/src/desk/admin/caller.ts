import { isAdministrator, type Account, type Role } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import type { Actor } from '../record.ts';

/** Who administers: a person with a role, or whoever holds the machine's local socket. */
export type Caller =
  | { readonly kind: 'operator'; readonly name: string }
  | { readonly kind: 'person'; readonly account: Account };

export const actorOf = (caller: Caller): Actor =>
  caller.kind === 'operator'
    ? { kind: 'operator', id: caller.name }
    : { kind: 'account', id: caller.account.id };

/** Who is written down as having issued a link or a pass. */
export const issuerOf = (caller: Caller): string => actorOf(caller).id ?? 'operator';

/** Roles that only an owner hands out or takes: they can change what others may do (I-48). */
const OWNERS_GIFT: ReadonlySet<Role> = new Set(['owner', 'administrator', 'policy-author', 'approver']);

const isOwner = (caller: Caller): boolean =>
  caller.kind === 'operator' || caller.account.roles.includes('owner');

export const isOwn = (caller: Caller, target: Pick<Account, 'id'>): boolean =>
  caller.kind === 'person' && caller.account.id === target.id;

/** Whether the caller may read people and the audit log; apps and settings are for those who administer. */
export const mayRead = (caller: Caller): boolean =>
  mayAdminister(caller) || (caller.kind === 'person' && caller.account.roles.includes('auditor'));

export const mayAdminister = (caller: Caller): boolean =>
  caller.kind === 'operator' || isAdministrator(caller.account);

/**
 * Why the caller may not act on this account or give it these roles, or null. Nobody changes their own roles, and
 * only an owner touches the privileged, so no chain of delegated acts leads upwards (I-48).
 */
export function whyNot(
  caller: Caller,
  target: Pick<Account, 'id' | 'roles'> | null,
  roles: readonly Role[] | null,
): ReasonId | null {
  if (!mayAdminister(caller)) return 'role.missing';
  const before = target?.roles ?? [];
  const changed =
    roles === null
      ? []
      : [...roles, ...before].filter((role) => !roles.includes(role) || !before.includes(role));
  if (changed.length > 0 && target !== null && isOwn(caller, target)) return 'role.own';
  const touchesPrivileged =
    before.some((role) => OWNERS_GIFT.has(role)) || changed.some((role) => OWNERS_GIFT.has(role));
  return touchesPrivileged && !isOwner(caller) ? 'role.owner_only' : null;
}
