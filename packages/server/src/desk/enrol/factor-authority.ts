import type { ReasonId } from '@countersign/core/audit/event';
import { atLeast, type Strength } from '@countersign/core/factor/strength';
import { minutes, type Instant } from '@countersign/core/kernel/time';
import type { Ask } from '@countersign/core/policy/ask';
import { strongestReachable } from '@countersign/core/policy/offers';
import type { NewFactor } from '../../ports/effects.ts';
import type { Person } from '../../ports/person.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import { portalAsk } from '../apps.ts';
import { decide } from '../decide.ts';

/** How old a proof may be to change factors, contacts or anything as grave (I-13). */
export const FRESH = minutes(5);

export type FactorAuthority =
  | { readonly kind: 'may'; readonly boundBy: NewFactor['boundBy'] }
  /** The person must prove, freshly, the strongest they have: the ask to sign in with. */
  | { readonly kind: 'step-up'; readonly ask: Ask }
  | { readonly kind: 'blocked'; readonly reason: ReasonId };

/** Whether what the person has enrolled is enough to sign in with. */
export const canSignIn = ({ factors }: Person): boolean => atLeast(strongestReachable(factors), 'mfa');

/** What a change of this person's factors must be proven with: the strongest they can prove, now (I-13). */
export const stepUpAsk = ({ factors }: Person, now: Instant): Ask => ({
  ...portalAsk,
  strength: strongKind(strongestReachable(factors)),
  notBefore: now - FRESH,
});

/** Any phishing-resistant factor will do, not only the hardware one: that one may be what was lost (I-13). */
const strongKind = (strongest: Strength | null): Strength | null =>
  strongest === 'hardware-bound' ? 'phishing-resistant' : strongest;

/**
 * Whether the holder of this session may change the factors of its person. An enrolment session may, since an
 * invitation, a pass or a recovery code was proven for just that; any other needs a fresh proof by the strongest
 * kind the person has (I-13, I-14).
 */
export function factorAuthority({ session, boundBy, person }: SessionOwner, now: Instant): FactorAuthority {
  if (person.account.state === 'disabled') return { kind: 'blocked', reason: 'account.disabled' };
  if (session.kind === 'enrolment') {
    return boundBy === null ? { kind: 'blocked', reason: 'enrolment.no_grant' } : { kind: 'may', boundBy };
  }
  const ask = stepUpAsk(person, now);
  const { outcome } = decide(person, session.proofs, ask, now);
  switch (outcome.kind) {
    case 'allow':
      return { kind: 'may', boundBy: 'step-up' };
    case 'challenge':
    case 'restricted':
      return { kind: 'step-up', ask };
    case 'block':
      return { kind: 'blocked', reason: outcome.reason };
  }
}
