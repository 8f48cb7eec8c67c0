import { checkTemporaryPass } from '@countersign/core/factor/check-temporary-pass';
import { parseTemporaryPass } from '@countersign/core/factor/parse-temporary-pass';
import { equalBytes } from '@countersign/core/kernel/bytes';
import { seconds, type Instant } from '@countersign/core/kernel/time';
import { categoriesOf } from '@countersign/core/policy/potential-proof';
import type { PassSecret, Person } from '../../ports/person.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { byAccount, record } from '../record.ts';
import { prove, type Attempt, type Question } from './prove.ts';
import { refused, type Step, type StepKey } from './step.ts';

type Deps = Pick<DeskDeps, 'signins' | 'vault' | 'random' | 'commit' | 'codes' | 'passwords'>;

/** Proves a temporary pass: single use, at most an hour, and good for enrolment alone (I-12). */
export async function proveTemporaryPass(
  deps: Deps,
  key: StepKey,
  typed: unknown,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const code = parseTemporaryPass(typed);
  if (!code.ok) return refused(code.error, 'temporary-pass');

  return prove(
    deps,
    key,
    'temporary-pass',
    visitor,
    now,
    async ({ facts: { person } }: Question): Promise<Attempt> => {
      const pass = person?.pass ?? null;
      // Who has no pass costs the same hash, so that the answer does not tell (I-60).
      const answer =
        pass === null ? await deps.passwords.spend() : await deps.codes.digestCode(code.value, pass.salt);
      if (answer.kind === 'overloaded')
        return { kind: 'overloaded', retryAt: now + seconds(answer.retryAfterS) };
      const right =
        person !== null &&
        pass !== null &&
        answer.kind === 'digested' &&
        equalBytes(answer.digest, pass.digest);
      if (!right || !isLive(person, pass, now)) {
        return { kind: 'wrong', reason: 'temporary_pass.wrong', also: [] };
      }
      const { factorId } = pass;
      const event = record(deps.random, visitor, now, {
        type: 'temporary_pass.used',
        actor: byAccount(person.account.id),
        outcome: 'ok',
        subject: person.account.id,
      });
      return {
        kind: 'accepted',
        person,
        proof: {
          method: 'temporary-pass',
          factorId,
          at: now,
          categories: categoriesOf('temporary-pass'),
          phishingResistant: false,
          hardwareBound: false,
        },
        consume: [{ kind: 'pass.use', factorId, now }, { kind: 'factor.used', factorId, now }, event],
      };
    },
  );
}

/** A pass lives from its issue; the rule of core holds it to an hour whatever end is stored (I-18). */
function isLive({ factors }: Person, { factorId, expiresAt, usedAt }: PassSecret, now: Instant): boolean {
  const issued = factors.find(({ id }) => id === factorId)?.createdAt;
  return (
    issued !== undefined && checkTemporaryPass({ validFrom: issued, validUntil: expiresAt, usedAt }, now).ok
  );
}
