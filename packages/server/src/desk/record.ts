import type { AuditEvent, ReasonId } from '@countersign/core/audit/event';
import type { EventType } from '@countersign/core/audit/event-type';
import type { AccountId, AppId, GrantId, SessionId, TransactionId } from '@countersign/core/kernel/id';
import { asId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { Door } from '@countersign/core/policy/ask';
import type { Effect } from '../ports/effects.ts';
import type { Random } from '../ports/random.ts';
import type { Visitor } from './deps.ts';

/** Who acted: a person or machine by account, the operator on the local socket, the node itself, or a stranger. */
export type Actor = AuditEvent['actor'];

export interface Happening {
  readonly type: EventType;
  readonly actor: Actor;
  readonly outcome: AuditEvent['outcome'];
  readonly subject?: AccountId | null;
  readonly door?: Door | null;
  readonly app?: AppId | null;
  readonly transaction?: TransactionId | null;
  readonly session?: SessionId | null;
  readonly grant?: GrantId | null;
  readonly reasons?: readonly ReasonId[];
  readonly detail?: AuditEvent['detail'];
  readonly personal?: AuditEvent['personal'];
}

/**
 * The audit event of something that happens, as an effect: it is written in the same statement as what it records
 * (I-52). Address and browser go to the erasable part; the request id ties event, log line and screen together.
 */
export function record(random: Random, visitor: Visitor | null, now: Instant, happening: Happening): Effect {
  const { type, actor, outcome, reasons = [], detail = {}, personal = {} } = happening;
  const event: AuditEvent = {
    id: asId(random.uuid()),
    at: now,
    type,
    actor,
    outcome,
    reasons,
    subject: happening.subject ?? null,
    door: happening.door ?? null,
    app: happening.app ?? null,
    transaction: happening.transaction ?? null,
    session: happening.session ?? null,
    grant: happening.grant ?? null,
    detail: visitor === null ? detail : { ...detail, request: visitor.requestId },
    personal: visitor === null ? personal : { ...personal, address: visitor.address, agent: visitor.agent },
  };
  return { kind: 'audit', event, salt: random.bytes(32) };
}

export const byAccount = (id: AccountId): Actor => ({ kind: 'account', id });
export const STRANGER: Actor = { kind: 'stranger', id: null };
export const NODE: Actor = { kind: 'system', id: null };
