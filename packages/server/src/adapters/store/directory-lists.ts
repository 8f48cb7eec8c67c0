import type { Strength } from '@countersign/core/factor/strength';
import { asId } from '@countersign/core/kernel/id';
import { sql, type RawBuilder } from 'kysely';
import type { App } from '../../ports/apps.ts';
import type {
  EventFilter,
  EventRow,
  NameKey,
  Part,
  PeopleFilter,
  PersonRow,
  SessionRow,
  TimeKey,
} from '../../ports/directory.ts';
import type { Database } from './database.ts';

type Condition = RawBuilder<unknown> | null;

const where = (...conditions: readonly Condition[]): RawBuilder<unknown> => {
  const held = conditions.filter((condition) => condition !== null);
  return held.length === 0 ? sql`` : sql`where ${sql.join(held, sql` and `)}`;
};

const given = <T>(value: T | null, condition: (value: T) => RawBuilder<unknown>): Condition =>
  value === null ? null : condition(value);

/** What somebody types is text, not a pattern. */
const like = (text: string): string => `%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

export async function listPeople(
  database: Database,
  { q, name, state }: PeopleFilter,
  { after, limit }: Part<NameKey>,
): Promise<readonly PersonRow[]> {
  return database.query<PersonRow>(sql`select a.id, a.login, a.display_name as "displayName", a.email, a.state, a.roles, a.locale,
      coalesce((select array_agg(distinct f.method order by f.method) from factor f where f.account_id = a.id and f.removed_at is null), '{}') as methods,
      a.created_at as "createdAt", a.last_sign_in_at as "lastSignInAt"
    from account a ${where(
      sql`a.kind = 'person'`,
      sql`exists (select 1 from account_name n where n.account_id = a.id)`,
      given(
        q,
        (text) =>
          sql`(a.login like ${like(text)} or lower(a.display_name) like ${like(text)} or lower(a.email) like ${like(text)})`,
      ),
      given(name, (text) => sql`a.id = (select n.account_id from account_name n where n.name = ${text})`),
      given(state, (text) => sql`a.state = ${text}`),
      given(after, (key) => sql`(a.login, a.id) > (${key.name}, ${key.id}::uuid)`),
    )} order by a.login, a.id limit ${limit}`);
}

export async function listSessions(
  database: Database,
  { after, limit }: Part<TimeKey>,
  now: number,
): Promise<readonly SessionRow[]> {
  return database.query<SessionRow>(sql`select s.id, s.account_id as "accountId", a.login, s.kind, s.started_at as "startedAt",
      s.last_seen_at as "lastSeenAt", s.ends_at as "endsAt", s.agent, s.address
    from session s join account a on a.id = s.account_id ${where(
      sql`s.ended_at is null and s.epoch = a.epoch and s.ends_at > ${now}::bigint and s.last_seen_at + s.idle > ${now}::bigint`,
      given(after, (key) => sql`(s.started_at, s.id) < (${key.at}::bigint, ${key.id}::uuid)`),
    )} order by s.started_at desc, s.id desc limit ${limit}`);
}

interface AppRow {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly metadata: App['metadata'];
  readonly strength: Strength | null;
  readonly createdAt: number;
}

export async function listApps(database: Database, { after, limit }: Part<NameKey>): Promise<readonly App[]> {
  const rows =
    await database.query<AppRow>(sql`select id, name, client_id as "clientId", metadata, strength, created_at as "createdAt"
    from app ${where(
      sql`removed_at is null`,
      given(after, (key) => sql`(name, id) > (${key.name}, ${key.id}::uuid)`),
    )} order by name, id limit ${limit}`);
  return rows.map((row) => ({ ...row, id: asId<'app'>(row.id) }));
}

export async function listEvents(
  database: Database,
  { type, subject, since, until }: EventFilter,
  { after, limit }: Part<TimeKey>,
): Promise<readonly EventRow[]> {
  return database.query<EventRow>(sql`select id, at, class, leaf_index as index, entry, personal
    from audit_event ${where(
      given(type, (text) => sql`type = ${text}`),
      given(subject, (text) => sql`subject = ${text}::uuid`),
      given(since, (at) => sql`at >= ${at}::bigint`),
      given(until, (at) => sql`at < ${at}::bigint`),
      given(after, (key) => sql`(at, id) < (${key.at}::bigint, ${key.id}::uuid)`),
    )} order by at desc, id desc limit ${limit}`);
}
