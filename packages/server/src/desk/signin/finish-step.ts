import { hashSecret } from '@countersign/core/kernel/hash';
import type { Instant } from '@countersign/core/kernel/time';
import { recoveryCodesLeft } from '@countersign/core/factor/match-recovery-code';
import type { Proof } from '@countersign/core/factor/proof';
import type { Decision } from '@countersign/core/policy/decide';
import { advance, type Signin } from '@countersign/core/signin/signin';
import type { Effect } from '../../ports/effects.ts';
import type { Person } from '../../ports/person.ts';
import type { Transaction } from '../../ports/signin-store.ts';
import { PORTAL } from '../apps.ts';
import { decide } from '../decide.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { issueGrant } from '../issue-grant.ts';
import { notify } from '../notify.ts';
import { byAccount, record } from '../record.ts';
import { beginEnrolmentSession, beginFullSession, knowBrowser } from './begin-session.ts';
import type { Step } from './step.ts';

export interface Proven {
  readonly transaction: Transaction;
  readonly person: Person;
  readonly lane: string | null;
  readonly browserKnown: boolean;
  readonly proof: Proof;
  /** What accepting the proof consumes: written with everything else or not at all. */
  readonly consume: readonly Effect[];
}

type Finish = Pick<DeskDeps, 'random' | 'commit'>;

/** Records an accepted proof, asks for the decision and carries it out, all in one statement. */
export async function finishStep(
  deps: Finish,
  proven: Proven,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const { transaction, person, proof } = proven;
  const { account } = person;
  const next = advance(transaction.state, {
    kind: 'proven',
    accountId: account.id,
    name: account.login,
    epoch: account.epoch,
    proof,
  });
  if (!next.ok) return { kind: 'ended', reason: next.error, opened: transaction.opened };
  const proofs = next.value.kind === 'proving' ? next.value.proofs : [];
  const decision = decide(person, proofs, transaction.opened.ask, now);
  const accepted = event(deps, proven, decision, visitor, now);
  const effects = [...proven.consume, accepted];

  switch (decision.outcome.kind) {
    case 'allow':
      return grant(deps, proven, proofs, decision, effects, visitor, now);
    case 'restricted':
      return restrict(deps, proven, proofs, effects, visitor, now);
    case 'challenge': {
      const secret = deps.random.secret();
      await deps.commit([...effects, unchanged(person), save(transaction, next.value, secret)]);
      return { kind: 'continue', secret };
    }
    case 'block': {
      const { reason } = decision.outcome;
      const refusal = record(deps.random, visitor, now, {
        type: 'signin.refused',
        actor: byAccount(account.id),
        outcome: 'refused',
        subject: account.id,
        door: transaction.opened.ask.door,
        app: transaction.opened.ask.appId,
        transaction: transaction.id,
        reasons: [reason],
        detail: { rules: [...decision.because] },
      });
      await deps.commit([...effects, refusal, save(transaction, { kind: 'ended', reason }, null)]);
      return { kind: 'ended', reason, opened: transaction.opened };
    }
  }
}

/** Nothing is built on facts that changed since they were read: a disabling or revoking in between wins (I-05). */
const unchanged = ({ account }: Person): Effect => ({
  kind: 'account.unchanged',
  id: account.id,
  epoch: account.epoch,
});

const save = (transaction: Transaction, state: Signin, secret: string | null): Effect => ({
  kind: 'transaction.save',
  id: transaction.id,
  version: transaction.version,
  state,
  secretHash: secret === null ? null : hashSecret(secret),
});

function event(
  { random }: Finish,
  { transaction, person, proof }: Proven,
  decision: Decision,
  visitor: Visitor,
  now: Instant,
): Effect {
  return record(random, visitor, now, {
    type: 'signin.proof_accepted',
    actor: byAccount(person.account.id),
    outcome: 'ok',
    subject: person.account.id,
    door: transaction.opened.ask.door,
    app: transaction.opened.ask.appId,
    transaction: transaction.id,
    detail: {
      method: proof.method,
      factor: proof.factorId,
      decision: decision.outcome.kind,
      rules: [...decision.because],
    },
  });
}

async function grant(
  { random, commit }: Finish,
  { transaction, person, lane, browserKnown, proof }: Proven,
  proofs: readonly Proof[],
  decision: Decision,
  effects: readonly Effect[],
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const { account } = person;
  const { opened } = transaction;
  const raised = transaction.sessionId;
  const begun = raised === null ? beginFullSession(random, person, proofs, decision, visitor, now) : null;
  const secret = begun?.secret ?? random.secret();
  const sessionId = begun?.id ?? raised;
  if (sessionId === null) throw new TypeError('an allow begins a session or raises one');
  const sessionEffects: readonly Effect[] = begun?.effects ?? [
    { kind: 'session.raise', id: sessionId, secretHash: hashSecret(secret), proofs, now },
    record(random, visitor, now, {
      type: 'session.raised',
      actor: byAccount(account.id),
      outcome: 'ok',
      subject: account.id,
      session: sessionId,
    }),
  ];
  // The session is what a sign-in grants; the door that asked decides again and issues its own grant on it.
  const issued = issueGrant(
    random,
    {
      decision,
      accountId: account.id,
      sessionId,
      ask: { ...opened.ask, ...PORTAL },
      proofs,
      askedAcr: opened.askedAcr,
    },
    visitor,
    now,
  );
  const browser = knowBrowser(random, person, visitor, { lane, browserKnown }, now);
  const news =
    lane === null && account.lastSignInAt !== null
      ? notify(
          random,
          account,
          'signed_in_new_browser',
          { address: visitor.address, agent: visitor.agent },
          now,
        )
      : [];
  await commit([
    ...effects,
    save(transaction, { kind: 'granted', accountId: account.id, proofs }, null),
    ...sessionEffects,
    ...issued.effects,
    browser.effect,
    { kind: 'enrolments.end', accountId: account.id, now },
    {
      kind: 'account.signed-in',
      id: account.id,
      epoch: account.epoch,
      factorsVersion: person.factorsVersion,
      now,
    },
    ...news,
  ]);
  const endsAt = begun?.endsAt ?? null;
  return {
    kind: 'granted',
    session: { secret, endsAt },
    browser: browser.secret,
    method: proof.method,
    opened,
  };
}

async function restrict(
  { random, commit }: Finish,
  { transaction, person, proof }: Proven,
  proofs: readonly Proof[],
  effects: readonly Effect[],
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const { account } = person;
  const recovering = proof.method === 'recovery-code';
  // Whoever holds a recovery code takes the account over from whatever is signed in elsewhere (I-18).
  const holder = recovering ? { account: { ...account, epoch: account.epoch + 1 } } : { account };
  const begun = beginEnrolmentSession(
    random,
    holder,
    proofs,
    recovering ? 'recovery' : 'temporary-pass',
    visitor,
    now,
  );
  const takenOver: readonly Effect[] = recovering
    ? [
        { kind: 'account.revoke', accountId: account.id, epoch: account.epoch, keep: null },
        { kind: 'sessions.end', accountId: account.id, except: begun.id, now },
        { kind: 'browsers.forget', accountId: account.id, except: null },
      ]
    : [unchanged(person)];
  const news = { address: visitor.address, agent: visitor.agent, left: String(codesLeftAfter(person)) };
  await commit([
    ...effects,
    ...takenOver,
    save(transaction, { kind: 'granted', accountId: account.id, proofs }, null),
    { kind: 'invitations.end', accountId: account.id, except: null, now },
    ...begun.effects,
    ...notify(random, account, recovering ? 'recovery_code_used' : 'temporary_pass_used', news, now),
  ]);
  return { kind: 'restricted', session: { secret: begun.secret, endsAt: begun.endsAt } };
}

/** The code just used is still open in what was read. */
const codesLeftAfter = ({ recovery }: Person): number =>
  Math.max(0, recoveryCodesLeft(recovery?.codes ?? []) - 1);
