import { days, hours, type Instant } from '@countersign/core/kernel/time';
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

const BATCH = 1_000;

/**
 * Deletes what can no longer be of use: transactions and challenges an hour after their end, spray marks and unused
 * guess counts after a day, known browsers and ended sessions after their time. Grants keep what refers to them.
 */
export async function sweep(database: Database, now: Instant): Promise<void> {
  const old: readonly RawBuilder<unknown>[] = [
    sql`delete from signin_transaction where id in (select id from signin_transaction where expires_at < ${now - hours(1)} limit ${BATCH})`,
    sql`delete from challenge where hash in (select hash from challenge where expires_at < ${now - hours(1)} limit ${BATCH})`,
    sql`delete from pending_factor where id in (select id from pending_factor where expires_at < ${now - hours(1)} limit ${BATCH})`,
    sql`delete from password_guess_tag where at < ${now - hours(1)}`,
    sql`delete from guess_count where not suspended and consecutive = 0 and window_start < ${now - days(2)}`,
    sql`delete from known_browser where expires_at < ${now}`,
    sql`delete from outbox where id in (select id from outbox where coalesce(sent_at, given_up_at) < ${now - days(30)} limit ${BATCH})`,
    sql`delete from session s where s.id in (select id from session where ends_at < ${now - days(30)} limit ${BATCH})
      and not exists (select 1 from door_grant g where g.session_id = s.id)
      and not exists (select 1 from pending_factor p where p.session_id = s.id)`,
  ];
  for (const statement of old) await database.query(statement);
}
