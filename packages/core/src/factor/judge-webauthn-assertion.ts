import type { FactorId } from '../kernel/id.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { AssertionFacts, WebAuthnReason, WebAuthnTraits } from './judge-webauthn-facts.ts';
import type { Proof } from './proof.ts';

/** The record of the credential as it was before this ceremony. */
export interface StoredCredential {
  readonly method: 'passkey' | 'security-key';
  readonly credentialId: string;
  /** Base64url of the account's random handle. */
  readonly userHandle: string;
  readonly counter: number;
  readonly traits: WebAuthnTraits;
}

export interface AssertionAsk {
  readonly factorId: FactorId;
  readonly at: Instant;
  readonly userVerification: 'required' | 'preferred';
  /** True when nobody was named before the ceremony: then the handle alone says who it is (R-WAA-01). */
  readonly userHandleRequired: boolean;
  /** The ids that were sent in allowCredentials; null when none were. */
  readonly allowed: readonly string[] | null;
}

export interface JudgedAssertion {
  readonly proof: Proof;
  readonly method: 'passkey' | 'security-key';
  /** To store; like `backedUp`, only now that every check has passed (R-WAA-06). */
  readonly nextCounter: number;
  readonly backedUp: boolean;
  /** The key verified its user, which it did not at enrolment. Counted only after a step-up made it so (7.2 step 25). */
  readonly userVerificationIsNew: boolean;
}

export interface AssertionRefusal {
  readonly reason: WebAuthnReason;
  /** A sign that a device-bound key was copied: somebody has to be told (I-27). */
  readonly alarm: boolean;
}

const didNotGrow = (facts: AssertionFacts, stored: StoredCredential): boolean =>
  (facts.counter !== 0 || stored.counter !== 0) && facts.counter <= stored.counter;

type Check = readonly [
  refused: (facts: AssertionFacts, stored: StoredCredential, ask: AssertionAsk) => boolean,
  WebAuthnReason,
];

/** In order; the first that refuses names the reason. */
const CHECKS: readonly Check[] = [
  [(facts, stored) => facts.credentialId !== stored.credentialId, 'webauthn.unknown_credential'],
  [(facts, _, ask) => ask.allowed?.includes(facts.credentialId) === false, 'webauthn.unknown_credential'],
  [(facts, _, ask) => ask.userHandleRequired && facts.userHandle === null, 'webauthn.wrong_user'],
  [
    (facts, stored) => facts.userHandle !== null && facts.userHandle !== stored.userHandle,
    'webauthn.wrong_user',
  ],
  [
    (facts, _, ask) => ask.userVerification === 'required' && !facts.userVerified,
    'webauthn.user_not_verified',
  ],
  // Whoever finds a key that was enrolled without a PIN can set one: their PIN proves nothing about the owner.
  [
    (_, stored, ask) => ask.userVerification === 'required' && !stored.traits.userVerifying,
    'webauthn.user_not_verified',
  ],
  [
    (facts, stored) => (facts.backup !== 'device-bound') !== stored.traits.backupEligible,
    'webauthn.backup_flags',
  ],
  [didNotGrow, 'webauthn.counter_regressed'],
];

const ALARMING: ReadonlySet<WebAuthnReason> = new Set([
  'webauthn.counter_regressed',
  'webauthn.backup_flags',
]);

/**
 * Judges a verified assertion against the stored credential. With user verification the key is two factors in
 * one; without, it is possession alone and never more (R-WAA-03). A refusal changes nothing in the record.
 */
export function judgeAssertion(
  facts: AssertionFacts,
  stored: StoredCredential,
  ask: AssertionAsk,
): Result<JudgedAssertion, AssertionRefusal> {
  for (const [refused, reason] of CHECKS) {
    if (!refused(facts, stored, ask)) continue;
    return err({ reason, alarm: ALARMING.has(reason) && !stored.traits.backupEligible });
  }
  const unlocked = facts.userVerified && stored.traits.userVerifying;
  return ok({
    method: stored.method,
    nextCounter: facts.counter,
    backedUp: facts.backup === 'backed-up',
    userVerificationIsNew: facts.userVerified && !stored.traits.userVerifying,
    proof: {
      method: stored.method,
      factorId: ask.factorId,
      at: ask.at,
      categories: unlocked ? ['possession', 'inherence'] : ['possession'],
      phishingResistant: true,
      hardwareBound: facts.backup === 'device-bound',
    },
  });
}
