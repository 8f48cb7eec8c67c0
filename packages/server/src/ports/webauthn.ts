import type {
  AssertionFacts,
  RegistrationFacts,
  WebAuthnReason,
} from '@countersign/core/factor/judge-webauthn-facts';
import type { RegistrationPolicy } from '@countersign/core/factor/judge-webauthn-registration';
import type { Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';

/** What a ceremony must have been about. The challenge is the desk's own, made and kept on the server (R-WAR-01). */
export interface ExpectedCeremony {
  /** Base64url of at least 16 random bytes (ours: 32). */
  readonly challenge: string;
  /** The one origin, compared as an exact string: `https://sso.example.test` (R-WAR-03). */
  readonly origin: string;
  readonly rpId: string;
  /** The one page that may hold ours in a frame; without it any framing is refused (R-WAR-04). */
  readonly framedBy?: string;
}

/** A model of authenticator, from the FIDO metadata or entered by an administrator. Plain data, may be stored as JSON. */
export interface FidoModel {
  /** Lower-case UUID; null for U2F keys, which are found by `keyIdentifiers`. */
  readonly aaguid: string | null;
  /** Lower-case hex SHA-1 of an attestation certificate's public key. */
  readonly keyIdentifiers: readonly string[];
  readonly description: string;
  /** Base64 DER, no line breaks. */
  readonly roots: readonly string[];
  /** All status words that were reported, oldest first. */
  readonly statuses: readonly string[];
  readonly compromised: boolean;
}

export interface FidoMetadata {
  readonly number: number;
  /** `2026-12-01`: the day by which a newer one should be loaded. */
  readonly nextUpdate: string;
  readonly models: readonly FidoModel[];
}

/** Why metadata could not be taken into use. */
export type FidoMetadataReason =
  | 'fido_metadata.unreadable'
  | 'fido_metadata.malformed'
  | 'fido_metadata.untrusted_signer'
  | 'fido_metadata.bad_signature'
  | 'fido_metadata.not_newer';

/** What metadata is checked against before it is believed. */
export interface FidoMetadataTrust {
  readonly now: Instant;
  /** The number of the metadata in use; an equal or lower one is an old BLOB played again. */
  readonly after?: number;
  /** PEM. By default the roots of the FIDO Alliance's service (GlobalSign R3 and R46). */
  readonly roots?: readonly string[];
  /**
   * The host that the signer's certificate must be for. The default roots issue to anybody, so without it any
   * customer of theirs could sign metadata.
   */
  readonly host?: string;
}

/** Reads and verifies the BLOB that an administrator put on the disk. */
export type LoadFidoMetadata = (
  path: string,
  trust: FidoMetadataTrust,
) => Promise<Result<FidoMetadata, FidoMetadataReason>>;

/** Finds models; made once per loaded metadata. */
export interface FidoModels {
  readonly byAaguid: (aaguid: string) => FidoModel | undefined;
  readonly byKeyIdentifier: (keyIdentifier: string) => FidoModel | undefined;
}

export interface AttestationTrust {
  readonly models: FidoModels;
  /** The moment at which certificates must be valid. */
  readonly now: Instant;
}

export interface CredentialHint {
  readonly id: string;
  readonly transports: readonly string[];
}

export interface RegistrationOptionsAsk {
  readonly rpId: string;
  readonly rpName: string;
  /** Base64url of 1–64 random bytes; nothing personal (R-WAR-11). */
  readonly userHandle: string;
  readonly name: string;
  readonly displayName: string;
  readonly challenge: string;
  readonly excludeCredentials: readonly CredentialHint[];
  readonly policy: RegistrationPolicy;
  /** Milliseconds. */
  readonly timeout: number;
}

export interface AssertionOptionsAsk {
  readonly rpId: string;
  readonly challenge: string;
  /** Omit for a sign-in with a discoverable key; never send to someone who proved nothing (R-PRV-02). */
  readonly allowCredentials?: readonly CredentialHint[];
  readonly userVerification: 'required' | 'preferred';
  /** Milliseconds. */
  readonly timeout: number;
}

interface CredentialDescriptorJson {
  readonly type: 'public-key';
  readonly id: string;
  readonly transports: readonly string[];
}

/** PublicKeyCredentialCreationOptionsJSON, as far as we use it. */
export interface RegistrationOptionsJson {
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[];
  readonly timeout: number;
  readonly excludeCredentials: readonly CredentialDescriptorJson[];
  readonly authenticatorSelection: {
    readonly residentKey: 'required' | 'preferred' | 'discouraged';
    readonly requireResidentKey: boolean;
    readonly userVerification: 'required' | 'preferred';
  };
  readonly attestation: 'none' | 'direct';
  readonly extensions: { readonly credProps: true };
}

/** PublicKeyCredentialRequestOptionsJSON, as far as we use it. */
export interface AssertionOptionsJson {
  readonly rpId: string;
  readonly challenge: string;
  readonly timeout: number;
  readonly allowCredentials?: readonly CredentialDescriptorJson[];
  readonly userVerification: 'required' | 'preferred';
}

/** Which credential an answer claims to be from: for looking it up, proven by nothing yet. */
export interface ClaimedCredential {
  readonly credentialId: string;
  readonly userHandle: string | null;
}

export interface WebAuthn {
  readonly registrationOptions: (ask: RegistrationOptionsAsk) => RegistrationOptionsJson;
  readonly assertionOptions: (ask: AssertionOptionsAsk) => AssertionOptionsJson;
  /** Verifies; policy is judged by core `judgeRegistration`. Never throws for what a client sent. */
  readonly readRegistration: (
    response: unknown,
    expected: ExpectedCeremony,
    trust: AttestationTrust,
  ) => Promise<Result<RegistrationFacts, WebAuthnReason>>;
  readonly claimedCredential: (response: unknown) => Result<ClaimedCredential, WebAuthnReason>;
  /** Verifies; counter, owner and user verification are judged by core `judgeAssertion`. */
  readonly readAssertion: (
    response: unknown,
    expected: ExpectedCeremony,
    credential: { readonly credentialId: string; readonly publicKey: Uint8Array },
  ) => Promise<Result<AssertionFacts, WebAuthnReason>>;
}
