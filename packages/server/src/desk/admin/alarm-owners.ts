import { isPrivileged, type Account } from '@countersign/core/account/account';
import type { Instant } from '@countersign/core/kernel/time';
import type { Directory } from '../../ports/directory.ts';
import type { Effect } from '../../ports/effects.ts';
import type { DeskDeps, Visitor } from '../deps.ts';

/**
 * Tells every owner that an administrator's account is being brought back (contract.md, admin-link). The mail names
 * the account and carries no link: whoever reads an owner's mail gets nothing by it. For an ordinary account: nobody.
 */
export async function alarmOwners(
  { random, directory }: Pick<DeskDeps, 'random'> & { readonly directory: Pick<Directory, 'owners'> },
  target: Pick<Account, 'id' | 'login' | 'roles'>,
  visitor: Visitor,
  now: Instant,
): Promise<readonly Effect[]> {
  if (!isPrivileged(target)) return [];
  const owners = await directory.owners();
  return owners.flatMap((owner): readonly Effect[] => {
    if (owner.email === null) return [];
    const params = {
      name: owner.displayName,
      login: target.login,
      address: visitor.address,
      at: String(now),
    };
    return [
      {
        kind: 'mail',
        id: random.uuid(),
        accountId: owner.id,
        recipient: owner.email,
        template: 'recovery_alarm',
        locale: owner.locale,
        params,
        now,
      },
    ];
  });
}
