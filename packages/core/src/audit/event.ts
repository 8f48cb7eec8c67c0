import type { AccountId, AppId, EventId, GrantId, SessionId, TransactionId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';
import type { EventType } from './event-type.ts';

/** Lower-case dotted, as in `push.wrong_number`; the one table of them serves screens, log and docs (design §10.14). */
export type ReasonId = `${string}.${string}`;

/** Who did it. A stranger has shown nothing yet; an operator has a shell on the machine. */
export interface Actor {
  readonly kind: 'account' | 'operator' | 'system' | 'stranger';
  readonly id: string | null;
}

export type Detail = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What says who a human is: the name typed, addresses, the user agent. Erasable, so it never enters the leaf itself. */
export type Personal = Readonly<Record<string, string>>;

/** One thing that happened (R-AUD-03: when, where, who, what). Everything but `personal` is kept for ever. */
export interface AuditEvent {
  readonly id: EventId;
  readonly at: Instant;
  readonly type: EventType;
  readonly actor: Actor;
  /** The account that it happened to, which is often not the actor. */
  readonly subject: AccountId | null;
  /** A door, or the surface it came through. */
  readonly door: string | null;
  readonly app: AppId | null;
  readonly transaction: TransactionId | null;
  readonly session: SessionId | null;
  readonly grant: GrantId | null;
  readonly outcome: 'ok' | 'refused' | 'failed';
  readonly reasons: readonly ReasonId[];
  readonly detail: Detail;
  readonly personal: Personal;
}

/** What an event has to say; the rest has a default. */
export type EventFacts = Pick<AuditEvent, 'id' | 'at' | 'type'> & Partial<AuditEvent>;

const NOTHING_MORE = {
  actor: { kind: 'system', id: null },
  subject: null,
  door: null,
  app: null,
  transaction: null,
  session: null,
  grant: null,
  outcome: 'ok',
  reasons: [],
  detail: {},
  personal: {},
} as const satisfies Omit<AuditEvent, 'id' | 'at' | 'type'>;

/** An event as it happened. It may still hold a secret by mistake: only `redactEvent` makes it fit for the log. */
export const makeEvent = (facts: EventFacts): AuditEvent => ({ ...NOTHING_MORE, ...facts });
