import { X509Certificate } from 'node:crypto';

/**
 * A certificate from its DER, and nothing but its DER. Node would also take PEM text found anywhere in the bytes,
 * so a certificate of an attacker's with a genuine one pasted into an extension would be two different
 * certificates to us and to the library. Throws on anything else.
 */
export function parseCertificate(der: Uint8Array): X509Certificate {
  const certificate = new X509Certificate(der);
  if (!certificate.raw.equals(der)) throw new TypeError('The bytes are not one certificate in DER.');
  return certificate;
}

/** The certificates among a metadata statement's base64 texts; entries that are none are left out, as MDS has some. */
export function parseRoots(texts: readonly string[]): readonly X509Certificate[] {
  return texts.flatMap((text) => {
    try {
      return [parseCertificate(Buffer.from(text, 'base64'))];
    } catch {
      return [];
    }
  });
}
