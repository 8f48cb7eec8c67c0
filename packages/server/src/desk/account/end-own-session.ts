import type { SessionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import { Conflict } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import { done, lacking, no, type Answer } from '../enrol/answer.ts';
import { factorAuthority } from '../enrol/factor-authority.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { byAccount, record } from '../record.ts';

/** Ends one of the person's own sessions, after a fresh proof (R-SES-12); another's id is as unknown as none. */
export async function endOwnSession(
  { random, commit }: Pick<DeskDeps, 'random' | 'commit'>,
  owner: SessionOwner,
  id: SessionId,
  visitor: Visitor,
  now: Instant,
): Promise<Answer<null>> {
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const { accountId } = owner.session;
  try {
    await commit([
      { kind: 'session.end', id, accountId, now },
      record(random, visitor, now, {
        type: 'session.ended',
        actor: byAccount(accountId),
        outcome: 'ok',
        subject: accountId,
        session: id,
      }),
    ]);
  } catch (error) {
    if (error instanceof Conflict) return no('session.unknown');
    throw error;
  }
  return done(null);
}
