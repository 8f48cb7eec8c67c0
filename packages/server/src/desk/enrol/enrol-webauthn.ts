import {
  judgeRegistration,
  type RegistrationPolicy,
} from '@countersign/core/factor/judge-webauthn-registration';
import { fromBase64Url, toBase64Url } from '@countersign/core/kernel/base-encoding';
import { hashSecret } from '@countersign/core/kernel/hash';
import { minutes, type Instant } from '@countersign/core/kernel/time';
import { Conflict } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { RegistrationOptionsJson } from '../../ports/webauthn.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record, byAccount } from '../record.ts';
import { done, lacking, no, type Answer } from './answer.ts';
import { bindFactor } from './bind-factor.ts';
import { PENDING_LIFE } from './enrol-totp.ts';
import { factorAuthority } from './factor-authority.ts';

export type KeyKind = 'passkey' | 'security-key';

/** A passkey must be discoverable and verify its user; a security key may do less and then needs the password beside it. */
export const policyFor = (kind: KeyKind, policy: RegistrationPolicy): RegistrationPolicy =>
  kind === 'passkey'
    ? { ...policy, residentKey: 'required', userVerification: 'required' }
    : { ...policy, residentKey: 'discouraged', userVerification: 'preferred' };

export async function beginWebAuthn(
  deps: Pick<DeskDeps, 'random' | 'commit' | 'site' | 'webauthn' | 'webauthnPolicy'>,
  owner: SessionOwner,
  kind: KeyKind,
  now: Instant,
): Promise<Answer<RegistrationOptionsJson>> {
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const challenge = deps.random.secret();
  const { account, userHandle, credentials } = owner.person;
  const { rpId, organisation } = deps.site();
  await deps.commit([
    {
      kind: 'challenge.make',
      hash: hashSecret(challenge),
      purpose: 'enrol',
      owner: owner.session.id,
      accountId: account.id,
      expiresAt: now + PENDING_LIFE,
    },
  ]);
  return done(
    deps.webauthn.registrationOptions({
      rpId,
      rpName: organisation,
      userHandle: toBase64Url(userHandle),
      name: account.login,
      displayName: account.displayName,
      challenge,
      excludeCredentials: credentials.map(({ credentialId }) => ({
        id: toBase64Url(credentialId),
        transports: [],
      })),
      policy: policyFor(kind, deps.webauthnPolicy),
      timeout: minutes(5),
    }),
  );
}

type Confirm = Pick<
  DeskDeps,
  'random' | 'commit' | 'site' | 'webauthn' | 'webauthnPolicy' | 'signins' | 'models'
>;

/** Binds a key. Policy is judged here on what the key really did, whatever the browser was asked for (I-26). */
export async function confirmWebAuthn(
  deps: Confirm,
  owner: SessionOwner,
  input: {
    readonly kind: KeyKind;
    readonly challenge: string;
    readonly response: unknown;
    readonly name: string;
  },
  visitor: Visitor,
  now: Instant,
): Promise<Answer<null>> {
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const { random, commit } = deps;
  if (!(await deps.signins.consumeChallenge(hashSecret(input.challenge), 'enrol', owner.session.id, now))) {
    return no('webauthn.wrong_challenge');
  }
  const { origin, rpId } = deps.site();
  const facts = await deps.webauthn.readRegistration(
    input.response,
    { challenge: input.challenge, origin, rpId },
    { models: deps.models(), now },
  );
  const judged = facts.ok
    ? judgeRegistration(facts.value, policyFor(input.kind, deps.webauthnPolicy))
    : facts;
  if (!judged.ok) {
    const { id } = owner.person.account;
    await commit([
      record(random, visitor, now, {
        type: 'factor.enrolment_refused',
        actor: byAccount(id),
        outcome: 'refused',
        subject: id,
        reasons: [judged.error],
      }),
    ]);
    return no(judged.error);
  }
  const { method, publicKey, algorithm, counter, traits, modelName } = judged.value;
  const credentialId = fromBase64Url(judged.value.credentialId);
  if (!credentialId.ok) return no('webauthn.malformed');
  const name = input.name === '' ? (modelName ?? method) : input.name;
  try {
    await commit(
      bindFactor(
        random,
        owner,
        {
          name,
          boundBy: authority.boundBy,
          traits,
          secret: { method, credentialId: credentialId.value, publicKey, algorithm, counter },
        },
        visitor,
        now,
      ),
    );
  } catch (error) {
    // The credential id is somebody's already (R-WAR-09), or the person's factors changed meanwhile.
    if (error instanceof Conflict)
      return no(error.effect.includes('credential') ? 'webauthn.already_registered' : 'enrolment.raced');
    throw error;
  }
  return done(null);
}
