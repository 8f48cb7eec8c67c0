import type { FactorId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import { Conflict } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { byAccount, record } from '../record.ts';
import { done, lacking, no, type Answer } from './answer.ts';
import { factorAuthority } from './factor-authority.ts';

const LONGEST_NAME = 60;

/** A factor's name as typed, fit to be shown: trimmed, bounded, without control characters. */
export const factorName = (typed: string): string =>
  typed.replaceAll(/\p{C}/gu, '').trim().slice(0, LONGEST_NAME);

export async function renameFactor(
  deps: Pick<DeskDeps, 'random' | 'commit'>,
  owner: SessionOwner,
  id: FactorId,
  typed: string,
  visitor: Visitor,
  now: Instant,
): Promise<Answer<null>> {
  const name = factorName(typed);
  if (name === '') return no('factor.name_empty');
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const { id: accountId } = owner.person.account;
  try {
    await deps.commit([
      { kind: 'factor.rename', factorId: id, accountId, name },
      record(deps.random, visitor, now, {
        type: 'factor.renamed',
        actor: byAccount(accountId),
        outcome: 'ok',
        subject: accountId,
        detail: { factor: id },
      }),
    ]);
  } catch (error) {
    if (error instanceof Conflict) return no('factor.unknown');
    throw error;
  }
  return done(null);
}
