import type { ReasonId } from '@countersign/core/audit/event';
import type { Instant } from '@countersign/core/kernel/time';
import type { Ask } from '@countersign/core/policy/ask';
import type { FactorAuthority } from './factor-authority.ts';

/** How an act on one's own account ended. */
export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | {
      readonly kind: 'refused';
      readonly reason: ReasonId;
      readonly retryAt: Instant | null;
      readonly reasons?: readonly ReasonId[];
    }
  | { readonly kind: 'step-up'; readonly ask: Ask };

export const done = <Value>(value: Value): Answer<Value> => ({ kind: 'done', value });
export const no = (
  reason: ReasonId,
  retryAt: Instant | null = null,
): Extract<Answer<never>, { kind: 'refused' }> => ({
  kind: 'refused',
  reason,
  retryAt,
});

/** The answer to someone who has not the authority yet. */
export const lacking = (
  authority: Exclude<FactorAuthority, { kind: 'may' }>,
): Exclude<Answer<never>, { kind: 'done' }> =>
  authority.kind === 'step-up' ? { kind: 'step-up', ask: authority.ask } : no(authority.reason);
