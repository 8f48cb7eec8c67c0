import type { Method } from '../factor/factor.ts';
import type { Strength } from '../factor/strength.ts';
import type { Duration } from '../kernel/time.ts';

/** The rules of the floor, by the ids that screens, log and audit share. */
export const RULES = [
  'floor.mfa',
  'floor.console_phishing_resistant',
  'floor.service_never_interactive',
  'floor.account_state',
  'ask.strength',
  'ask.fresh_proof',
  'enrolment.restricted',
] as const;
export type RuleId = (typeof RULES)[number];

/** What must come true together with an allow. A closed union: an obligation nobody knows is a compile error. */
export type Obligation =
  | { readonly kind: 'maxSession'; readonly absolute: Duration; readonly idle: Duration }
  | { readonly kind: 'freshProof'; readonly within: Duration }
  | { readonly kind: 'reportOnly'; readonly rule: RuleId }
  | { readonly kind: 'notify'; readonly template: 'new_browser' | 'downgrade' };

export type BlockReason =
  | 'account.disabled'
  | 'account.invited'
  | 'account.not_interactive'
  | 'factor.none_enrolled'
  | 'factor.not_strong_enough';

export type Outcome =
  | { readonly kind: 'allow'; readonly strength: Strength; readonly obligations: readonly Obligation[] }
  | { readonly kind: 'challenge'; readonly strength: Strength; readonly offers: readonly Method[] }
  /** A session that may only enrol: proven by a recovery code, a temporary pass or an invitation. */
  | { readonly kind: 'restricted' }
  | { readonly kind: 'block'; readonly reason: BlockReason };
