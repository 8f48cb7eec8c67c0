import type { GrantFacts } from '@countersign/core/grant/grant';
import type { AccountId, GrantId, SessionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { Session } from '@countersign/core/session/session';
import type { NewFactor } from './effects.ts';
import type { Person } from './person.ts';

export interface StoredSession {
  readonly session: Session;
  readonly secretHash: Uint8Array;
  /** For an enrolment session: what its holder proved to get it. */
  readonly boundBy: NewFactor['boundBy'] | null;
  readonly agent: string;
  readonly address: string;
}

export interface SessionOwner extends StoredSession {
  readonly person: Person;
}

export interface SessionStore {
  bySecret(secretHash: Uint8Array): Promise<SessionOwner | null>;
  byId(id: SessionId): Promise<SessionOwner | null>;
  /** Sessions that have not ended, newest use first. */
  ofAccount(accountId: AccountId): Promise<readonly StoredSession[]>;
  /** Notes a use, at most so often as the caller asks; idle life counts from here. */
  touch(id: SessionId, now: Instant): Promise<void>;
}

export interface StoredGrant {
  readonly grant: GrantFacts;
  readonly revokedAt: Instant | null;
  readonly owner: SessionOwner;
}

export interface GrantStore {
  byId(id: GrantId): Promise<StoredGrant | null>;
}
