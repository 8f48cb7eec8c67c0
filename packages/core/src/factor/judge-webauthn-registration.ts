import { err, ok, type Result } from '../kernel/result.ts';
import type { RegistrationFacts, WebAuthnReason, WebAuthnTraits } from './judge-webauthn-facts.ts';

/** What may be enrolled. Enforced here, whatever the browser was asked for (I-26). */
export interface RegistrationPolicy {
  /** `direct`: only keys whose attestation chain ends at a root from the FIDO metadata. */
  readonly attestation: 'none' | 'direct';
  readonly userVerification: 'required' | 'preferred';
  readonly residentKey: 'required' | 'preferred' | 'discouraged';
  /** Whether keys that can be copied to other devices may be enrolled. */
  readonly syncedKeys: 'allowed' | 'refused';
  /** AAGUIDs in lower case. A list can only be kept with attestation, so it demands it; null allows all. */
  readonly allowedModels: readonly string[] | null;
  readonly blockedModels: readonly string[];
  /** COSE algorithms that were offered. */
  readonly algorithms: readonly number[];
}

export interface NewCredential {
  readonly method: 'passkey' | 'security-key';
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly algorithm: number;
  readonly counter: number;
  readonly traits: WebAuthnTraits;
  /** The maker's name for the model, when its metadata is known. */
  readonly modelName: string | null;
}

type Check = readonly [
  refused: (facts: RegistrationFacts, policy: RegistrationPolicy) => boolean,
  WebAuthnReason,
];

const isAttested = (facts: RegistrationFacts): boolean => facts.attestation.kind === 'trusted';

/** In order; the first that refuses names the reason. */
const CHECKS: readonly Check[] = [
  [(facts, policy) => !policy.algorithms.includes(facts.algorithm), 'webauthn.wrong_algorithm'],
  [
    (facts, policy) => policy.userVerification === 'required' && !facts.userVerified,
    'webauthn.user_not_verified',
  ],
  [(facts, policy) => policy.attestation === 'direct' && !isAttested(facts), 'webauthn.attestation_refused'],
  [(facts, policy) => policy.allowedModels !== null && !isAttested(facts), 'webauthn.attestation_refused'],
  [(facts) => facts.model?.compromised === true, 'webauthn.model_compromised'],
  [(facts, policy) => policy.blockedModels.includes(facts.aaguid), 'webauthn.not_allowed_model'],
  [(facts, policy) => policy.allowedModels?.includes(facts.aaguid) === false, 'webauthn.not_allowed_model'],
  [
    (facts, policy) => policy.syncedKeys === 'refused' && facts.backup !== 'device-bound',
    'webauthn.synced_key_refused',
  ],
  [
    (facts, policy) => policy.residentKey === 'required' && facts.discoverable === false,
    'webauthn.not_discoverable',
  ],
];

/**
 * Judges a new key by the policy. On ok the credential may be stored once it is known to be nobody's yet
 * (R-WAR-09: the store's unique index, `webauthn.already_registered`).
 */
export function judgeRegistration(
  facts: RegistrationFacts,
  policy: RegistrationPolicy,
): Result<NewCredential, WebAuthnReason> {
  for (const [refused, reason] of CHECKS) if (refused(facts, policy)) return err(reason);
  const discoverable = facts.discoverable ?? policy.residentKey === 'required';
  return ok({
    method: discoverable && facts.userVerified ? 'passkey' : 'security-key',
    credentialId: facts.credentialId,
    publicKey: facts.publicKey,
    algorithm: facts.algorithm,
    counter: facts.counter,
    modelName: facts.model?.description ?? null,
    traits: {
      kind: 'webauthn',
      discoverable,
      userVerifying: facts.userVerified,
      backupEligible: facts.backup !== 'device-bound',
      backedUp: facts.backup === 'backed-up',
      aaguid: facts.aaguid,
      attested: isAttested(facts),
      transports: facts.transports,
    },
  });
}
