import type { KeyObject } from 'node:crypto';
import type { TestCertificate } from './webauthn-certificate.ts';
import { type SoftAlgorithm, sha256, signWith } from './webauthn-data.ts';

export interface StatementAsk {
  readonly kind: 'none' | 'packed' | 'packed-self' | 'fido-u2f';
  readonly algorithm: SoftAlgorithm;
  readonly key: KeyObject;
  /** The attestation certificate with its key, and what to send after it. */
  readonly leaf: TestCertificate;
  readonly chainTail: readonly Uint8Array[];
  readonly authData: Uint8Array;
  readonly clientData: Uint8Array;
  readonly credentialId: Uint8Array;
  /** COSE_Key of the credential. */
  readonly publicKey: Uint8Array;
  readonly change: (signature: Uint8Array) => Uint8Array;
}

/** What a U2F key signs: the public key as a bare point, which is x and y of the COSE key at their fixed places. */
const u2fBase = (ask: StatementAsk): Uint8Array =>
  Buffer.concat([
    Buffer.from([0x00]),
    ask.authData.subarray(0, 32),
    sha256(ask.clientData),
    ask.credentialId,
    Buffer.from([0x04]),
    ask.publicKey.subarray(10, 42),
    ask.publicKey.subarray(45, 77),
  ]);

/** An attestation statement (WebAuthn 8.2, 8.6, 8.7). */
export function attestationStatement(ask: StatementAsk): Map<string, unknown> {
  const signed = Buffer.concat([ask.authData, sha256(ask.clientData)]);
  const x5c = [ask.leaf.der, ...ask.chainTail];
  switch (ask.kind) {
    case 'none':
      return new Map();
    case 'packed-self':
      return new Map<string, unknown>([
        ['alg', ask.algorithm],
        ['sig', ask.change(signWith(ask.key, ask.algorithm, signed))],
      ]);
    case 'packed':
      return new Map<string, unknown>([
        ['alg', -7],
        ['sig', ask.change(signWith(ask.leaf.key, -7, signed))],
        ['x5c', x5c],
      ]);
    case 'fido-u2f':
      return new Map<string, unknown>([
        ['sig', ask.change(signWith(ask.leaf.key, -7, u2fBase(ask)))],
        ['x5c', x5c],
      ]);
  }
}
