import { fromBase64Url } from '@countersign/core/kernel/base-encoding';

/**
 * Upper limits on what a client may send, in bytes after decoding. Together they stay under 64 KiB of JSON.
 * The largest real attestation objects (TPM with its chain) are about 8 KiB.
 */
export const LIMITS = {
  credentialId: 1_023, // WebAuthn 7.1 (R-WAR-09)
  userHandle: 64, // WebAuthn 5.4.3
  clientDataJSON: 4_096,
  attestationObject: 24_576,
  authenticatorData: 8_192,
  signature: 2_048,
} as const;

export interface Encoded {
  /** Canonical base64url: one value has one spelling, so texts may be compared. */
  readonly text: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

/** A base64url field of 1 to `limit` bytes, or null. */
export function encodedField(value: unknown, limit: number): Encoded | null {
  if (typeof value !== 'string' || value.length === 0 || value.length > Math.ceil((limit * 4) / 3))
    return null;
  const decoded = fromBase64Url(value);
  if (!decoded.ok || decoded.value.length === 0) return null;
  return { text: value, bytes: new Uint8Array(decoded.value) };
}

/** The credential id, given twice the same way (S-22), of a credential of the only type there is. */
export function credentialIdOf(response: Fields): Encoded | null {
  if (response['type'] !== 'public-key' || response['id'] !== response['rawId']) return null;
  return encodedField(response['id'], LIMITS.credentialId);
}
