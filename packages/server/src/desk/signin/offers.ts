import type { Method } from '@countersign/core/factor/factor';
import type { Proof } from '@countersign/core/factor/proof';
import type { Instant } from '@countersign/core/kernel/time';
import type { SigninFacts } from '../../ports/signin-store.ts';
import { decide } from '../decide.ts';

/**
 * What may be tried now. Before the first proof everybody is offered the same, whoever they named (I-60): a
 * password, a passkey, a temporary pass. After it, what the decision says would help, and nothing else (I-28); a
 * recovery code beside it if there is one left, but only behind a password (R-REC-10).
 */
export function offersNow({ transaction, person }: SigninFacts, now: Instant): readonly Method[] {
  const { state, opened, sessionId } = transaction;
  if (state.kind === 'naming') return ['passkey'];
  if (state.kind !== 'proving') return [];
  if (state.proofs.length === 0 || person === null) return FIRST;
  const { outcome } = decide(person, state.proofs, opened.ask, now);
  const offers = outcome.kind === 'challenge' ? outcome.offers : [];
  return sessionId === null && mayRecover(state.proofs, person.recovery?.codes ?? [])
    ? [...offers, 'recovery-code']
    : offers;
}

/**
 * Whether a key must verify its user here. Behind a fresh password, or where a password can still follow, possession is
 * enough; otherwise the key has to be both factors in one, or the sign-in would end in a dead end (R-WAA-03).
 */
export function verificationNow(facts: SigninFacts, now: Instant): 'required' | 'preferred' {
  const { state, opened } = facts.transaction;
  if (state.kind !== 'proving' || state.proofs.length === 0) return 'required';
  const { notBefore } = opened.ask;
  const knows = state.proofs.some(
    ({ categories, at }) => categories.includes('knowledge') && (notBefore === null || at >= notBefore),
  );
  return knows || offersNow(facts, now).includes('password') ? 'preferred' : 'required';
}

const FIRST: readonly Method[] = ['password', 'passkey', 'temporary-pass'];

const mayRecover = (
  proofs: readonly Proof[],
  codes: readonly { readonly usedAt: Instant | null }[],
): boolean =>
  proofs.some((proof) => proof.method === 'password') && codes.some((code) => code.usedAt === null);
