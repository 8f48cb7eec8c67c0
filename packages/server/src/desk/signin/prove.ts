import type { ReasonId } from '@countersign/core/audit/event';
import type { Method } from '@countersign/core/factor/factor';
import type { Proof } from '@countersign/core/factor/proof';
import type { Instant } from '@countersign/core/kernel/time';
import { settleGuess } from '@countersign/core/ledger/charge-guess';
import { Conflict, type Effect, type GuessKey } from '../../ports/effects.ts';
import type { Person } from '../../ports/person.ts';
import type { SigninFacts } from '../../ports/signin-store.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { browserHash } from '../browser-hash.ts';
import { notify } from '../notify.ts';
import { byAccount, record, STRANGER } from '../record.ts';
import { finishStep } from './finish-step.ts';
import { chargeGuessAt, isGuessable, refundGuess, UNFAMILIAR, type Charged } from './guess.ts';
import { offersNow } from './offers.ts';
import { openStep } from './open-step.ts';
import { refused, type Step, type StepKey } from './step.ts';

/** What a method's verifier found. Only `accepted` carries a proof, and only the verifier can say it. */
export type Attempt =
  | {
      readonly kind: 'accepted';
      readonly person: Person;
      readonly proof: Proof;
      readonly consume: readonly Effect[];
    }
  | { readonly kind: 'wrong'; readonly reason: ReasonId; readonly also: readonly Effect[] }
  | { readonly kind: 'overloaded'; readonly retryAt: Instant };

export interface Question {
  readonly facts: SigninFacts;
  /** The subject that guesses are counted under: an account, or a name nobody has. */
  readonly subject: string;
}

type Prove = Pick<DeskDeps, 'signins' | 'random' | 'commit'>;

/**
 * One step of proving: the transaction is this browser's and alive, the method is one that may be tried now, a guess
 * is charged before it is evaluated, and only then does the method's verifier look. What it accepts is consumed
 * together with the step it buys, so of racing requests at most one gets further (I-01, I-02, I-08, I-10, I-28).
 */
export async function prove(
  deps: Prove,
  key: StepKey,
  method: Method,
  visitor: Visitor,
  now: Instant,
  verify: (question: Question) => Promise<Attempt>,
): Promise<Step> {
  const step = await openStep(deps, key, visitor, now);
  if (step.kind === 'ended') return step;
  const { facts } = step;
  if (!mayTry(facts, method, now)) return downgrade(deps, facts, method, visitor, now);

  const subject = subjectOf(facts);
  const charged = await charge(deps, facts, method, subject, now);
  if (charged !== null && charged.kind === 'refused') return refused(charged.reason, method, charged.retryAt);

  const attempt = await verify({ facts, subject });
  switch (attempt.kind) {
    case 'overloaded':
      await refundGuess(deps.signins, charged);
      return refused('signin.busy', method, attempt.retryAt);
    case 'wrong':
      await commitRefusal(deps, facts, charged, [
        ...wrong(deps, facts, method, attempt.reason, charged, visitor, now),
        ...attempt.also,
      ]);
      return refused(attempt.reason, method);
    case 'accepted':
      return accept(deps, facts, method, attempt, charged, visitor, now);
  }
}

/**
 * Writes a refusal. The guess that reaches a limit behind a first proof ends the sign-in with it: once the wait is over
 * the right code works in a new one only, so nobody keeps a proven password at hand to guess on (S-05).
 */
async function commitRefusal(
  { commit }: Prove,
  { transaction }: SigninFacts,
  charged: Charged | null,
  effects: readonly Effect[],
): Promise<void> {
  const { id, version, state } = transaction;
  const limit = charged?.kind === 'charged' && charged.reached !== 'none';
  if (!limit || state.kind !== 'proving' || state.proofs.length === 0) return commit(effects);
  const ended = { kind: 'ended', reason: 'guess.locked' } as const;
  try {
    await commit([...effects, { kind: 'transaction.save', id, version, state: ended, secretHash: null }]);
  } catch (error) {
    // Another request moved the sign-in meanwhile; the refusal is recorded all the same.
    if (!(error instanceof Conflict)) throw error;
    await commit(effects);
  }
}

const mayTry = (facts: SigninFacts, method: Method, now: Instant): boolean => {
  const offers = offersNow(facts, now);
  // One ceremony serves both kinds of WebAuthn factor; what the key is turns up in its answer.
  return method === 'passkey'
    ? offers.includes('passkey') || offers.includes('security-key')
    : offers.includes(method);
};

const subjectOf = ({ transaction: { state } }: SigninFacts): string =>
  state.kind === 'proving' ? state.subject : '';

async function charge(
  deps: Prove,
  facts: SigninFacts,
  method: Method,
  subject: string,
  now: Instant,
): Promise<Charged | null> {
  if (!isGuessable(method)) return null;
  const key: GuessKey = { subject, method, lane: facts.lane ?? UNFAMILIAR };
  return chargeGuessAt(deps.signins, key, facts.guesses, now);
}

async function accept(
  deps: Prove,
  facts: SigninFacts,
  method: Method,
  attempt: Extract<Attempt, { kind: 'accepted' }>,
  charged: Charged | null,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const { person, proof, consume } = attempt;
  const { transaction, browserKnown } = facts;
  const lane = await laneOf(deps, facts, person, visitor, now);
  // A phishing-resistant proof shows the owner is here: waits and suspensions end, what was guessed stays counted.
  const settled: readonly Effect[] = proof.phishingResistant
    ? [{ kind: 'guess.lift', accountId: person.account.id, lane }]
    : charged?.kind === 'charged'
      ? [{ kind: 'guess.settle', key: charged.key, count: settleGuess(charged.count) }]
      : [];
  try {
    return await finishStep(
      deps,
      { transaction, person, lane, browserKnown, proof, consume: [...consume, ...settled] },
      visitor,
      now,
    );
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return lostRace(deps, transaction.id, person, method, error, visitor, now);
  }
}

/** A passkey names its owner by itself: then the lane of the browser is that person's, not the one's named before. */
async function laneOf(
  { signins }: Prove,
  facts: SigninFacts,
  { account }: Person,
  visitor: Visitor,
  now: Instant,
): Promise<string | null> {
  if (facts.person?.account.id === account.id) return facts.lane;
  const hash = browserHash(visitor);
  return hash === null ? null : signins.lane(account.id, hash, now);
}

/** Somebody else used the same code, answer or step first: nothing was granted here, and that is worth an event. */
async function lostRace(
  { random, commit }: Prove,
  transaction: SigninFacts['transaction']['id'],
  person: Person,
  method: Method,
  { effect }: Conflict,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const replayed = effect === 'totp.accept' || effect === 'recovery.use' || effect === 'pass.use';
  if (!replayed) return refused('signin.raced', method);
  await commit([
    record(random, visitor, now, {
      type: 'otp.replay',
      actor: STRANGER,
      outcome: 'refused',
      subject: person.account.id,
      transaction,
      reasons: ['otp.replayed'],
      detail: { method },
    }),
  ]);
  return refused('otp.replayed', method);
}

function wrong(
  { random }: Prove,
  { transaction, person }: SigninFacts,
  method: Method,
  reason: ReasonId,
  charged: Charged | null,
  visitor: Visitor,
  now: Instant,
): readonly Effect[] {
  const { state, opened } = transaction;
  const about = {
    actor: STRANGER,
    outcome: 'refused',
    subject: person?.account.id ?? null,
    door: opened.ask.door,
    app: opened.ask.appId,
    transaction: transaction.id,
    detail: { method },
    // A name nobody has may be a password typed into the wrong field: only its keyed hash is kept (I-54).
    personal: state.kind === 'proving' && state.accountId !== null ? { name: state.name } : {},
  } as const;
  const refusal = record(random, visitor, now, { ...about, type: 'signin.proof_refused', reasons: [reason] });
  if (charged?.kind !== 'charged' || charged.reached === 'none') return [refusal];

  const locked = charged.reached === 'wait' ? 'guess.locked' : 'guess.suspended';
  const told =
    person === null
      ? []
      : notify(
          random,
          person.account,
          'factor_locked',
          { method, until: String(charged.count.lockedUntil), address: visitor.address },
          now,
        );
  return [refusal, record(random, visitor, now, { ...about, type: locked, reasons: [locked] }), ...told];
}

/** A method that was not offered: not evaluated, and reported, since an attacker's first try is a weaker factor (I-28). */
async function downgrade(
  { random, commit }: Prove,
  { transaction, person }: SigninFacts,
  method: Method,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  await commit([
    record(random, visitor, now, {
      type: 'signin.downgrade',
      actor:
        person !== null && transaction.state.kind === 'proving' && transaction.state.proofs.length > 0
          ? byAccount(person.account.id)
          : STRANGER,
      outcome: 'refused',
      subject: person?.account.id ?? null,
      door: transaction.opened.ask.door,
      app: transaction.opened.ask.appId,
      transaction: transaction.id,
      reasons: ['signin.method_not_offered'],
      detail: { method },
    }),
  ]);
  return refused('signin.method_not_offered', method);
}
