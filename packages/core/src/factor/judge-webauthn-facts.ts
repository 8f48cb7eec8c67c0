import type { FactorTraits } from './factor.ts';

/** Why a WebAuthn ceremony was refused: one table for screens, log, metrics and docs. */
export const WEBAUTHN_REASONS = [
  'webauthn.malformed',
  'webauthn.wrong_type',
  'webauthn.wrong_challenge',
  'webauthn.wrong_origin',
  'webauthn.cross_origin',
  'webauthn.wrong_rp',
  'webauthn.user_not_present',
  'webauthn.user_not_verified',
  'webauthn.backup_flags',
  'webauthn.wrong_algorithm',
  'webauthn.bad_signature',
  'webauthn.attestation_refused',
  'webauthn.not_allowed_model',
  'webauthn.model_compromised',
  'webauthn.synced_key_refused',
  'webauthn.not_discoverable',
  'webauthn.already_registered',
  'webauthn.unknown_credential',
  'webauthn.wrong_user',
  'webauthn.counter_regressed',
] as const;
export type WebAuthnReason = (typeof WEBAUTHN_REASONS)[number];

/** COSE algorithms that are offered and accepted, best first: EdDSA, ES256, RS256. */
export const WEBAUTHN_ALGORITHMS = [-8, -7, -257] as const;
export type WebAuthnAlgorithm = (typeof WEBAUTHN_ALGORITHMS)[number];

/** The flags BE and BS as one value; BE=0 with BS=1 cannot be said (R-WAR-06, R-WAA-04). */
export type BackupState = 'device-bound' | 'eligible' | 'backed-up';

/** What the attestation statement proves about where the key was made. */
export type AttestationFact =
  | { readonly kind: 'none' }
  /** Signed with the credential's own key: says nothing about the model. */
  | { readonly kind: 'self' }
  /** The statement is sound, but its chain ends at no root we know. */
  | { readonly kind: 'untrusted'; readonly format: string }
  /** The chain ends at a root of this model's metadata statement, so the AAGUID is the maker's word. */
  | { readonly kind: 'trusted'; readonly format: string };

/** What the FIDO metadata says about the model that the key claims to be. */
export interface ModelFact {
  readonly description: string;
  /** Revoked, or a published way around its protection is known. */
  readonly compromised: boolean;
}

/**
 * Established by the adapter: shape, type, challenge, exact origin, no framing, RP id, user presence, key shape,
 * and that the statement (if any) is signed as its format demands. Not yet judged: everything that is policy.
 */
export interface RegistrationFacts {
  /** Base64url, at most 1,023 bytes. */
  readonly credentialId: string;
  /** COSE_Key as the authenticator gave it. */
  readonly publicKey: Uint8Array;
  readonly algorithm: number;
  readonly counter: number;
  /** Lower-case UUID; the client's claim unless the attestation is trusted. */
  readonly aaguid: string;
  readonly userVerified: boolean;
  readonly backup: BackupState;
  /** What credProps.rk said; null when the client did not say. Unsigned. */
  readonly discoverable: boolean | null;
  readonly transports: readonly string[];
  readonly attestation: AttestationFact;
  readonly model: ModelFact | null;
}

/**
 * Established by the adapter: as at registration, and the signature verifies with the stored key.
 * Not yet judged: whose credential it is, user verification, counter, change of backup eligibility.
 */
export interface AssertionFacts {
  readonly credentialId: string;
  /** Base64url, or null when the authenticator returned none. */
  readonly userHandle: string | null;
  readonly userVerified: boolean;
  readonly backup: BackupState;
  readonly counter: number;
}

export type WebAuthnTraits = Extract<FactorTraits, { readonly kind: 'webauthn' }>;
