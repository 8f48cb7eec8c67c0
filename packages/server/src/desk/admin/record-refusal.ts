import type { ReasonId } from '@countersign/core/audit/event';
import { asId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, type Caller } from './caller.ts';

/** Writes down that somebody with a role tried what they may not: the trace of an escalation attempt (I-48, I-52). */
export async function recordRefusal(
  { random, commit }: Pick<DeskDeps, 'random' | 'commit'>,
  caller: Caller,
  refused: { readonly reason: ReasonId; readonly act: string; readonly subject: string | null },
  visitor: Visitor,
  now: Instant,
): Promise<void> {
  await commit([
    record(random, visitor, now, {
      type: 'administration.refused',
      actor: actorOf(caller),
      outcome: 'refused',
      reasons: [refused.reason],
      detail: refused.subject === null ? { act: refused.act } : { act: refused.act, target: refused.subject },
      subject: caller.kind === 'person' ? asId(caller.account.id) : null,
    }),
  ]);
}
