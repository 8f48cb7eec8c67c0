import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { encode } from 'cborg';
import { makeCertificate, type TestCertificate } from './webauthn-certificate.ts';
import {
  authenticatorData,
  coseKey,
  type Flags,
  makeKey,
  sha256,
  signWith,
  type SoftAlgorithm,
} from './webauthn-data.ts';
import {
  type AuthenticationResponseJson,
  type CreationOptionsJson,
  type RegistrationResponseJson,
} from './webauthn-json.ts';
import { type RequestOptionsJson, toBase64Url } from './webauthn-json.ts';

export interface WebAuthnKeySettings {
  readonly attestation?: 'none' | 'packed' | 'packed-self';
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
  readonly statement?: (statement: Map<string, unknown>) => Map<string, unknown>;
}

export interface WebAuthnKey {
  readonly credentialId: string;
  readonly aaguid: string;
  /** DER of the root that a test has to trust for this key's packed attestation. */
  readonly attestationRoot: Uint8Array;
  readonly create: (
    options: CreationOptionsJson,
    origin: string,
    overrides?: Overrides,
  ) => RegistrationResponseJson;
  readonly get: (
    options: RequestOptionsJson,
    origin: string,
    overrides?: Overrides,
  ) => AuthenticationResponseJson;
  /** The same credential with the same counter in other hands. */
  readonly clone: () => WebAuthnKey;
}

interface Credential {
  readonly id: Uint8Array;
  readonly key: KeyObject;
  counter: number;
  userHandle: string | null;
}

/** The way its text is written in metadata and traits. */
const uuid = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const clientData = (type: string, challenge: string, origin: string, overrides: Overrides): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      type: overrides.type ?? type,
      challenge: overrides.challenge ?? challenge,
      origin: overrides.origin ?? origin,
      crossOrigin: 'crossOrigin' in overrides ? overrides.crossOrigin : false,
      topOrigin: overrides.topOrigin,
    }),
  );

const asIs = <T>(value: T): T => value;

/** A soft authenticator holding one credential, for black-box tests: browser and key in one. */
export function createWebAuthnKey(settings: WebAuthnKeySettings = {}): WebAuthnKey {
  const {
    attestation = 'none',
    resident = true,
    userVerifying = true,
    backupEligible = false,
    backedUp = false,
  } = settings;
  const {
    algorithm = -7,
    counter = 'counts',
    aaguid = new Uint8Array(randomBytes(16)),
    chainTail = [],
  } = settings;
  const root = settings.attestationRoot ?? makeCertificate({ subject: 'Test root', ca: true });
  const unit = 'Authenticator Attestation';
  const leaf = makeCertificate({ subject: 'Test attestation', unit, ca: false, aaguid }, root);
  const flags: Flags = { up: true, uv: userVerifying, be: backupEligible, bs: backedUp };

  const holding = (credential: Credential): WebAuthnKey => {
    const publicKey = coseKey(createPublicKey(credential.key), algorithm);

    const dataFor = (rpId: string, overrides: Overrides, isNew: boolean): Uint8Array => {
      if (counter === 'counts') credential.counter = overrides.counter ?? credential.counter + 1;
      return authenticatorData({
        rpIdHash: overrides.rpIdHash ?? sha256(rpId),
        flags: { ...flags, ...overrides.flags },
        counter: overrides.counter ?? credential.counter,
        ...(isNew
          ? { attested: { aaguid, credentialId: overrides.credentialId ?? credential.id, publicKey } }
          : {}),
      });
    };

    const statementFor = (signed: Uint8Array, overrides: Overrides): Map<string, unknown> => {
      const change = overrides.signature ?? asIs;
      if (attestation === 'none') return new Map();
      if (attestation === 'packed-self') {
        return new Map<string, unknown>([
          ['alg', algorithm],
          ['sig', change(signWith(credential.key, algorithm, signed))],
        ]);
      }
      const sig = change(signWith(leaf.key, -7, signed));
      return new Map<string, unknown>([
        ['alg', -7],
        ['sig', sig],
        ['x5c', [leaf.der, ...chainTail]],
      ]);
    };

    const envelope = (overrides: Overrides) => {
      const id = overrides.id ?? toBase64Url(overrides.credentialId ?? credential.id);
      return {
        id,
        rawId: overrides.rawId ?? id,
        type: 'public-key',
        authenticatorAttachment: 'cross-platform',
      } as const;
    };

    return {
      credentialId: toBase64Url(credential.id),
      aaguid: uuid(aaguid),
      attestationRoot: root.der,
      create: (options, origin, overrides = {}) => {
        const client = clientData('webauthn.create', options.challenge, origin, overrides);
        const authData = dataFor(options.rp.id, overrides, true);
        const statement = statementFor(Buffer.concat([authData, sha256(client)]), overrides);
        const fmt = overrides.format ?? (attestation === 'none' ? 'none' : 'packed');
        const attStmt = (overrides.statement ?? asIs)(statement);
        credential.userHandle = options.user.id;
        const credProps = overrides.credProps === undefined ? { rk: resident } : overrides.credProps;
        return {
          ...envelope(overrides),
          clientExtensionResults: credProps === null ? {} : { credProps },
          response: {
            clientDataJSON: toBase64Url(client),
            attestationObject: toBase64Url(
              encode(
                new Map<string, unknown>([
                  ['fmt', fmt],
                  ['attStmt', attStmt],
                  ['authData', authData],
                ]),
              ),
            ),
            transports: ['usb'],
          },
        };
      },
      get: (options, origin, overrides = {}) => {
        const client = clientData('webauthn.get', options.challenge, origin, overrides);
        const authData = dataFor(options.rpId, overrides, false);
        const signature = signWith(credential.key, algorithm, Buffer.concat([authData, sha256(client)]));
        const handle =
          overrides.userHandle === undefined
            ? resident
              ? credential.userHandle
              : null
            : overrides.userHandle;
        return {
          ...envelope(overrides),
          clientExtensionResults: {},
          response: {
            clientDataJSON: toBase64Url(client),
            authenticatorData: toBase64Url(authData),
            signature: toBase64Url((overrides.signature ?? asIs)(signature)),
            ...(handle === null ? {} : { userHandle: handle }),
          },
        };
      },
      clone: () => holding({ ...credential }),
    };
  };

  return holding({
    id: new Uint8Array(randomBytes(32)),
    key: makeKey(algorithm),
    counter: 0,
    userHandle: null,
  });
}
