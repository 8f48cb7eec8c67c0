import type { Instant } from '@countersign/core/kernel/time';
import type { SessionOwner } from '../../ports/session-store.ts';
import { Conflict } from '../../ports/effects.ts';
import { browserHash } from '../browser-hash.ts';
import { done, lacking, no, type Answer } from '../enrol/answer.ts';
import { factorAuthority } from '../enrol/factor-authority.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { byAccount, record } from '../record.ts';

/** Ends every session of the person but this one, and every grant that came from them. */
export async function endOtherSessions(
  { random, commit }: Pick<DeskDeps, 'random' | 'commit'>,
  owner: SessionOwner,
  visitor: Visitor,
  now: Instant,
): Promise<Answer<null>> {
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const { account } = owner.person;
  try {
    await commit([
      { kind: 'account.revoke', accountId: account.id, epoch: account.epoch, keep: owner.session.id },
      { kind: 'browsers.forget', accountId: account.id, except: browserHash(visitor) },
      { kind: 'sessions.end', accountId: account.id, except: owner.session.id, now },
      record(random, visitor, now, {
        type: 'session.ended',
        actor: byAccount(account.id),
        outcome: 'ok',
        subject: account.id,
        detail: { others: true },
      }),
      ...notify(random, account, 'sessions_ended', { address: visitor.address }, now),
    ]);
  } catch (error) {
    if (error instanceof Conflict) return no('session.unknown');
    throw error;
  }
  return done(null);
}
