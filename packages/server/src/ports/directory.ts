import type { Account, AccountState, Locale, Role } from '@countersign/core/account/account';
import type { EventType } from '@countersign/core/audit/event-type';
import type { JsonRecord } from '@countersign/core/audit/canonical-json';
import type { Personal } from '@countersign/core/audit/event';
import type { Method } from '@countersign/core/factor/factor';
import type { AccountId, EventId, SessionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { SessionKind } from '@countersign/core/session/session';
import type { App } from './apps.ts';

/** A part of a list: at most `limit` rows after the row that `after` names (keyset, so that pages stay fast). */
export interface Part<Key> {
  readonly after: Key | null;
  readonly limit: number;
}

/** Where a row stands in a list that is ordered by time. */
export interface TimeKey {
  readonly at: Instant;
  readonly id: string;
}

export interface NameKey {
  readonly name: string;
  readonly id: string;
}

export interface PersonRow {
  readonly id: AccountId;
  readonly login: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly state: AccountState;
  readonly roles: readonly Role[];
  readonly locale: Locale;
  readonly methods: readonly Method[];
  readonly createdAt: Instant;
  readonly lastSignInAt: Instant | null;
}

export interface PeopleFilter {
  /** Part of login, name or e-mail address. */
  readonly q: string | null;
  /** Exactly one canonical name. */
  readonly name: string | null;
  readonly state: AccountState | null;
}

export interface SessionRow {
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly login: string;
  readonly kind: SessionKind;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly endsAt: Instant;
  readonly agent: string;
  readonly address: string;
}

export interface EventRow {
  readonly id: EventId;
  readonly at: Instant;
  readonly class: string;
  /** Its position, counted through all logs; null until it is numbered. */
  readonly index: number | null;
  /** The public part, as `makeLeaf` gave it. */
  readonly entry: JsonRecord;
  readonly personal: Personal | null;
}

export interface EventFilter {
  readonly type: EventType | null;
  readonly subject: string | null;
  readonly since: Instant | null;
  readonly until: Instant | null;
}

/** The last signed statement of the log about itself. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
  readonly at: Instant;
}

/** How the newest log stands. */
export interface LogStanding {
  readonly origin: string | null;
  readonly size: number;
  /** Committed events that wait for their place. */
  readonly waiting: number;
  readonly checkpoint: StoredCheckpoint | null;
}

export interface Counts {
  readonly people: Readonly<Record<AccountState, number>>;
  readonly apps: number;
  readonly sessions: number;
}

/** Read models for lists: nothing in here is a secret, and nothing is decided by it. */
export interface Directory {
  /** By login. Accounts that set-up abandoned have no name any more and are not shown. */
  people(filter: PeopleFilter, part: Part<NameKey>): Promise<readonly PersonRow[]>;
  /** Sessions that live at `now`, newest first. */
  sessions(part: Part<TimeKey>, now: Instant): Promise<readonly SessionRow[]>;
  /** By name. */
  apps(part: Part<NameKey>): Promise<readonly App[]>;
  /** Newest first. */
  events(filter: EventFilter, part: Part<TimeKey>): Promise<readonly EventRow[]>;
  /** Active owners: who is told when an administrator's account is brought back. */
  owners(): Promise<readonly Pick<Account, 'id' | 'email' | 'locale' | 'displayName' | 'login'>[]>;
  counts(now: Instant): Promise<Counts>;
  auditLog(): Promise<LogStanding>;
  fidoMetadata(): Promise<{ readonly number: number; readonly loadedAt: Instant } | null>;
}
