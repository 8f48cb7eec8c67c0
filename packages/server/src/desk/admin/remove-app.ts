import type { ReasonId } from '@countersign/core/audit/event';
import { asId } from '@countersign/core/kernel/id';
import { err, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, mayAdminister, type Caller } from './caller.ts';
import { commitOr } from './reach-person.ts';

/** The app is gone for its users, and every grant for it is void (I-31). */
export async function removeApp(
  deps: Pick<DeskDeps, 'random' | 'commit'>,
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, ReasonId>> {
  if (!mayAdminister(caller)) return err('role.missing');
  return commitOr(deps, 'app.unknown', [
    { kind: 'app.remove', id, now },
    record(deps.random, visitor, now, {
      type: 'app.removed',
      actor: actorOf(caller),
      outcome: 'ok',
      app: asId(id),
    }),
  ]);
}
