import { isPrivileged } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import { temporaryPassLife } from '@countersign/core/factor/check-temporary-pass';
import { makeTemporaryPass, showTemporaryPass } from '@countersign/core/factor/make-temporary-pass';
import { asId } from '@countersign/core/kernel/id';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Duration, Instant } from '@countersign/core/kernel/time';
import type { Directory } from '../../ports/directory.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { record } from '../record.ts';
import { alarmOwners } from './alarm-owners.ts';
import { actorOf, isOwn, issuerOf, type Caller } from './caller.ts';
import { commitOr, reachPerson } from './reach-person.ts';

type Deps = Pick<DeskDeps, 'random' | 'commit' | 'people' | 'codes'> & {
  readonly directory: Pick<Directory, 'owners'>;
};

export interface IssuedPass {
  /** As people see it. A secret: shown to the administrator this once. */
  readonly pass: string;
  readonly expiresAt: Instant;
}

/** A pass to enrol with: single use, at most an hour (I-18). */
export async function issueTemporaryPass(
  deps: Deps,
  caller: Caller,
  id: string,
  lasts: Duration,
  visitor: Visitor,
  now: Instant,
): Promise<Result<IssuedPass, ReasonId>> {
  const reached = await reachPerson(deps, caller, id);
  if (!reached.ok) return reached;
  const { account, factorsVersion } = reached.value;
  if (account.state === 'disabled') return err('account.disabled');
  // Whoever could make themselves a pass would have a second way past their own factors (I-19).
  if (isOwn(caller, account)) return err('account.own');
  // One person alone must not get into a privileged account; until two can approve, only the machine itself may (I-19).
  if (isPrivileged(account) && caller.kind !== 'operator') return err('recovery.operator_only');
  const life = temporaryPassLife(now, lasts);
  if (!life.ok) return life;
  const pass = makeTemporaryPass(deps.random.bytes(10));
  const salt = deps.codes.freshSalt();
  const digested = await deps.codes.digestCode(pass, salt);
  if (digested.kind === 'overloaded') return err('signin.busy');
  const expiresAt = life.value.validUntil;
  const made = await commitOr(deps, 'factor.raced', [
    {
      kind: 'factors.changed',
      accountId: account.id,
      version: factorsVersion,
      epoch: account.epoch,
      activates: false,
      revokes: false,
      session: null,
    },
    { kind: 'guess.forget', accountId: account.id, method: 'temporary-pass' },
    { kind: 'factor.replace', accountId: account.id, method: 'temporary-pass', now },
    {
      kind: 'factor.bind',
      factor: {
        id: asId(deps.random.uuid()),
        accountId: account.id,
        name: 'Temporary pass',
        boundBy: 'administrator',
        now,
        traits: { kind: 'plain' },
        secret: {
          method: 'temporary-pass',
          salt,
          digest: digested.digest,
          issuedBy: issuerOf(caller),
          expiresAt,
        },
      },
    },
    record(deps.random, visitor, now, {
      type: 'temporary_pass.issued',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
      detail: { minutes: lasts / 60_000 },
    }),
    ...notify(deps.random, account, 'temporary_pass_issued', { expires: String(expiresAt) }, now),
    ...(await alarmOwners(deps, account, visitor, now)),
  ]);
  return made.ok ? ok({ pass: showTemporaryPass(pass), expiresAt }) : made;
}
