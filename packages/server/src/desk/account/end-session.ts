import type { Instant } from '@countersign/core/kernel/time';
import { Conflict } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { byAccount, record } from '../record.ts';

/** Ends a session, as its owner wants. Ending one that ended already is no fault. */
export async function endSession(
  { random, commit }: Pick<DeskDeps, 'random' | 'commit'>,
  { session }: Pick<SessionOwner, 'session'>,
  visitor: Visitor,
  now: Instant,
): Promise<void> {
  try {
    await commit([
      { kind: 'session.end', id: session.id, accountId: session.accountId, now },
      record(random, visitor, now, {
        type: 'session.ended',
        actor: byAccount(session.accountId),
        outcome: 'ok',
        subject: session.accountId,
        session: session.id,
      }),
    ]);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}
