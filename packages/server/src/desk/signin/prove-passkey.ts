import type { ReasonId } from '@countersign/core/audit/event';
import type { Factor } from '@countersign/core/factor/factor';
import { judgeAssertion, type AssertionRefusal } from '@countersign/core/factor/judge-webauthn-assertion';
import { equalBytes } from '@countersign/core/kernel/bytes';
import { fromBase64Url, toBase64Url } from '@countersign/core/kernel/base-encoding';
import { hashSecret } from '@countersign/core/kernel/hash';
import type { Instant } from '@countersign/core/kernel/time';
import type { Effect } from '../../ports/effects.ts';
import type { Credential, Person } from '../../ports/person.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { record, STRANGER } from '../record.ts';
import { verificationNow } from './offers.ts';
import { prove, type Attempt, type Question } from './prove.ts';
import type { Step, StepKey } from './step.ts';

type Deps = Pick<DeskDeps, 'signins' | 'vault' | 'random' | 'commit' | 'people' | 'webauthn' | 'site'>;

/**
 * Proves a passkey or security key. `challenge` is the one this page was served with: any answer, right or wrong,
 * takes it out of use before it is looked at (design.md §10.7).
 */
export async function provePasskey(
  deps: Deps,
  key: StepKey,
  response: unknown,
  challenge: string,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  return prove(deps, key, 'passkey', visitor, now, (question) =>
    verify(deps, question, response, challenge, visitor, now),
  );
}

async function verify(
  deps: Deps,
  { facts }: Question,
  response: unknown,
  challenge: string,
  visitor: Visitor,
  now: Instant,
): Promise<Attempt> {
  const { transaction } = facts;
  if (!(await deps.signins.consumeChallenge(hashSecret(challenge), 'signin', transaction.id, now))) {
    return wrong('webauthn.wrong_challenge');
  }
  const claimed = deps.webauthn.claimedCredential(response);
  if (!claimed.ok) return wrong(claimed.error);
  const credentialId = fromBase64Url(claimed.value.credentialId);
  const person = credentialId.ok ? await deps.people.byCredential(credentialId.value) : null;
  const credential = credentialId.ok
    ? person?.credentials.find((each) => equalBytes(each.credentialId, credentialId.value))
    : undefined;
  const factor = person?.factors.find((each) => each.id === credential?.factorId);
  if (person === null || credential === undefined || factor?.traits.kind !== 'webauthn')
    return wrong('webauthn.unknown_credential');

  const { origin, rpId } = deps.site();
  const read = await deps.webauthn.readAssertion(
    response,
    { challenge, origin, rpId },
    { credentialId: claimed.value.credentialId, publicKey: credential.publicKey },
  );
  if (!read.ok) return wrong(read.error);

  const { state } = transaction;
  const named = state.kind === 'proving' && state.proofs.length > 0 ? facts.person : null;
  const judged = judgeAssertion(
    read.value,
    {
      method: factor.method === 'passkey' ? 'passkey' : 'security-key',
      credentialId: claimed.value.credentialId,
      userHandle: toBase64Url(person.userHandle),
      counter: credential.counter,
      traits: factor.traits,
    },
    {
      factorId: factor.id,
      at: now,
      userVerification: verificationNow(facts, now),
      userHandleRequired: named === null,
      allowed: named === null ? null : named.credentials.map((each) => toBase64Url(each.credentialId)),
    },
  );
  if (!judged.ok) return wrong(judged.error.reason, alarm(deps, judged.error, person, visitor, now));
  const { proof, nextCounter, backedUp } = judged.value;
  return {
    kind: 'accepted',
    person,
    proof,
    consume: [counter(factor, credential, nextCounter, backedUp, now)],
  };
}

const wrong = (reason: ReasonId, also: readonly Effect[] = []): Attempt => ({ kind: 'wrong', reason, also });

/** Conditional on the counter that was judged: two uses of one counter value cannot both pass (I-27). */
const counter = (
  { id, traits }: Factor,
  { counter: before }: Credential,
  after: number,
  backedUp: boolean,
  now: Instant,
): Effect => ({
  kind: 'webauthn.counter',
  factorId: id,
  before,
  after,
  traits: traits.kind === 'webauthn' ? { ...traits, backedUp } : traits,
  now,
});

function alarm(
  { random }: Deps,
  refusal: AssertionRefusal,
  person: Person,
  visitor: Visitor,
  now: Instant,
): readonly Effect[] {
  if (!refusal.alarm) return [];
  return [
    record(random, visitor, now, {
      type: 'webauthn.counter_regression',
      actor: STRANGER,
      outcome: 'refused',
      subject: person.account.id,
      reasons: [refusal.reason],
    }),
    ...notify(random, person.account, 'key_alarm', { address: visitor.address }, now),
  ];
}
