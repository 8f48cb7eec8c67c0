import type { ReasonId } from '@countersign/core/audit/event';
import type { Method } from '@countersign/core/factor/factor';
import type { TransactionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { SigninFacts, StoredAsk } from '../../ports/signin-store.ts';

/** How a step of a sign-in ended, for whoever shows it. Secrets are for cookies only, never for a page or a log. */
export type Step =
  /** More is needed: the state as it is now. `secret` is set when the transaction's cookie must change (I-11). */
  | { readonly kind: 'continue'; readonly secret: string | null }
  /** The step was not passed; the stage is the same as before. */
  | {
      readonly kind: 'refused';
      readonly reason: ReasonId;
      readonly retryAt: Instant | null;
      readonly method: Method | null;
    }
  | {
      readonly kind: 'granted';
      readonly session: IssuedSession;
      readonly browser: string | null;
      /** What was proven last: what this browser is offered first next time (ux.md §2.1). */
      readonly method: Method;
      readonly opened: StoredAsk;
    }
  /** A session that may only enrol. */
  | { readonly kind: 'restricted'; readonly session: IssuedSession }
  | { readonly kind: 'ended'; readonly reason: ReasonId; readonly opened: StoredAsk | null };

export interface IssuedSession {
  readonly secret: string;
  /** Null when the session goes on and only its secret is new. */
  readonly endsAt: Instant | null;
}

/** What a request of a sign-in must bring: the transaction and the secret that binds it to this browser. */
export interface StepKey {
  readonly id: TransactionId;
  readonly secret: string;
}

export const refused = (
  reason: ReasonId,
  method: Method | null = null,
  retryAt: Instant | null = null,
): Step => ({
  kind: 'refused',
  reason,
  retryAt,
  method,
});

export interface OpenStep {
  readonly kind: 'open';
  readonly facts: SigninFacts;
}
