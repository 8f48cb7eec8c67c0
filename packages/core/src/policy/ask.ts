import type { Method } from '../factor/factor.ts';
import type { Strength } from '../factor/strength.ts';
import type { AppId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';

/** The protocols that grant. */
export const DOORS = ['oidc', 'saml', 'radius', 'forward-auth', 'entra', 'portal'] as const;
export type Door = (typeof DOORS)[number];

/** What one door asks of the engine: a grant for an app, at least so strong, at least so fresh. */
export interface Ask {
  readonly door: Door;
  readonly appId: AppId;
  /** `console` changes what others may do; `portal` is a person's own page; `app` is everything else. */
  readonly appKind: 'app' | 'portal' | 'console';
  /** The challenges this door can carry to the person. */
  readonly reach: readonly Method[];
  /** A strength that the request demands beyond the policy (acr_values, a step-up). */
  readonly strength: Strength | null;
  /** Proofs before this instant do not count (max_age, prompt=login, a fresh proof). */
  readonly notBefore: Instant | null;
}

/** A browser page can carry every method that exists today. */
export const BROWSER_REACH: readonly Method[] = [
  'password',
  'totp',
  'passkey',
  'security-key',
  'recovery-code',
  'temporary-pass',
];
