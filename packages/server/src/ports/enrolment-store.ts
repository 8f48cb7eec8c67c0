import type { Account } from '@countersign/core/account/account';
import type { Method } from '@countersign/core/factor/factor';
import type { SessionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';

export interface PendingFactor {
  readonly id: string;
  readonly method: Method;
  readonly sealedSecret: Uint8Array | null;
}

export interface Invitation {
  readonly id: string;
  readonly account: Account;
  readonly boundBy: 'invitation' | 'set-up' | 'recovery';
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

export interface EnrolmentStore {
  /** A factor begun in this session that can still be confirmed; null if it is another's, used or too old. */
  pending(id: string, sessionId: SessionId, now: Instant): Promise<PendingFactor | null>;
  invitation(tokenHash: Uint8Array): Promise<Invitation | null>;
}
