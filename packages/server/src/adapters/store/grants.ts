import type { Strength } from '@countersign/core/factor/strength';
import { asId } from '@countersign/core/kernel/id';
import type { Door } from '@countersign/core/policy/ask';
import { sql } from 'kysely';
import type { GrantStore } from '../../ports/session-store.ts';
import type { Database } from './database.ts';
import { PERSON_JSON, toPerson, type PersonJson } from './people.ts';
import { SESSION_JSON, toSession, type SessionJson } from './sessions.ts';

interface Row {
  readonly id: string;
  readonly account_id: string;
  readonly session_id: string;
  readonly app_id: string;
  readonly door: Door;
  readonly strength: Strength;
  readonly acr: string | null;
  readonly amr: readonly string[];
  readonly auth_time: number;
  readonly issued_at: number;
  readonly revoked_at: number | null;
  readonly session: SessionJson;
  readonly person: PersonJson;
}

export function createGrantStore(database: Database): GrantStore {
  return {
    byId: async (id) => {
      const rows = await database.query<Row>(sql`
        select g.*, ${SESSION_JSON} as session, ${PERSON_JSON} as person
        from door_grant g join session s on s.id = g.session_id join account a on a.id = g.account_id
        where g.id = ${id}`);
      const row = rows[0];
      if (row === undefined) return null;
      return {
        grant: {
          id: asId(row.id),
          accountId: asId(row.account_id),
          sessionId: asId(row.session_id),
          appId: asId(row.app_id),
          door: row.door,
          strength: row.strength,
          acr: row.acr,
          amr: row.amr,
          authTime: row.auth_time,
          issuedAt: row.issued_at,
          because: [],
        },
        revokedAt: row.revoked_at,
        owner: { ...toSession(row.session), person: toPerson(row.person) },
      };
    },
  };
}
