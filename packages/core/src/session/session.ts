import type { Proof } from '../factor/proof.ts';
import type { AccountId, SessionId } from '../kernel/id.ts';
import { seconds, type Duration, type Instant } from '../kernel/time.ts';

/** A browser's session. `enrolment` may only bind factors; it is no grant and opens no app. */
export type SessionKind = 'full' | 'enrolment';

export interface Session {
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly kind: SessionKind;
  readonly proofs: readonly Proof[];
  /** The account's epoch when the session began; a higher one since then ends it (I-31). */
  readonly epoch: number;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly endsAt: Instant;
  readonly idle: Duration;
  readonly endedAt: Instant | null;
}

export type SessionEnd = 'session.ended' | 'session.expired' | 'session.idle' | 'session.revoked';

/** Why the session opens nothing now, or null while it lives. Both limits are the server's alone (R-SES-07). */
export function whyEnded(session: Session, accountEpoch: number, now: Instant): SessionEnd | null {
  if (session.endedAt !== null) return 'session.ended';
  if (session.epoch !== accountEpoch) return 'session.revoked';
  if (now >= session.endsAt) return 'session.expired';
  if (now >= session.lastSeenAt + session.idle) return 'session.idle';
  return null;
}

/** A session's last use is written at most so often: a page with ten requests costs one write, not ten. */
export const TOUCH_EVERY: Duration = seconds(30);
