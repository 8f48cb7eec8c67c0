import type { TestCertificate } from './webauthn-certificate.ts';
import type { Flags, SoftAlgorithm } from './webauthn-data.ts';
import type { StatementAsk } from './webauthn-statement.ts';

export interface WebAuthnKeySettings {
  /** `fido-u2f` needs ES256, and names its model by the certificate's key: its AAGUID is all noughts. */
  readonly attestation?: 'none' | 'packed' | 'packed-self' | 'fido-u2f';
  /** Discoverable: hands out the user handle, and says so in credProps. */
  readonly resident?: boolean;
  readonly userVerifying?: boolean;
  readonly backupEligible?: boolean;
  readonly backedUp?: boolean;
  readonly algorithm?: SoftAlgorithm;
  /** `counts`: one more at each use; `zero`: always nought, as synced passkeys do. */
  readonly counter?: 'counts' | 'zero';
  /** 16 bytes. */
  readonly aaguid?: Uint8Array;
  /** The maker's root, that issues the attestation certificate; made when missing. */
  readonly attestationRoot?: TestCertificate;
  /** The certificate whose key signs the statement; by default one that the root issued for the AAGUID. */
  readonly attestationCertificate?: TestCertificate;
  /** Certificates to send after the attestation certificate. */
  readonly chainTail?: readonly Uint8Array[];
}

/** Whatever a test wants to be wrong. Changes are made before signing, save those of the envelope. */
export interface Overrides {
  readonly origin?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly crossOrigin?: unknown;
  readonly topOrigin?: unknown;
  readonly flags?: Partial<Flags>;
  readonly counter?: number;
  readonly rpIdHash?: Uint8Array;
  readonly credentialId?: Uint8Array;
  /** Envelope, after signing: */
  readonly id?: string;
  readonly rawId?: string;
  readonly signature?: (signature: Uint8Array) => Uint8Array;
  readonly userHandle?: string | null;
  readonly credProps?: { rk: boolean } | null;
  /** Registration only, before the object is encoded. */
  readonly format?: string;
  readonly statement?: (statement: Map<string, unknown>, about: StatementAsk) => Map<string, unknown>;
}

export const clientData = (
  type: string,
  challenge: string,
  origin: string,
  overrides: Overrides,
): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      type: overrides.type ?? type,
      challenge: overrides.challenge ?? challenge,
      origin: overrides.origin ?? origin,
      crossOrigin: 'crossOrigin' in overrides ? overrides.crossOrigin : false,
      topOrigin: overrides.topOrigin,
    }),
  );
