import { asId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, type Caller } from './caller.ts';

/** Writes down who took the log out, and whose part of it, before the first line leaves. */
export async function recordExport(
  { random, commit }: Pick<DeskDeps, 'random' | 'commit'>,
  caller: Caller,
  person: string | null,
  visitor: Visitor,
  now: Instant,
): Promise<void> {
  const subject = person === null ? null : asId<'account'>(person);
  await commit([
    record(random, visitor, now, {
      type: 'audit.exported',
      actor: actorOf(caller),
      outcome: 'ok',
      subject,
      detail: { whole: person === null },
    }),
  ]);
}
