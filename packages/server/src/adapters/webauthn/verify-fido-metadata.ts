import { X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import { compactVerify, decodeProtectedHeader } from 'jose';
import type { FidoMetadata, FidoMetadataReason, FidoMetadataTrust } from '../../ports/webauthn.ts';
import { parseFidoMetadata } from './parse-fido-metadata.ts';
import { parseCertificate } from './parse-certificate.ts';
import { MDS_ROOTS } from './simplewebauthn.ts';
import { verifyCertificateChain } from './verify-certificate-chain.ts';

const FIDO_ALLIANCE = 'mds.fidoalliance.org';
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384'];

function signersOf(blob: string): readonly Uint8Array[] | null {
  try {
    const { x5c } = decodeProtectedHeader(blob);
    if (!Array.isArray(x5c) || x5c.length === 0) return null;
    return x5c.map((der) => Buffer.from(der, 'base64'));
  } catch {
    return null;
  }
}

function signingKey(
  chain: readonly Uint8Array[],
  trust: FidoMetadataTrust,
): X509Certificate['publicKey'] | null {
  try {
    const roots = (trust.roots ?? MDS_ROOTS).map((pem) => new X509Certificate(pem));
    const [first] = chain;
    if (first === undefined || !verifyCertificateChain(chain, roots, trust.now)) return null;
    const leaf = parseCertificate(first);
    return leaf.checkHost(trust.host ?? FIDO_ALLIANCE) === undefined ? null : leaf.publicKey;
  } catch {
    return null;
  }
}

async function payloadOf(blob: string, key: X509Certificate['publicKey']): Promise<string | null> {
  try {
    const { payload } = await compactVerify(blob, key, { algorithms: ALGORITHMS });
    return new TextDecoder().decode(payload);
  } catch {
    return null;
  }
}

function parse(text: string): FidoMetadata | null {
  try {
    return parseFidoMetadata(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Verifies a FIDO metadata BLOB (MDS 3: a JWS with its chain in x5c) and yields its models as plain data.
 * Nothing is downloaded, so the revocation of the signer is not known; `nextUpdate` is for the caller to heed.
 */
export async function verifyFidoMetadata(
  blob: string,
  trust: FidoMetadataTrust,
): Promise<Result<FidoMetadata, FidoMetadataReason>> {
  const text = blob.trim();
  const chain = signersOf(text);
  if (chain === null) return err('fido_metadata.malformed');
  const key = signingKey(chain, trust);
  if (key === null) return err('fido_metadata.untrusted_signer');
  const payload = await payloadOf(text, key);
  if (payload === null) return err('fido_metadata.bad_signature');
  const metadata = parse(payload);
  if (metadata === null) return err('fido_metadata.malformed');
  return trust.after !== undefined && metadata.number <= trust.after
    ? err('fido_metadata.not_newer')
    : ok(metadata);
}
