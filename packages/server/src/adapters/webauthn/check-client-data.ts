import type { WebAuthnReason } from '@countersign/core/factor/judge-webauthn-facts';
import type { ExpectedCeremony } from '../../ports/webauthn.ts';
import { type Fields, fieldsOf } from './bounded-fields.ts';

/** 16 bytes in base64url: a shorter expectation is a fault of ours, and matches nothing (R-WAR-01). */
const SHORTEST_CHALLENGE = 22;

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(bytes: Uint8Array): Fields | null {
  try {
    return fieldsOf(JSON.parse(utf8.decode(bytes)));
  } catch {
    return null;
  }
}

const isFramed = (data: Fields): boolean => data['crossOrigin'] === true || data['topOrigin'] !== undefined;

const isFramedByOurs = (data: Fields, expected: ExpectedCeremony): boolean =>
  expected.framedBy !== undefined && data['crossOrigin'] === true && data['topOrigin'] === expected.framedBy;

const isShaped = (data: Fields): boolean =>
  typeof data['type'] === 'string' &&
  typeof data['challenge'] === 'string' &&
  typeof data['origin'] === 'string' &&
  ['boolean', 'undefined'].includes(typeof data['crossOrigin']) &&
  ['string', 'undefined'].includes(typeof data['topOrigin']);

/**
 * What the browser says that it did (R-WAR-02 to R-WAR-04, R-WAA-02). Null when all of it is as expected.
 * The signature that makes it credible is not verified here.
 */
export function checkClientData(
  bytes: Uint8Array,
  type: 'webauthn.create' | 'webauthn.get',
  expected: ExpectedCeremony,
): WebAuthnReason | null {
  const data = parse(bytes);
  if (data === null || !isShaped(data)) return 'webauthn.malformed';
  if (data['type'] !== type) return 'webauthn.wrong_type';
  if (expected.challenge.length < SHORTEST_CHALLENGE) return 'webauthn.wrong_challenge';
  if (data['challenge'] !== expected.challenge) return 'webauthn.wrong_challenge';
  if (data['origin'] !== expected.origin) return 'webauthn.wrong_origin';
  if (isFramed(data) && !isFramedByOurs(data, expected)) return 'webauthn.cross_origin';
  return null;
}
