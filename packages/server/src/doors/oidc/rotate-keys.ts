import type { Instant } from '@countersign/core/kernel/time';
import { NODE, record } from '../../desk/record.ts';
import type { KeyRow, SigningAlgorithm } from '../../ports/signing-keys.ts';
import type { OidcDeps } from './deps.ts';
import { KEY_LIVES } from './lives.ts';

/** RS256 because every client has it, the others for those that can. */
export const ALGORITHMS: readonly SigningAlgorithm[] = ['RS256', 'ES256', 'EdDSA'];

export type KeyStep =
  | { readonly kind: 'make'; readonly algorithm: SigningAlgorithm; readonly state: 'next' | 'active' }
  | { readonly kind: 'activate' | 'retire' | 'remove'; readonly kid: string };

/**
 * What is due for the keys of one algorithm. There is always one that signs and one published ahead; the very first
 * signs at once, as nothing was signed before it. `urgent` is for a key that may be known to others: it stops
 * signing now and disappears, and what it signed is no longer believed.
 */
export function planRotation(
  algorithm: SigningAlgorithm,
  all: readonly KeyRow[],
  now: Instant,
  urgent = false,
): readonly KeyStep[] {
  const keys = all.filter((key) => key.algorithm === algorithm);
  const active = keys.find((key) => key.state === 'active');
  const next = keys.find((key) => key.state === 'next');
  const old = keys.filter(
    (key) => key.state === 'retired' && (key.retiredAt ?? 0) + KEY_LIVES.retired <= now,
  );
  const steps: KeyStep[] = old.map(({ kid }) => ({ kind: 'remove', kid }));
  if (active === undefined) steps.push({ kind: 'make', algorithm, state: 'active' });
  if (next === undefined) steps.push({ kind: 'make', algorithm, state: 'next' });
  if (active === undefined || next === undefined) return steps;
  const due = (active.activeAt ?? 0) + KEY_LIVES.active <= now && next.createdAt + KEY_LIVES.published <= now;
  if (!due && !urgent) return steps;
  // Retired first: one active key an algorithm is a unique index.
  steps.push({ kind: urgent ? 'remove' : 'retire', kid: active.kid }, { kind: 'activate', kid: next.kid });
  steps.push({ kind: 'make', algorithm, state: 'next' });
  return steps;
}

type Deps = Pick<OidcDeps, 'signingKeys' | 'makeSigningKey' | 'commit' | 'random'>;

/** Does what is due, alone among all nodes. True when the set of keys changed: tell the other nodes. */
export async function rotateKeys(deps: Deps, now: Instant, urgent = false): Promise<boolean> {
  const { signingKeys, commit, random } = deps;
  const isDue = (rows: readonly KeyRow[]): readonly KeyStep[] =>
    ALGORITHMS.flatMap((algorithm) => planRotation(algorithm, rows, now, urgent));
  if (isDue(await signingKeys.rows('oidc')).length === 0) return false;
  return signingKeys.exclusively('oidc', async () => {
    const steps = isDue(await signingKeys.rows('oidc'));
    if (steps.length === 0) return false;
    for (const step of steps) await take(deps, step, now);
    const detail = {
      keys: steps.map((step) =>
        step.kind === 'make' ? `make ${step.algorithm}` : `${step.kind} ${step.kid}`,
      ),
      urgent,
    };
    await commit([
      record(random, null, now, { type: 'keys.rotated', actor: NODE, outcome: 'ok', door: 'oidc', detail }),
    ]);
    return true;
  });
}

async function take({ signingKeys, makeSigningKey }: Deps, step: KeyStep, now: Instant): Promise<void> {
  switch (step.kind) {
    case 'make':
      return signingKeys.add('oidc', await makeSigningKey(step.algorithm), step.state, now);
    case 'activate':
      return signingKeys.activate(step.kid, now);
    case 'retire':
      return signingKeys.retire(step.kid, now);
    case 'remove':
      return signingKeys.remove(step.kid);
  }
}
