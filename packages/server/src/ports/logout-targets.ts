import type { AccountId, AppId, SessionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';

/** An app that wants to be told when a session ends. */
export interface LogoutTarget {
  readonly sessionId: SessionId;
  readonly appId: AppId;
  readonly accountId: AccountId;
}

export interface DueLogout extends LogoutTarget {
  readonly attempts: number;
}

export interface LogoutTargets {
  /** Notes that the app took part in the session; once is enough. */
  note(target: LogoutTarget, now: Instant): Promise<void>;
  /**
   * Targets whose session was ended or revoked, to be tried now. Each is leased until `leaseUntil`, so that two
   * nodes do not send the same; a node that dies in between loses nothing but time.
   */
  take(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly DueLogout[]>;
  done(target: LogoutTarget, now: Instant): Promise<void>;
  retryAt(target: LogoutTarget, at: Instant): Promise<void>;
  /** Cleaning: targets told, and those whose session ran out without being ended. */
  deleteOld(before: Instant, limit: number): Promise<number>;
}
