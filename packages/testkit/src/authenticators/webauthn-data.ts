import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { encode } from 'cborg';

export type SoftAlgorithm = -7 | -8 | -257;

export const makeKey = (algorithm: SoftAlgorithm): KeyObject => {
  if (algorithm === -7) return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  if (algorithm === -8) return generateKeyPairSync('ed25519').privateKey;
  return generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
};

export const signWith = (key: KeyObject, algorithm: SoftAlgorithm, data: Uint8Array): Uint8Array =>
  new Uint8Array(sign(algorithm === -8 ? null : 'sha256', data, key));

/** COSE_Key of the public half (RFC 9053). */
export function coseKey(publicKey: KeyObject, algorithm: SoftAlgorithm): Uint8Array {
  const jwk = publicKey.export({ format: 'jwk' });
  const bytes = (text: string | undefined): Uint8Array =>
    new Uint8Array(Buffer.from(text ?? '', 'base64url'));
  const parameters: Record<SoftAlgorithm, readonly (readonly [number, number | Uint8Array])[]> = {
    [-7]: [
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(jwk.x)],
      [-3, bytes(jwk.y)],
    ],
    [-8]: [
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, bytes(jwk.x)],
    ],
    [-257]: [
      [1, 3],
      [3, -257],
      [-1, bytes(jwk.n)],
      [-2, bytes(jwk.e)],
    ],
  };
  return encode(new Map(parameters[algorithm]));
}

export interface Flags {
  readonly up: boolean;
  readonly uv: boolean;
  readonly be: boolean;
  readonly bs: boolean;
}

export interface AuthenticatorDataAsk {
  readonly rpIdHash: Uint8Array;
  readonly flags: Flags;
  readonly counter: number;
  readonly attested?: {
    readonly aaguid: Uint8Array;
    readonly credentialId: Uint8Array;
    readonly publicKey: Uint8Array;
  };
}

export const sha256 = (data: string | Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(data).digest());

/** Authenticator data, byte by byte (WebAuthn 6.1). */
export function authenticatorData({ rpIdHash, flags, counter, attested }: AuthenticatorDataAsk): Uint8Array {
  const bits =
    (flags.up ? 0x01 : 0) |
    (flags.uv ? 0x04 : 0) |
    (flags.be ? 0x08 : 0) |
    (flags.bs ? 0x10 : 0) |
    (attested ? 0x40 : 0);
  const head = Buffer.alloc(5);
  head.writeUInt8(bits, 0);
  head.writeUInt32BE(counter >>> 0, 1);
  const parts: Uint8Array[] = [rpIdHash, head];
  if (attested) {
    const size = Buffer.alloc(2);
    size.writeUInt16BE(attested.credentialId.length);
    parts.push(attested.aaguid, size, attested.credentialId, attested.publicKey);
  }
  return new Uint8Array(Buffer.concat(parts));
}
