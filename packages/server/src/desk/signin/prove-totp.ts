import { parseCode } from '@countersign/core/factor/parse-code';
import { verifyTotp, type TotpVerdict } from '@countersign/core/factor/verify-totp';
import type { Instant } from '@countersign/core/kernel/time';
import { categoriesOf } from '@countersign/core/policy/potential-proof';
import type { TotpSecret } from '../../ports/person.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record, STRANGER } from '../record.ts';
import { prove, type Attempt, type Question } from './prove.ts';
import { refused, type Step, type StepKey } from './step.ts';

type Deps = Pick<DeskDeps, 'signins' | 'vault' | 'random' | 'commit'>;

/** Proves a code of an authenticator app. A malformed code is refused unevaluated and costs no guess (S-04). */
export async function proveTotp(
  deps: Deps,
  key: StepKey,
  typed: unknown,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const code = parseCode(typed);
  if (!code.ok) return refused(code.error, 'totp');

  return prove(deps, key, 'totp', visitor, now, async ({ facts }: Question): Promise<Attempt> => {
    const { person, transaction } = facts;
    // Every app of the person is tried, so that which one matched takes no different time.
    const judged = (person?.totp ?? []).map((secret) => ({
      secret,
      verdict: judge(deps, secret, code.value, now),
    }));
    const match = judged.find(({ verdict }) => verdict.kind === 'accepted');
    if (person !== null && match?.verdict.kind === 'accepted') {
      const { factorId } = match.secret;
      return {
        kind: 'accepted',
        person,
        proof: {
          method: 'totp',
          factorId,
          at: now,
          categories: categoriesOf('totp'),
          phishingResistant: false,
          hardwareBound: false,
        },
        consume: [
          { kind: 'totp.accept', factorId, step: match.verdict.step },
          { kind: 'factor.used', factorId, now },
        ],
      };
    }
    if (judged.some(({ verdict }) => verdict.kind === 'replayed')) {
      const replay = record(deps.random, visitor, now, {
        type: 'otp.replay',
        actor: STRANGER,
        outcome: 'refused',
        subject: person?.account.id ?? null,
        transaction: transaction.id,
        reasons: ['otp.replayed'],
        detail: { method: 'totp' },
      });
      return { kind: 'wrong', reason: 'otp.replayed', also: [replay] };
    }
    const late = judged.some(({ verdict }) => verdict.kind === 'refused' && verdict.hint !== null);
    return { kind: 'wrong', reason: late ? 'otp.clock' : 'otp.wrong', also: [] };
  });
}

const judge = (
  deps: Deps,
  { factorId, sealedSeed, lastStep }: TotpSecret,
  code: Parameters<typeof verifyTotp>[0],
  now: Instant,
): TotpVerdict =>
  verifyTotp(code, { seed: deps.vault.openTotpSeed(factorId, sealedSeed), algorithm: 'SHA1', lastStep }, now);
