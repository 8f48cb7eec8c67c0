import type { Proof } from '../factor/proof.ts';
import { atLeast, STRENGTHS, type Strength } from '../factor/strength.ts';

/** The strengths as `acr` values (design.md §10.12). A password alone has none: it opens nothing. */
export const ACR_OF: Readonly<Record<Exclude<Strength, 'password-only'>, string>> = {
  mfa: 'urn:countersign:acr:mfa',
  'mfa-no-sms': 'urn:countersign:acr:mfa-no-sms',
  'phishing-resistant': 'urn:countersign:acr:phishing-resistant',
  'hardware-bound': 'urn:countersign:acr:hardware-bound',
};

/** Every value understood, with the least strength that satisfies it; `phr` and `phrh` are OpenID EAP ACR Values 1.0. */
const STRENGTH_OF: ReadonlyMap<string, Strength> = new Map<string, Strength>([
  ...STRENGTHS.flatMap((strength): [string, Strength][] =>
    strength === 'password-only' ? [] : [[ACR_OF[strength], strength]],
  ),
  ['phr', 'phishing-resistant'],
  ['phrh', 'hardware-bound'],
]);

export const ACR_VALUES: readonly string[] = [...STRENGTH_OF.keys()];

export const strengthOfAcr = (acr: string): Strength | null => STRENGTH_OF.get(acr) ?? null;

/** The `acr` to state: the first value asked for that was truly reached, else the name of what was reached (I-12). */
export function acrFor(reached: Strength, asked: readonly string[]): string | null {
  if (reached === 'password-only') return null;
  const met = asked.find((value) => {
    const strength = strengthOfAcr(value);
    return strength !== null && atLeast(reached, strength);
  });
  return met ?? ACR_OF[reached];
}

/** Authentication method references of RFC 8176 for the proofs that were really given. */
export function amrOf(proofs: readonly Proof[], strength: Strength): readonly string[] {
  const values = new Set<string>();
  for (const proof of proofs) {
    if (proof.method === 'password') values.add('pwd');
    if (proof.method === 'totp') values.add('otp');
    if (proof.method === 'sms') values.add('sms');
    if (proof.method === 'passkey' || proof.method === 'security-key' || proof.method === 'push') {
      values.add(proof.hardwareBound ? 'hwk' : 'swk');
      values.add('user');
    }
  }
  if (atLeast(strength, 'mfa')) values.add('mfa');
  return [...values];
}

/** When the person last proved something: the `auth_time` of the grant. */
export const authTimeOf = (proofs: readonly Proof[]): number =>
  Math.max(0, ...proofs.map((proof) => proof.at));
