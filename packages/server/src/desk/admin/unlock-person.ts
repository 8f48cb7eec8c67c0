import type { ReasonId } from '@countersign/core/audit/event';
import { ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, type Caller } from './caller.ts';
import { reachPerson } from './reach-person.ts';

/** Gives back what guesses used up, for a person who is locked out and was recognised. */
export async function unlockPerson(
  deps: Pick<DeskDeps, 'random' | 'commit' | 'people'>,
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, ReasonId>> {
  const reached = await reachPerson(deps, caller, id);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  await deps.commit([
    { kind: 'guess.clear', accountId: account.id },
    record(deps.random, visitor, now, {
      type: 'guess.cleared',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
    }),
  ]);
  return ok(null);
}
