import { equalBytes } from '@countersign/core/kernel/bytes';
import { hashSecret } from '@countersign/core/kernel/hash';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../deps.ts';
import { browserHash } from '../browser-hash.ts';
import type { OpenStep, Step, StepKey } from './step.ts';

/**
 * Loads a sign-in and checks, in this order, that it exists and belongs to this browser, that it lives, and that
 * nothing revoked the person's proofs meanwhile. Every step begins here, so no step can forget one (I-05, I-10).
 */
export async function openStep(
  deps: Pick<DeskDeps, 'signins'>,
  { id, secret }: StepKey,
  visitor: Visitor,
  now: Instant,
): Promise<OpenStep | Extract<Step, { kind: 'ended' }>> {
  const facts = await deps.signins.load(id, browserHash(visitor));
  if (facts === null || !equalBytes(facts.transaction.secretHash, hashSecret(secret))) {
    return { kind: 'ended', reason: 'signin.unknown', opened: null };
  }
  const { transaction, person } = facts;
  const { state, opened } = transaction;
  if (now >= transaction.expiresAt) return { kind: 'ended', reason: 'signin.expired', opened };
  if (state.kind === 'ended') return { kind: 'ended', reason: state.reason, opened };
  if (state.kind === 'granted') return { kind: 'ended', reason: 'signin.over', opened };
  if (state.kind === 'proving' && person !== null && person.account.epoch !== state.epoch) {
    return { kind: 'ended', reason: 'signin.revoked', opened };
  }
  return { kind: 'open', facts };
}
