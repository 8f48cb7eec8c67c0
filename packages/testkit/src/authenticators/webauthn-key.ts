import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { encode } from 'cborg';
import { makeCertificate } from './webauthn-certificate.ts';
import { authenticatorData, coseKey, type Flags, makeKey, sha256, signWith } from './webauthn-data.ts';
import {
  type AuthenticationResponseJson,
  type CreationOptionsJson,
  type RegistrationResponseJson,
  type RequestOptionsJson,
  toBase64Url,
} from './webauthn-json.ts';
import { clientData, type Overrides, type WebAuthnKeySettings } from './webauthn-settings.ts';
import { attestationStatement, type StatementAsk } from './webauthn-statement.ts';

export type { Overrides, WebAuthnKeySettings };

export interface WebAuthnKey {
  readonly credentialId: string;
  readonly aaguid: string;
  /** DER of the root that a test has to trust for this key's packed or U2F attestation. */
  readonly attestationRoot: Uint8Array;
  /** DER of the certificate whose key signs packed and U2F statements. */
  readonly attestationCertificate: Uint8Array;
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
    aaguid = attestation === 'fido-u2f' ? new Uint8Array(16) : new Uint8Array(randomBytes(16)),
    chainTail = [],
  } = settings;
  const root = settings.attestationRoot ?? makeCertificate({ subject: 'Test root', ca: true });
  const unit = 'Authenticator Attestation';
  const leaf =
    settings.attestationCertificate ??
    makeCertificate({ subject: 'Test attestation', unit, ca: false, aaguid }, root);
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
      attestationCertificate: leaf.der,
      create: (options, origin, overrides = {}) => {
        const client = clientData('webauthn.create', options.challenge, origin, overrides);
        const authData = dataFor(options.rp.id, overrides, true);
        const about: StatementAsk = {
          kind: attestation,
          algorithm,
          key: credential.key,
          leaf,
          chainTail,
          authData,
          clientData: client,
          credentialId: overrides.credentialId ?? credential.id,
          publicKey,
          change: overrides.signature ?? asIs,
        };
        const statement = attestationStatement(about);
        const fmt = overrides.format ?? (attestation === 'packed-self' ? 'packed' : attestation);
        const attStmt = (overrides.statement ?? asIs)(statement, about);
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
        const own = resident ? credential.userHandle : null;
        const handle = overrides.userHandle === undefined ? own : overrides.userHandle;
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
