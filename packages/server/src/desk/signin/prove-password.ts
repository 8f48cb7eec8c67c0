import { normalisePassword } from '@countersign/core/factor/normalise-password';
import { judgePasswordSpray, passwordTag, SPRAY_DEFAULTS } from '@countersign/core/factor/password-spray';
import type { NormalisedPassword } from '@countersign/core/factor/normalise-password';
import { seconds, type Instant } from '@countersign/core/kernel/time';
import { categoriesOf } from '@countersign/core/policy/potential-proof';
import type { Effect } from '../../ports/effects.ts';
import type { Person, PasswordSecret } from '../../ports/person.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { byAccount, record, STRANGER } from '../record.ts';
import { prove, type Attempt, type Question } from './prove.ts';
import type { Step, StepKey } from './step.ts';

type Deps = Pick<DeskDeps, 'signins' | 'vault' | 'random' | 'commit' | 'passwords'>;

const WRONG = 'signin.wrong_pair';

/** Proves the password. Unknown name, no password, wrong password and sprayed password cost and answer the same (I-60). */
export async function provePassword(
  deps: Deps,
  key: StepKey,
  typed: string,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  return prove(deps, key, 'password', visitor, now, (question) =>
    verify(deps, question, typed, visitor, now),
  );
}

async function verify(
  deps: Deps,
  question: Question,
  typed: string,
  visitor: Visitor,
  now: Instant,
): Promise<Attempt> {
  const { person } = question.facts;
  const password = normalisePassword(typed);
  if (!password.ok) return spend(deps, [], now);

  const tag = passwordTag(deps.vault.sprayKey, password.value);
  const spray = judgePasswordSpray(
    await deps.signins.sprayFacts(tag, question.subject, now - SPRAY_DEFAULTS.window),
  );
  const mark: Effect = { kind: 'spray.mark', tag, subject: question.subject, now };
  // Named whoever was tried last, or one made-up name would silence the alarm.
  const found =
    spray.kind === 'evaluate' && spray.eventIfWrong !== null ? [sprayEvent(deps, visitor, now)] : [];
  if (spray.kind === 'blocked' || person === null || person.password === null)
    return spend(deps, [mark, ...found], now);

  const answer = await deps.passwords.verify(password.value, {
    phc: person.password.phc,
    keyId: person.password.pepperKey,
  });
  if (answer.kind === 'overloaded') return { kind: 'overloaded', retryAt: now + seconds(answer.retryAfterS) };
  if (!answer.matches) {
    return { kind: 'wrong', reason: WRONG, also: [mark, ...found] };
  }
  const rehashed = answer.needsRehash ? await rehash(deps, person, password.value, visitor, now) : [];
  return accepted(person, person.password, rehashed, now);
}

function accepted(
  person: Person,
  { factorId }: PasswordSecret,
  rehashed: readonly Effect[],
  now: Instant,
): Attempt {
  return {
    kind: 'accepted',
    person,
    proof: {
      method: 'password',
      factorId,
      at: now,
      categories: categoriesOf('password'),
      phishingResistant: false,
      hardwareBound: false,
    },
    consume: [{ kind: 'factor.used', factorId, now }, ...rehashed],
  };
}

async function spend(deps: Deps, also: readonly Effect[], now: Instant): Promise<Attempt> {
  const spent = await deps.passwords.spend();
  return spent.kind === 'overloaded'
    ? { kind: 'overloaded', retryAt: now + seconds(spent.retryAfterS) }
    : { kind: 'wrong', reason: WRONG, also };
}

/** The cost or the key rose since the password was stored: now is the only moment it is known (R-PWD-10). */
async function rehash(
  deps: Deps,
  { account, password: stored }: Person,
  password: NormalisedPassword,
  visitor: Visitor,
  now: Instant,
): Promise<readonly Effect[]> {
  const hashed = await deps.passwords.hash(password);
  if (hashed.kind === 'overloaded' || stored === null) return [];
  return [
    {
      kind: 'password.store',
      factorId: stored.factorId,
      phc: hashed.stored.phc,
      pepperKey: hashed.stored.keyId,
      now,
    },
    record(deps.random, visitor, now, {
      type: 'password.rehashed',
      actor: byAccount(account.id),
      outcome: 'ok',
      subject: account.id,
    }),
  ];
}

const sprayEvent = ({ random }: Deps, visitor: Visitor, now: Instant): Effect =>
  record(random, visitor, now, {
    type: 'password.spray',
    actor: STRANGER,
    outcome: 'refused',
    reasons: ['password.spray'],
  });
