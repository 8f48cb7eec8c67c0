import { createHash } from 'node:crypto';
import type { AttestationFact, ModelFact } from '@countersign/core/factor/judge-webauthn-facts';
import type { AttestationTrust, FidoModel } from '../../ports/webauthn.ts';
import { isEcdsaSignature } from './is-ecdsa-signature.ts';
import { parseCertificate, parseRoots } from './parse-certificate.ts';
import { verifyCertificateChain } from './verify-certificate-chain.ts';

/** Formats whose procedure we let the library run; names are case-sensitive (R-WAR-07). SafetyNet is switched off by its maker. */
const FORMATS: ReadonlySet<string> = new Set(['none', 'packed', 'fido-u2f', 'tpm', 'apple', 'android-key']);

const NO_MODEL = '00000000-0000-0000-0000-000000000000';

export interface Attestation {
  readonly fact: AttestationFact;
  readonly model: ModelFact | null;
}

const certificatesOf = (x5c: unknown): readonly Uint8Array[] | null =>
  Array.isArray(x5c) && x5c.length > 0 && x5c.every((der) => der instanceof Uint8Array) ? x5c : null;

/** The identifier by which metadata names U2F certificates: SHA-1 of the key's bits (RFC 5280 4.2.1.2, method 1). */
function keyIdentifierOf(der: Uint8Array): string {
  const spki = parseCertificate(der).publicKey.export({ type: 'spki', format: 'der' });
  // U2F keys are P-256, so the bits are the last 65 bytes.
  return createHash('sha1').update(spki.subarray(-65)).digest('hex');
}

function modelOf(
  aaguid: string,
  chain: readonly Uint8Array[],
  { models }: AttestationTrust,
): FidoModel | undefined {
  if (aaguid !== NO_MODEL) return models.byAaguid(aaguid);
  return chain
    .map((der) => models.byKeyIdentifier(keyIdentifierOf(der)))
    .find((model) => model !== undefined);
}

const isTrusted = (
  chain: readonly Uint8Array[],
  model: FidoModel | undefined,
  { now }: AttestationTrust,
): boolean => model !== undefined && verifyCertificateChain(chain, parseRoots(model.roots), now);

const ECDSA: ReadonlySet<unknown> = new Set([-7, -35, -36]);

/** U2F statements name no algorithm; theirs is always ES256. */
function isSignatureShaped(format: string, statement: ReadonlyMap<unknown, unknown>): boolean {
  const signature = statement.get('sig');
  if (!(signature instanceof Uint8Array)) return false;
  return !(format === 'fido-u2f' || ECDSA.has(statement.get('alg'))) || isEcdsaSignature(signature);
}

/** The library follows the revocation lists that an Android chain names, so such a chain must name none (2.5.29.31). */
const REVOCATION_LIST = Buffer.from([0x55, 0x1d, 0x1f]);

/**
 * Sorts an attestation by whom it can be traced to. The statement's own signature is not verified here.
 * Null when the statement is of a kind that we refuse whatever the policy. Throws on a broken certificate.
 */
export function readAttestation(
  format: unknown,
  statement: unknown,
  key: { readonly aaguid: string; readonly algorithm: number },
  trust: AttestationTrust,
): Attestation | null {
  if (typeof format !== 'string' || !FORMATS.has(format) || !(statement instanceof Map)) return null;
  const x5c: unknown = statement.get('x5c');
  const chain = certificatesOf(x5c);
  const model = modelOf(key.aaguid, chain ?? [], trust);
  const about =
    model === undefined ? null : { description: model.description, compromised: model.compromised };
  if (format === 'none') return { fact: { kind: 'none' }, model: about };
  // Apple's statement has no signature of its own: the certificate holds the nonce.
  if (format !== 'apple' && !isSignatureShaped(format, statement)) return null;
  // Self attestation: only packed has it, and the algorithm must be the credential's own (8.2).
  if (format === 'packed' && x5c === undefined) {
    return statement.get('alg') === key.algorithm ? { fact: { kind: 'self' }, model: about } : null;
  }
  if (chain === null) return null;
  const trusted = isTrusted(chain, model, trust);
  if (
    format === 'android-key' &&
    !(trusted && chain.every((der) => !Buffer.from(der).includes(REVOCATION_LIST)))
  )
    return null;
  return { fact: { kind: trusted ? 'trusted' : 'untrusted', format }, model: about };
}
