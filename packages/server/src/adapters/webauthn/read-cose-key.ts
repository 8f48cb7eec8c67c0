import type { WebAuthnAlgorithm } from '@countersign/core/factor/judge-webauthn-facts';
import { decodeCredentialPublicKey } from './simplewebauthn.ts';

// COSE_Key parameters and values (RFC 9053); -1 to -3 mean other things for other key types.
const KTY = 1;
const ALG = 3;
const OKP = 1;
const EC2 = 2;
const RSA = 3;
const P256 = 1;
const ED25519 = 6;

type Key = { readonly get: (label: number) => unknown };

const isBytes = (value: unknown, from: number, to = from): boolean =>
  value instanceof Uint8Array && value.length >= from && value.length <= to;

const isEd25519 = (key: Key): boolean =>
  key.get(KTY) === OKP && key.get(-1) === ED25519 && isBytes(key.get(-2), 32);

const isEs256 = (key: Key): boolean =>
  key.get(KTY) === EC2 && key.get(-1) === P256 && isBytes(key.get(-2), 32) && isBytes(key.get(-3), 32);

/** 2,048 to 8,192 bits, and an exponent that is odd and not one. */
function isRs256(key: Key): boolean {
  const exponent = key.get(-2);
  if (key.get(KTY) !== RSA || !isBytes(key.get(-1), 256, 1_025) || !(exponent instanceof Uint8Array))
    return false;
  const last = exponent.at(-1) ?? 0;
  return exponent.length <= 8 && last % 2 === 1 && (exponent.length > 1 || last > 1);
}

const SHAPES: ReadonlyMap<WebAuthnAlgorithm, (key: Key) => boolean> = new Map([
  [-8, isEd25519],
  [-7, isEs256],
  [-257, isRs256],
] as const satisfies readonly (readonly [WebAuthnAlgorithm, unknown])[]);

/** The algorithms whose keys we can read; which of them may be enrolled is policy. */
export const COSE_ALGORITHMS: readonly WebAuthnAlgorithm[] = [...SHAPES.keys()];

/** The algorithm of a COSE_Key whose type, curve and sizes fit it; null for any other. Throws on broken CBOR. */
export function readCoseKey(bytes: Uint8Array<ArrayBuffer>): WebAuthnAlgorithm | null {
  const key: unknown = decodeCredentialPublicKey(bytes);
  if (!(key instanceof Map)) return null;
  for (const [algorithm, fits] of SHAPES) if (key.get(ALG) === algorithm) return fits(key) ? algorithm : null;
  return null;
}
