import type { Locale } from '@countersign/core/account/account';
import type { Instant } from '@countersign/core/kernel/time';

export interface WaitingMail {
  readonly id: string;
  readonly recipient: string;
  readonly template: string;
  readonly locale: Locale;
  readonly params: Readonly<Record<string, string>>;
  readonly attempts: number;
}

export interface Outbox {
  /** Mails that are due, leased until `leaseUntil`, so that two nodes do not send the same one at the same time. */
  take(now: Instant, leaseUntil: Instant, limit: number): Promise<readonly WaitingMail[]>;
  sent(id: string, now: Instant): Promise<void>;
  retryAt(id: string, at: Instant): Promise<void>;
  giveUp(id: string, now: Instant): Promise<void>;
}

export type SendMail = (mail: {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}) => Promise<void>;
