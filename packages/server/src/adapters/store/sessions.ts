import type { Proof } from '@countersign/core/factor/proof';
import { asId } from '@countersign/core/kernel/id';
import type { SessionKind } from '@countersign/core/session/session';
import { sql, type RawBuilder } from 'kysely';
import type { NewFactor } from '../../ports/effects.ts';
import type { SessionOwner, SessionStore, StoredSession } from '../../ports/session-store.ts';
import { bytea, type Database } from './database.ts';
import { fromHex, PERSON_JSON, toPerson, type PersonJson } from './people.ts';

export const SESSION_JSON: RawBuilder<unknown> = sql`jsonb_build_object('id', s.id, 'secretHash', s.secret_hash, 'accountId', s.account_id,
  'kind', s.kind, 'proofs', s.proofs, 'boundBy', s.bound_by, 'epoch', s.epoch, 'startedAt', s.started_at, 'lastSeenAt', s.last_seen_at,
  'endsAt', s.ends_at, 'idle', s.idle, 'endedAt', s.ended_at, 'agent', s.agent, 'address', s.address)`;

export interface SessionJson {
  readonly id: string;
  readonly secretHash: string;
  readonly accountId: string;
  readonly kind: SessionKind;
  readonly proofs: readonly Proof[];
  readonly boundBy: NewFactor['boundBy'] | null;
  readonly epoch: number;
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly endsAt: number;
  readonly idle: number;
  readonly endedAt: number | null;
  readonly agent: string;
  readonly address: string;
}

export const toSession = ({
  id,
  secretHash,
  accountId,
  boundBy,
  agent,
  address,
  ...rest
}: SessionJson): StoredSession => ({
  session: { id: asId(id), accountId: asId(accountId), ...rest },
  secretHash: fromHex(secretHash),
  boundBy,
  agent,
  address,
});

/** The newest are what a person can act on; "end all others" reaches the rest. */
const MOST_LISTED = 50;

export function createSessionStore(database: Database): SessionStore {
  const owner = async (where: RawBuilder<unknown>): Promise<SessionOwner | null> => {
    const rows = await database.query<{ session: SessionJson; person: PersonJson }>(
      sql`select ${SESSION_JSON} as session, ${PERSON_JSON} as person
        from session s join account a on a.id = s.account_id where ${where}`,
    );
    const row = rows[0];
    return row === undefined ? null : { ...toSession(row.session), person: toPerson(row.person) };
  };
  return {
    bySecret: (hash) => owner(sql`s.secret_hash = ${bytea(hash)}`),
    byId: (id) => owner(sql`s.id = ${id}`),
    ofAccount: async (accountId) => {
      const rows = await database.query<{ session: SessionJson }>(
        sql`select ${SESSION_JSON} as session from session s
          where s.account_id = ${accountId} and s.ended_at is null order by s.last_seen_at desc, s.id limit ${MOST_LISTED}`,
      );
      return rows.map((row) => toSession(row.session));
    },
    touch: async (id, now) => {
      await database.query(
        sql`update session set last_seen_at = greatest(last_seen_at, ${now}) where id = ${id} and ended_at is null`,
      );
    },
  };
}
