import { asId } from '@countersign/core/kernel/id';
import { sql } from 'kysely';
import type { LogoutTargets } from '../../ports/logout-targets.ts';
import type { Database } from './database.ts';

interface Row {
  readonly session_id: string;
  readonly app_id: string;
  readonly account_id: string;
  readonly attempts: number;
}

/** A session is over for its apps when somebody ended it or the account's epoch rose, not when it merely ran out. */
export function createLogoutTargets(database: Database): LogoutTargets {
  return {
    note: async ({ sessionId, appId, accountId }, now) => {
      await database.query(sql`insert into logout_target (session_id, app_id, account_id, created_at, next_try_at)
        values (${sessionId}, ${appId}, ${accountId}, ${now}, ${now}) on conflict do nothing`);
    },
    take: async (now, leaseUntil, limit) => {
      const rows = await database.query<Row>(sql`
        update logout_target t set next_try_at = ${leaseUntil}, attempts = t.attempts + 1
        from (
          select l.session_id, l.app_id from logout_target l
          join session s on s.id = l.session_id join account a on a.id = l.account_id
          where l.done_at is null and l.next_try_at <= ${now} and (s.ended_at is not null or a.epoch <> s.epoch)
          order by l.next_try_at limit ${limit} for update of l skip locked
        ) due
        where t.session_id = due.session_id and t.app_id = due.app_id
        returning t.session_id, t.app_id, t.account_id, t.attempts`);
      return rows.map((row) => ({
        sessionId: asId(row.session_id),
        appId: asId(row.app_id),
        accountId: asId(row.account_id),
        attempts: row.attempts,
      }));
    },
    done: async ({ sessionId, appId }, now) => {
      await database.query(
        sql`update logout_target set done_at = ${now} where session_id = ${sessionId} and app_id = ${appId}`,
      );
    },
    retryAt: async ({ sessionId, appId }, at) => {
      await database.query(
        sql`update logout_target set next_try_at = ${at} where session_id = ${sessionId} and app_id = ${appId}`,
      );
    },
    deleteOld: async (before, limit) => {
      const rows = await database.query(sql`delete from logout_target where ctid = any(array(
        select l.ctid from logout_target l join session s on s.id = l.session_id
        where l.done_at <= ${before} or (s.ended_at is null and s.ends_at <= ${before})
        limit ${limit} for update of l skip locked)) returning 1`);
      return rows.length;
    },
  };
}
