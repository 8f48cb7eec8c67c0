import type { Account } from '@countersign/core/account/account';
import { asId } from '@countersign/core/kernel/id';
import { sql } from 'kysely';
import type { Counts, Directory, LogStanding } from '../../ports/directory.ts';
import type { Database } from './database.ts';
import { listApps, listEvents, listPeople, listSessions } from './directory-lists.ts';

export function createDirectory(database: Database): Directory {
  return {
    people: (filter, part) => listPeople(database, filter, part),
    sessions: (part, now) => listSessions(database, part, now),
    apps: (part) => listApps(database, part),
    events: (filter, part) => listEvents(database, filter, part),
    owners: async () => {
      const rows = await database.query<
        Pick<Account, 'login' | 'email' | 'locale' | 'displayName'> & { id: string }
      >(
        sql`select id, login, email, locale, display_name as "displayName" from account
          where 'owner' = any(roles) and state = 'active' order by id`,
      );
      return rows.map((row) => ({ ...row, id: asId<'account'>(row.id) }));
    },
    counts: async (now) => {
      const rows = await database.query<{ counts: Counts }>(sql`select jsonb_build_object(
        'people', (select jsonb_build_object('invited', count(*) filter (where state = 'invited'),
            'active', count(*) filter (where state = 'active'), 'disabled', count(*) filter (where state = 'disabled'))
          from account a where exists (select 1 from account_name n where n.account_id = a.id)),
        'apps', (select count(*) from app where removed_at is null),
        'sessions', (select count(*) from session s join account a on a.id = s.account_id
          where s.ended_at is null and s.epoch = a.epoch and s.ends_at > ${now}::bigint and s.last_seen_at + s.idle > ${now}::bigint)
        ) as counts`);
      const row = rows[0];
      if (row === undefined) throw new Error('the store answered a count with nothing');
      return row.counts;
    },
    auditLog: async () => {
      const rows = await database.query<{ log: LogStanding }>(sql`select jsonb_build_object(
        'origin', l.origin, 'size', coalesce(l.size, 0),
        'waiting', (select count(*) from audit_event where leaf_index is null),
        'checkpoint', (select jsonb_build_object('size', c.size, 'note', c.note, 'at', c.at)
          from audit_checkpoint c where c.log = l.id order by c.size desc limit 1)) as log
        from (select 1) as one left join (select * from audit_log order by id desc limit 1) as l on true`);
      return rows[0]?.log ?? { origin: null, size: 0, waiting: 0, checkpoint: null };
    },
    fidoMetadata: async () => {
      const rows = await database.query<{ number: number; loaded_at: number }>(
        sql`select number, loaded_at from fido_metadata`,
      );
      return rows[0] === undefined ? null : { number: rows[0].number, loadedAt: rows[0].loaded_at };
    },
  };
}
