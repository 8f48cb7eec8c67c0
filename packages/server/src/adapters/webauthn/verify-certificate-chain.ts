import type { X509Certificate } from 'node:crypto';
import type { Instant } from '@countersign/core/kernel/time';
import { parseCertificate } from './parse-certificate.ts';

/** Real chains have at most four certificates. */
const LONGEST = 8;

const isValidAt = (certificate: X509Certificate, now: Instant): boolean =>
  certificate.validFromDate.getTime() <= now && now <= certificate.validToDate.getTime();

const hasWeakSignature = (certificate: X509Certificate): boolean =>
  /sha1|md5|md4|md2/i.test(certificate.signatureAlgorithm ?? 'md5');

/** `checkIssued` compares names, key identifiers and key usage; `verify` the signature. */
const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && !hasWeakSignature(certificate) && certificate.verify(issuer.publicKey);

const isSame = (a: X509Certificate, b: X509Certificate): boolean => a.raw.equals(b.raw);

/** A root is trusted because it is listed; to sign for others it must still be a CA, or an old root that says nothing. */
const maySign = (root: X509Certificate): boolean => root.ca || root.checkIssued(root);

/**
 * Whether the certificates, leaf first, form a chain that ends at one of the roots: the last is issued by a root,
 * is itself one, or is the only one and listed (some makers list the attestation certificate).
 * A self-signed end of the sender's own choosing is worth nothing (GHSA-6hxq-p678-4hr2).
 * Revocation lists are not fetched: nothing here touches the network. Throws on a certificate that cannot be parsed.
 */
export function verifyCertificateChain(
  chain: readonly Uint8Array[],
  roots: readonly X509Certificate[],
  now: Instant,
): boolean {
  const certificates = chain.map(parseCertificate);
  const last = certificates.at(-1);
  if (last === undefined || certificates.length > LONGEST) return false;
  if (!certificates.every((certificate) => isValidAt(certificate, now))) return false;
  for (const [place, certificate] of certificates.entries()) {
    const issuer = certificates[place + 1];
    if (issuer !== undefined && !(issuer.ca && isIssuedBy(certificate, issuer))) return false;
  }
  return roots
    .filter((root) => isValidAt(root, now))
    .some((root) => isSame(last, root) || (maySign(root) && isIssuedBy(last, root)));
}
