import { hashSecret } from '@countersign/core/kernel/hash';
import { asId, type TransactionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import { SIGNIN_LIFE, type Signin } from '@countersign/core/signin/signin';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { StoredAsk } from '../../ports/signin-store.ts';
import type { DeskDeps } from '../deps.ts';

export interface StartedSignin {
  readonly id: TransactionId;
  /** For the cookie that binds the transaction to this browser. */
  readonly secret: string;
  readonly expiresAt: Instant;
}

/**
 * Opens a transaction. A live session takes its person and proofs along (a step-up): what it proved need not be
 * proven again unless the ask says how fresh, and the grant raises that session instead of starting one.
 */
export async function startSignin(
  { random, commit }: Pick<DeskDeps, 'random' | 'commit'>,
  opened: StoredAsk,
  session: SessionOwner | null,
  now: Instant,
): Promise<StartedSignin> {
  const id = asId<'transaction'>(random.uuid());
  const secret = random.secret();
  const expiresAt = now + SIGNIN_LIFE;
  const state: Signin =
    session === null
      ? { kind: 'naming' }
      : {
          kind: 'proving',
          name: session.person.account.login,
          accountId: session.person.account.id,
          subject: session.person.account.id,
          epoch: session.person.account.epoch,
          proofs: session.session.proofs,
        };
  await commit([
    {
      kind: 'transaction.open',
      id,
      secretHash: hashSecret(secret),
      ask: opened,
      state,
      sessionId: session?.session.id ?? null,
      now,
      expiresAt,
    },
  ]);
  return { id, secret, expiresAt };
}
