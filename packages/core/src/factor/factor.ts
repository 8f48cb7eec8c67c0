import type { AccountId, FactorId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';

/** The kinds of factor, in the words of every screen, log and address. */
export const METHODS = [
  'password',
  'totp',
  'push',
  'passkey',
  'security-key',
  'sms',
  'recovery-code',
  'temporary-pass',
] as const;
export type Method = (typeof METHODS)[number];

/** What a proof draws on. A strength counts independent categories, never proofs (G-01). */
export const CATEGORIES = ['knowledge', 'possession', 'inherence'] as const;
export type Category = (typeof CATEGORIES)[number];

/** One enrolled authenticator, as everyone but its verifier sees it: no secret is in here. */
export interface Factor {
  readonly id: FactorId;
  readonly accountId: AccountId;
  readonly method: Method;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  /** How it came to be bound (R-REC-04). */
  readonly boundBy: 'set-up' | 'invitation' | 'temporary-pass' | 'recovery' | 'step-up' | 'administrator';
  readonly traits: FactorTraits;
}

/** What a factor can prove at best, by its kind. WebAuthn factors are told apart by what their key reported. */
export type FactorTraits =
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'webauthn';
      readonly discoverable: boolean;
      /** User verification was done at enrolment, so the key can be two factors in one. */
      readonly userVerifying: boolean;
      /** BE: the key may be copied to other devices (a synced passkey). */
      readonly backupEligible: boolean;
      readonly backedUp: boolean;
      readonly aaguid: string;
      readonly attested: boolean;
      readonly transports: readonly string[];
    };

/** Factors that withstand the loss of a password; the last of them cannot be removed (I-15). */
const STRONG: ReadonlySet<Method> = new Set(['totp', 'push', 'passkey', 'security-key']);

export const isStrong = (method: Method): boolean => STRONG.has(method);
