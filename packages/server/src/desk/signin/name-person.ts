import { canonicalName } from '@countersign/core/account/canonical-name';
import type { Instant } from '@countersign/core/kernel/time';
import { advance } from '@countersign/core/signin/signin';
import { Conflict } from '../../ports/effects.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { openStep } from './open-step.ts';
import { refused, type Step, type StepKey } from './step.ts';

/** Says who wants to sign in. The answer is the same for a name that exists and one that does not (I-60). */
export async function namePerson(
  deps: Pick<DeskDeps, 'signins' | 'vault' | 'people' | 'commit'>,
  key: StepKey,
  typed: string,
  visitor: Visitor,
  now: Instant,
): Promise<Step> {
  const step = await openStep(deps, key, visitor, now);
  if (step.kind === 'ended') return step;
  const name = canonicalName(typed);
  if (!name.ok) return refused(name.error);

  const { transaction } = step.facts;
  // A step-up is about the person of the session; another name would start over, and that is a sign-out first.
  if (transaction.sessionId !== null) return { kind: 'continue', secret: null };
  const person = await deps.people.byName(name.value);
  const next = advance(transaction.state, {
    kind: 'named',
    name: name.value,
    accountId: person?.account.id ?? null,
    subject: person?.account.id ?? deps.vault.strangerSubject(name.value),
    epoch: person?.account.epoch ?? 0,
  });
  if (!next.ok) return { kind: 'ended', reason: next.error, opened: transaction.opened };
  try {
    await deps.commit([
      {
        kind: 'transaction.save',
        id: key.id,
        version: transaction.version,
        state: next.value,
        secretHash: null,
      },
    ]);
  } catch (error) {
    if (error instanceof Conflict) return refused('signin.raced');
    throw error;
  }
  return { kind: 'continue', secret: null };
}
