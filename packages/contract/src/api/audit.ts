import { EVENT_TYPES } from '@countersign/core/audit/event-type';
import { z } from 'zod';
import { pageOf, pageQuery } from './paging.ts';
import { id, instant, moment } from './scalars.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()]);

/** An event as it is kept. `index` is its position, counted through all logs; null for the moment until it is numbered. */
export const auditEvent = z.strictObject({
  id,
  index: z.int().nullable(),
  at: instant,
  type: z.string(),
  class: z.string(),
  actor: z.strictObject({ kind: z.string(), id: z.string().nullable() }),
  subject: z.string().nullable(),
  door: z.string().nullable(),
  app: z.string().nullable(),
  session: z.string().nullable(),
  grant: z.string().nullable(),
  outcome: z.enum(['ok', 'refused', 'failed']),
  reasons: z.array(z.string()).readonly(),
  detail: z.record(z.string(), value),
  /** Who a human is: null where the event names nobody, or was erased. */
  personal: z.record(z.string(), z.string()).nullable(),
});
export type AuditEventAnswer = z.output<typeof auditEvent>;

/** Newest first. A moment bounds as `since` ≤ event < `until`. */
export const eventsQuery = z.strictObject({
  ...pageQuery,
  type: z.exactOptional(z.enum(EVENT_TYPES)),
  subject: z.exactOptional(id),
  since: z.exactOptional(moment),
  until: z.exactOptional(moment),
});
export const eventPage = pageOf(auditEvent);

/** Lines of an export as `countersign audit verify` reads them: the whole log, or what concerns one person, with proofs. */
export const exportQuery = z.strictObject({ subject: z.exactOptional(id) });

/** The last signed statement of the log about itself (C2SP tlog-checkpoint), to be kept elsewhere. */
export const checkpointAnswer = z.strictObject({ size: z.int(), at: instant, note: z.string() });
export type CheckpointAnswer = z.output<typeof checkpointAnswer>;
