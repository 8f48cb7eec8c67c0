import type { Category } from './factor.ts';
import type { Proof } from './proof.ts';

/** Named sets of acceptable combinations of proofs, weakest first. */
export const STRENGTHS = [
  'password-only',
  'mfa',
  'mfa-no-sms',
  'phishing-resistant',
  'hardware-bound',
] as const;
export type Strength = (typeof STRENGTHS)[number];

const rank = (strength: Strength): number => STRENGTHS.indexOf(strength);

export const atLeast = (reached: Strength | null, wanted: Strength): boolean =>
  reached !== null && rank(reached) >= rank(wanted);

export const stronger = (a: Strength, b: Strength): Strength => (rank(a) >= rank(b) ? a : b);

/** Proofs that only let their holder enrol; they never count towards a strength (I-12, I-18). */
const counts = (proof: Proof): boolean =>
  proof.method !== 'recovery-code' && proof.method !== 'temporary-pass';

/** Inherence unlocks a key on the device as a PIN does, so with knowledge it is one thing proven locally. */
const independent = (proofs: readonly Proof[]): number => {
  const categories = new Set<Category>(proofs.flatMap((proof) => proof.categories));
  return (
    (categories.has('possession') ? 1 : 0) +
    (categories.has('knowledge') || categories.has('inherence') ? 1 : 0)
  );
};

/**
 * The strength that the proofs reach together, or null when they open nothing at all.
 * Two proofs of one category never make `mfa` (G-01), and a phishing-resistant strength needs two
 * independent categories like any other: a key without user verification still asks for the password.
 */
export function strengthOf(proofs: readonly Proof[]): Strength | null {
  const counted = proofs.filter(counts);
  if (counted.length === 0) return null;
  if (independent(counted) < 2) return 'password-only';
  if (counted.some((proof) => proof.phishingResistant && proof.hardwareBound)) return 'hardware-bound';
  if (counted.some((proof) => proof.phishingResistant)) return 'phishing-resistant';
  return independent(counted.filter((proof) => proof.method !== 'sms')) < 2 ? 'mfa' : 'mfa-no-sms';
}
