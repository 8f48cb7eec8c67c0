import { days, hours, type Instant } from '@countersign/core/kernel/time';
import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.ts';

/** Removes at most `limit` rows that are over; how many it removed. Fewer than `limit` means: none is left. */
export type Sweeper = (limit: number) => Promise<number>;

/** How long what is over is kept for whoever asks what became of it: the helpdesk, or a late click on a link. */
const KEPT = days(30);

interface Old {
  readonly table: string;
  /** Which rows `t` may go. Everything that keeps a row stands here, so that the limit counts only rows that go. */
  readonly over: (now: Instant) => RawBuilder<boolean>;
}

/** In this order: what refers to a row goes before the row. */
const OLD: readonly Old[] = [
  { table: 'signin_transaction', over: (now) => sql`t.expires_at < ${now - hours(1)}` },
  { table: 'challenge', over: (now) => sql`t.expires_at < ${now - hours(1)}` },
  { table: 'pending_factor', over: (now) => sql`t.expires_at < ${now - hours(1)}` },
  { table: 'password_guess_tag', over: (now) => sql`t.at < ${now - hours(1)}` },
  // A window is a day, so a row whose window began earlier was not touched since. A count at an account stays until it
  // is cleared; one at a name that nobody has is only a stranger's to make, as often as he likes.
  {
    table: 'guess_count',
    over: (now) => sql`t.window_start < ${now - days(2)} and (not t.suspended and t.consecutive = 0
      or t.subject like 'name:%' and t.window_start < ${now - KEPT})`,
  },
  { table: 'known_browser', over: (now) => sql`t.expires_at < ${now}` },
  { table: 'invitation', over: (now) => sql`t.expires_at < ${now - KEPT}` },
  {
    table: 'outbox',
    over: (now) => sql`coalesce(t.sent_at, t.given_up_at) < ${now - KEPT}`,
  },
  // An offline refresh outlives the session it came from: its grant stays while anything lives under it.
  {
    table: 'door_grant',
    over: (
      now,
    ) => sql`exists (select 1 from session s where s.id = t.session_id and s.ends_at < ${now - KEPT})
      and not exists (select 1 from oidc_artifact a where a.grant_id = t.id)`,
  },
  {
    table: 'session',
    over: (now) => sql`t.ends_at < ${now - KEPT}
      and not exists (select 1 from door_grant g where g.session_id = t.id)
      and not exists (select 1 from logout_target l where l.session_id = t.id)
      and not exists (select 1 from pending_factor p where p.session_id = t.id)`,
  },
];

/** One sweeper a table, for what can no longer be of use at `now`. Rows that another statement holds wait for the next time. */
export const sweepers = (database: Database, now: Instant): readonly Sweeper[] =>
  OLD.map(({ table, over }) => async (limit) => {
    const gone = await database.query<{ n: number }>(sql`with gone as (
        delete from ${sql.table(table)} where ctid = any(array(
          select t.ctid from ${sql.table(table)} t where ${over(now)} limit ${limit} for update of t skip locked)) returning 1)
      select count(*)::int as n from gone`);
    return gone[0]?.n ?? 0;
  });
