import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { Jwk, MakeSigningKey, SigningAlgorithm } from '../../ports/signing-keys.ts';

const OPTIONS: Readonly<
  Record<SigningAlgorithm, { readonly modulusLength?: number; readonly crv?: string }>
> = {
  RS256: { modulusLength: 2048 }, // 112 bits (NIST SP 800-57): enough for keys that sign for 90 days
  ES256: {},
  EdDSA: { crv: 'Ed25519' },
};

const stringsOf = (jwk: object): Jwk =>
  Object.fromEntries(
    Object.entries(jwk).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** A fresh signing key, named by its RFC 7638 thumbprint, so that a name can stand for one key only (I-34). */
export const makeSigningKey: MakeSigningKey = async (algorithm) => {
  const pair = await generateKeyPair(algorithm, { ...OPTIONS[algorithm], extractable: true });
  const bare = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(bare, 'sha256');
  const named = { kid, use: 'sig', alg: algorithm };
  return {
    kid,
    algorithm,
    publicKey: { ...stringsOf(bare), ...named },
    privateKey: { ...stringsOf(await exportJWK(pair.privateKey)), ...named },
  };
};
