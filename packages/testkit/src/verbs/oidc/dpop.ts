import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A key that proves in each request who holds the token (RFC 9449). */
export interface DpopKey {
  readonly proof: (ask: DpopAsk) => Promise<string>;
}

export interface DpopAsk {
  readonly method: string;
  readonly url: string;
  readonly accessToken?: string;
  readonly nonce?: string;
  readonly jti?: string;
  /** ms since 1970; now when left out. */
  readonly at?: number;
}

export async function createDpopKey(): Promise<DpopKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk: JWK = await exportJWK(publicKey);
  return {
    proof: ({ method, url, accessToken, nonce, jti = randomUUID(), at = Date.now() }) =>
      new SignJWT({
        htm: method,
        htu: url,
        jti,
        ...(accessToken === undefined
          ? {}
          : { ath: createHash('sha256').update(accessToken).digest('base64url') }),
        ...(nonce === undefined ? {} : { nonce }),
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .setIssuedAt(Math.floor(at / 1_000))
        .sign(privateKey),
  };
}
