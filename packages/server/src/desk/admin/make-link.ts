import type { Account } from '@countersign/core/account/account';
import { hashSecret } from '@countersign/core/kernel/hash';
import { days, hours, type Instant } from '@countersign/core/kernel/time';
import type { Effect } from '../../ports/effects.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { issuerOf, type Caller } from './caller.ts';

export interface Link {
  readonly url: string;
  readonly expiresAt: Instant;
}

/** An invitation lives a week and is used once (design.md §10.13); a recovery link an hour. */
const LIVES = { invitation: days(7), recovery: hours(1) } as const;

/** A link to enrol with, its row, and the mail to the address that is stored (I-16). */
export function makeLink(
  { random, site }: Pick<DeskDeps, 'random' | 'site'>,
  account: Pick<Account, 'id' | 'email' | 'locale' | 'displayName' | 'login'>,
  boundBy: 'invitation' | 'recovery',
  caller: Caller,
  visitor: Visitor,
  now: Instant,
): { readonly id: string; readonly link: Link; readonly effects: readonly Effect[] } {
  const id = random.uuid();
  const token = random.secret();
  const expiresAt = now + LIVES[boundBy];
  const url = `${site().origin}/invitation/${token}`;
  const params = { link: url, expires: String(expiresAt), address: visitor.address };
  return {
    id,
    link: { url, expiresAt },
    effects: [
      {
        kind: 'invitation.make',
        id,
        tokenHash: hashSecret(token),
        accountId: account.id,
        boundBy,
        issuedBy: issuerOf(caller),
        now,
        expiresAt,
      },
      ...notify(random, account, boundBy === 'invitation' ? 'invitation' : 'recovery_link', params, now),
    ],
  };
}
