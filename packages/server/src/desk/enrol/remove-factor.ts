import { isStrong, type Factor } from '@countersign/core/factor/factor';
import type { ReasonId } from '@countersign/core/audit/event';
import { atLeast } from '@countersign/core/factor/strength';
import type { FactorId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import { strongestReachable } from '@countersign/core/policy/offers';
import { Conflict } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { byAccount, record } from '../record.ts';
import { done, lacking, no, type Answer } from './answer.ts';
import { browserHash } from '../browser-hash.ts';
import { factorAuthority } from './factor-authority.ts';

/** Why a factor cannot be removed by its owner, or null if it can (I-15). */
export function keepReason(factor: Pick<Factor, 'id' | 'method'>, all: readonly Factor[]): ReasonId | null {
  const rest = all.filter(({ id }) => id !== factor.id);
  if (isStrong(factor.method) && !rest.some(({ method }) => isStrong(method))) return 'factor.last_strong';
  return atLeast(strongestReachable(rest), 'mfa') ? null : 'factor.needed';
}

/** Removes one of the person's own factors. Everything signed in elsewhere ends with it (S-56). */
export async function removeFactor(
  deps: Pick<DeskDeps, 'random' | 'commit'>,
  owner: SessionOwner,
  id: FactorId,
  visitor: Visitor,
  now: Instant,
): Promise<Answer<null>> {
  const { person, session } = owner;
  const { account } = person;
  const factor = person.factors.find((each) => each.id === id);
  if (factor === undefined) return no('factor.unknown');
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const kept = keepReason(factor, person.factors);
  if (kept !== null) return no(kept);
  try {
    await deps.commit([
      {
        kind: 'factors.changed',
        accountId: account.id,
        version: person.factorsVersion,
        epoch: account.epoch,
        activates: false,
        revokes: true,
        session: session.id,
      },
      { kind: 'browsers.forget', accountId: account.id, except: browserHash(visitor) },
      { kind: 'factor.remove', factorId: id, accountId: account.id, now },
      { kind: 'sessions.end', accountId: account.id, except: session.id, now },
      record(deps.random, visitor, now, {
        type: 'factor.removed',
        actor: byAccount(account.id),
        outcome: 'ok',
        subject: account.id,
        session: session.id,
        detail: { method: factor.method, factor: id },
      }),
      ...notify(
        deps.random,
        account,
        'factor_removed',
        { method: factor.method, factor: factor.name, address: visitor.address },
        now,
      ),
    ]);
  } catch (error) {
    if (error instanceof Conflict) return no('enrolment.raced');
    throw error;
  }
  return done(null);
}
