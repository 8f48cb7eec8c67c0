import { makeEvent } from '@countersign/core/audit/event';
import { EVENT_CLASS_NAMES, type EventClass } from '@countersign/core/audit/event-type';
import { asId } from '@countersign/core/kernel/id';
import { days, type Instant } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import type { RemovedParts, RetentionLimits } from '../../ports/audit-log.ts';
import type { AuditLogDeps } from './audit-log-deps.ts';
import { removePersonal } from './audit-log-erase.ts';

/** How long what names people is kept, unless the settings say otherwise. */
export const DEFAULT_RETENTION: RetentionLimits = {
  // A year finds a slow intrusion and covers a yearly review; sign-ins are most of what is stored about people.
  'sign-in': days(365),
  // Three years: the usual limitation of civil claims, and what auditors ask for about who changed what.
  administration: days(3 * 365),
  lifecycle: days(3 * 365),
  incident: days(3 * 365),
  // Names no one: nothing to remove.
  system: null,
};

async function record({ commit, random }: AuditLogDeps, removed: RemovedParts, now: Instant): Promise<void> {
  const event = makeEvent({
    id: asId(random.uuid()),
    at: now,
    type: 'audit.retained',
    detail: { ...removed },
  });
  await commit([{ kind: 'audit', event, salt: random.bytes(32) }]);
}

/** Removes what is older than its class may be kept. A run that ends early is made good by the next. */
export async function retain(
  deps: AuditLogDeps,
  limits: RetentionLimits,
  now: Instant,
): Promise<RemovedParts> {
  const removed: Record<EventClass, number> = {
    'sign-in': 0,
    administration: 0,
    lifecycle: 0,
    incident: 0,
    system: 0,
  };
  for (const name of EVENT_CLASS_NAMES) {
    const limit = limits[name];
    if (limit === null) continue;
    removed[name] = await removePersonal(deps.database, sql`class = ${name} and at < ${now - limit}`);
  }
  if (Object.values(removed).some((count) => count > 0)) await record(deps, removed, now);
  return removed;
}
