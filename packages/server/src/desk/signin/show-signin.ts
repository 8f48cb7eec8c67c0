import type { Method } from '@countersign/core/factor/factor';
import { recoveryCodesLeft } from '@countersign/core/factor/match-recovery-code';
import { toBase64Url } from '@countersign/core/kernel/base-encoding';
import { hashSecret } from '@countersign/core/kernel/hash';
import { minutes, type Instant } from '@countersign/core/kernel/time';
import type { SigninFacts, StoredAsk } from '../../ports/signin-store.ts';
import type { AssertionOptionsJson } from '../../ports/webauthn.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { offersNow, verificationNow } from './offers.ts';
import { openStep } from './open-step.ts';
import type { Step, StepKey } from './step.ts';

/** Where a sign-in stands, for the page that shows it. */
export interface Standing {
  readonly kind: 'standing';
  readonly opened: StoredAsk;
  /** Null while nobody was named. */
  readonly name: string | null;
  /** What may be tried now, strongest first. */
  readonly offers: readonly Method[];
  /** Nothing was proven yet: the page must be the same for every name. */
  readonly first: boolean;
  readonly stepUp: boolean;
  readonly recoveryCodesLeft: number | null;
}

/** How long a page's WebAuthn challenge can be answered; a page left open longer makes a new one when reloaded. */
const CHALLENGE_LIFE = minutes(10);

export async function showSignin(
  deps: Pick<DeskDeps, 'signins' | 'vault'>,
  key: StepKey,
  visitor: Visitor,
  now: Instant,
): Promise<Standing | Extract<Step, { kind: 'ended' }>> {
  const step = await openStep(deps, key, visitor, now);
  if (step.kind === 'ended') return step;
  const { transaction, person } = step.facts;
  const { state, opened } = transaction;
  const offers = offersNow(step.facts, now);
  return {
    kind: 'standing',
    opened,
    name: state.kind === 'proving' ? state.name : null,
    offers,
    first: state.kind !== 'proving' || state.proofs.length === 0,
    stepUp: transaction.sessionId !== null,
    recoveryCodesLeft: offers.includes('recovery-code')
      ? recoveryCodesLeft(person?.recovery?.codes ?? [])
      : null,
  };
}

/**
 * Options for a passkey or security key on this page, with a challenge bound to this transaction. The person's keys
 * are listed only once something was proven: a stranger learns neither that they exist nor which (R-PRV-02).
 */
export async function makeChallenge(
  deps: Pick<DeskDeps, 'signins' | 'vault' | 'random' | 'commit' | 'webauthn' | 'site'>,
  key: StepKey,
  visitor: Visitor,
  now: Instant,
): Promise<AssertionOptionsJson | null> {
  const step = await openStep(deps, key, visitor, now);
  if (step.kind === 'ended') return null;
  const challenge = deps.random.secret();
  await deps.commit([
    {
      kind: 'challenge.make',
      hash: hashSecret(challenge),
      purpose: 'signin',
      owner: key.id,
      accountId: null,
      expiresAt: now + CHALLENGE_LIFE,
    },
  ]);
  const known = provenPerson(step.facts);
  return deps.webauthn.assertionOptions({
    rpId: deps.site().rpId,
    challenge,
    userVerification: verificationNow(step.facts, now),
    timeout: minutes(5),
    ...(known === null ? {} : { allowCredentials: hints(known) }),
  });
}

const provenPerson = ({ transaction: { state }, person }: SigninFacts): SigninFacts['person'] =>
  state.kind === 'proving' && state.proofs.length > 0 ? person : null;

const hints = ({ credentials, factors }: NonNullable<SigninFacts['person']>) =>
  credentials.map(({ credentialId, factorId }) => {
    const traits = factors.find((factor) => factor.id === factorId)?.traits;
    return {
      id: toBase64Url(credentialId),
      transports: traits?.kind === 'webauthn' ? traits.transports : [],
    };
  });
