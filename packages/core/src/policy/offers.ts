import type { Factor, Method } from '../factor/factor.ts';
import type { Proof } from '../factor/proof.ts';
import { atLeast, strengthOf, STRENGTHS, stronger, type Strength } from '../factor/strength.ts';
import { potentialProof } from './potential-proof.ts';

type Enrolled = Pick<Factor, 'method' | 'traits'>;

/**
 * The enrolled methods that lead from the proofs at hand to the wanted strength, strongest first. A method is
 * offered only if it, with at most one more enrolled factor, completes the demand: never one the person does not
 * have, never one that could not help (I-28).
 */
export function offersTowards(
  wanted: Strength,
  enrolled: readonly Enrolled[],
  proven: readonly Proof[],
  reach: readonly Method[],
): readonly Method[] {
  const usable = enrolled.filter((factor) => reach.includes(factor.method)).map(potentialProof);
  const completes = (more: readonly Proof[]): boolean => atLeast(strengthOf([...proven, ...more]), wanted);
  const helpful = usable.filter((proof) => {
    if (proven.some((done) => done.method === proof.method)) return false;
    return (
      completes([proof]) || (!completes([]) && usable.some((other) => needsBoth(proof, other, completes)))
    );
  });
  const methods = new Set(helpful.map((proof) => proof.method));
  return METHODS_BY_STRENGTH.filter((method) => methods.has(method));
}

/** Neither alone completes the demand but both together do: each is then a useful step. */
const needsBoth = (a: Proof, b: Proof, completes: (more: readonly Proof[]) => boolean): boolean =>
  a.method !== b.method && !completes([b]) && completes([a, b]);

const METHODS_BY_STRENGTH: readonly Method[] = ['passkey', 'security-key', 'push', 'totp', 'sms', 'password'];

/** The most that the enrolled factors can prove together; what a change to factors must be proven with (I-13). */
export function strongestReachable(enrolled: readonly Enrolled[]): Strength | null {
  const reached = enrolled
    .map(potentialProof)
    .flatMap((a, _, all) => [[a], ...all.map((b) => [a, b])])
    .map((proofs) => strengthOf(proofs))
    .filter((strength) => strength !== null);
  return reached.length === 0 ? null : reached.reduce(stronger, STRENGTHS[0]);
}
