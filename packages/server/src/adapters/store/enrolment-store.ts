import type { Account } from '@countersign/core/account/account';
import type { Method } from '@countersign/core/factor/factor';
import { sql } from 'kysely';
import type { EnrolmentStore, Invitation } from '../../ports/enrolment-store.ts';
import { bytea, type Database } from './database.ts';
import { PERSON_JSON } from './people.ts';

export function createEnrolmentStore(database: Database): EnrolmentStore {
  return {
    pending: async (id, sessionId, now) => {
      const rows = await database.query<{ method: Method; secret: Buffer | null }>(
        sql`select method, secret from pending_factor
          where id = ${id} and session_id = ${sessionId} and used_at is null and expires_at > ${now}`,
      );
      return rows[0] === undefined ? null : { id, method: rows[0].method, sealedSecret: rows[0].secret };
    },
    invitation: async (tokenHash) => {
      const rows = await database.query<{
        id: string;
        bound_by: Invitation['boundBy'];
        expires_at: number;
        used_at: number | null;
        person: { account: Account };
      }>(
        sql`select i.id, i.bound_by, i.expires_at, i.used_at, ${PERSON_JSON} as person
          from invitation i join account a on a.id = i.account_id where i.token_hash = ${bytea(tokenHash)}`,
      );
      const row = rows[0];
      if (row === undefined) return null;
      return {
        id: row.id,
        account: row.person.account,
        boundBy: row.bound_by,
        expiresAt: row.expires_at,
        usedAt: row.used_at,
      };
    },
  };
}
