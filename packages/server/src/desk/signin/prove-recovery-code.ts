import { matchRecoveryCode, recoveryCodesLeft } from '@countersign/core/factor/match-recovery-code';
import { parseRecoveryCode } from '@countersign/core/factor/parse-recovery-code';
import { seconds, type Instant } from '@countersign/core/kernel/time';
import { categoriesOf } from '@countersign/core/policy/potential-proof';
import type { DeskDeps, Visitor } from '../deps.ts';
import { byAccount, record } from '../record.ts';
import { prove, type Attempt, type Question } from './prove.ts';
import { refused, type Step, type StepKey } from './step.ts';

type Deps = Pick<DeskDeps, 'signins' | 'vault' | 'random' | 'commit' | 'codes'>;

/** Proves a recovery code behind a password: it ends that code only, and opens nothing but re-enrolment (I-18). */
export async function proveRecoveryCode(
  deps: Deps,
  key: StepKey,
  typed: unknown,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const code = parseRecoveryCode(typed);
  if (!code.ok) return refused(code.error, 'recovery-code');

  return prove(
    deps,
    key,
    'recovery-code',
    visitor,
    now,
    async ({ facts: { person } }: Question): Promise<Attempt> => {
      const set = person?.recovery ?? null;
      if (person === null || set === null) return { kind: 'wrong', reason: 'recovery_code.wrong', also: [] };
      const digested = await deps.codes.digestCode(code.value, set.salt);
      if (digested.kind === 'overloaded')
        return { kind: 'overloaded', retryAt: now + seconds(digested.retryAfterS) };
      const place = matchRecoveryCode(digested.digest, set.codes);
      const used = place === null ? undefined : set.codes[place];
      if (used === undefined) return { kind: 'wrong', reason: 'recovery_code.wrong', also: [] };
      const { factorId } = set;
      const event = record(deps.random, visitor, now, {
        type: 'recovery.code_used',
        actor: byAccount(person.account.id),
        outcome: 'ok',
        subject: person.account.id,
        detail: { left: recoveryCodesLeft(set.codes) - 1 },
      });
      return {
        kind: 'accepted',
        person,
        proof: {
          method: 'recovery-code',
          factorId,
          at: now,
          categories: categoriesOf('recovery-code'),
          phishingResistant: false,
          hardwareBound: false,
        },
        consume: [
          { kind: 'recovery.use', factorId, position: used.position, now },
          { kind: 'factor.used', factorId, now },
          event,
        ],
      };
    },
  );
}
