import { randomUUID } from 'node:crypto';
import { days, hours, minutes } from '@countersign/core/kernel/time';
import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drain } from '../../jobs/drain.ts';
import { startTestStore, type TestStore } from './store-for-tests.ts';
import { sweepers } from './sweep.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const OLD = NOW - days(31);
const never = new AbortController().signal;

let store: TestStore;
let account: string;

beforeAll(async () => {
  store = await startTestStore();
  account = randomUUID();
  await run(sql`insert into account (id, kind, state, login, display_name, user_handle, created_at)
    values (${account}, 'person', 'active', 'ana', 'Ana', ${Buffer.from(account)}, ${OLD})`);
});
afterAll(() => store.stop());

const run = (statement: RawBuilder<unknown>) => store.database.query(statement);
const sweep = (): Promise<void> => drain(sweepers(store.database, NOW), never);
const count = async (table: string, where: RawBuilder<unknown> = sql`true`): Promise<number> => {
  const rows = await store.database.query<{ n: number }>(
    sql`select count(*)::int as n from ${sql.table(table)} where ${where}`,
  );
  return rows[0]?.n ?? 0;
};
/** `n` sessions that end at `endsAt`, each with a grant. */
const sessions = (n: number, endsAt: number) =>
  run(sql`with made as (
    insert into session (id, secret_hash, account_id, kind, proofs, epoch, started_at, last_seen_at, ends_at, idle, agent, address)
    select gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), ${account}::uuid, 'full', '[]', 0, ${endsAt - hours(12)}, 0, ${endsAt}, 0, '', ''
    from generate_series(1, ${n}) returning id)
  insert into door_grant (id, account_id, session_id, app_id, door, strength, amr, auth_time, issued_at)
  select gen_random_uuid(), ${account}::uuid, id, ${randomUUID()}::uuid, 'oidc', 'mfa', '{}', 0, 0 from made`);

it('a flood of abandoned sign-ins is gone after one sweep, and those under way stay', async () => {
  const open = (n: number, expiresAt: number) =>
    run(sql`insert into signin_transaction (id, secret_hash, state, ask, created_at, expires_at)
      select gen_random_uuid(), '', '{}', '{}', 0, ${expiresAt} from generate_series(1, ${n})`);
  await open(5_000, NOW - hours(2));
  await open(3, NOW + minutes(15));
  await sweep();
  expect(await count('signin_transaction')).toBe(3);
});

it('old grants go, and with them their sessions, however many stand before them that must stay', async () => {
  await sessions(1_200, OLD); // each held by something that lives under its grant
  await run(sql`insert into oidc_artifact (model, id_hash, grant_id, payload, expires_at)
    select 'RefreshToken', sha256(id::text::bytea), id, '', ${NOW + days(1)} from door_grant`);
  await sessions(2_500, OLD);
  await sessions(2, NOW - days(29));
  await sessions(2, NOW + hours(1));
  await sweep();
  expect([await count('door_grant'), await count('session')]).toEqual([1_204, 1_204]);

  await run(sql`delete from oidc_artifact`);
  await run(sql`insert into logout_target (session_id, app_id, account_id, created_at, next_try_at)
    select id, gen_random_uuid(), account_id, 0, ${NOW} from session where ends_at = ${OLD} limit 1`);
  await sweep();
  // An app that has not been told yet keeps the session that it must be told of.
  expect([await count('door_grant'), await count('session')]).toEqual([4, 5]);
  await run(sql`delete from logout_target`);
  await sweep();
  expect(await count('session')).toBe(4);
});

it('guesses at names that nobody has are forgotten after a month; those at an account are not', async () => {
  const guess = (subject: string, windowStart: number, consecutive: number, suspended: boolean) =>
    run(sql`insert into guess_count (subject, method, lane, consecutive, window_start, in_window, locked_until, suspended)
      values (${subject}, 'password', '', ${consecutive}, ${windowStart}, 0, 0, ${suspended})`);
  await run(sql`insert into guess_count (subject, method, lane, consecutive, window_start, in_window, locked_until, suspended)
    select 'name:' || n, 'password', '', 1, ${OLD}, 1, 0, false from generate_series(1, 3000) n`);
  await guess('name:suspended', OLD, 100, true);
  await guess('name:lately', NOW - days(3), 4, false);
  await guess('spent', NOW - days(3), 0, false);
  await guess('failing', OLD, 4, false);
  await guess('off', OLD, 0, true);
  await guess('today', NOW - hours(1), 0, false);
  await sweep();
  const left = await store.database.query<{ subject: string }>(
    sql`select subject from guess_count order by subject`,
  );
  expect(left.map(({ subject }) => subject)).toEqual(['failing', 'name:lately', 'off', 'today']);
});

it('links, browsers, mails, challenges and half-made factors go in their own time', async () => {
  const byteOf = (n: number): Buffer => Buffer.from([n]);
  for (const [n, at] of [
    [1, OLD],
    [2, NOW - days(29)],
  ] as const) {
    await run(sql`insert into invitation (id, token_hash, account_id, bound_by, issued_by, issued_at, expires_at, used_at)
      values (${randomUUID()}, ${byteOf(n)}, ${account}, 'invitation', 'x', 0, ${at}, ${at})`);
    await run(sql`insert into outbox (id, recipient, template, locale, params, due_at, sent_at)
      values (${randomUUID()}, 'a@example.org', 'x', 'en', '', 0, ${at})`);
    await run(sql`insert into outbox (id, recipient, template, locale, params, due_at, given_up_at)
      values (${randomUUID()}, 'a@example.org', 'x', 'en', '', 0, ${at})`);
  }
  await run(sql`insert into outbox (id, recipient, template, locale, params, due_at)
    values (${randomUUID()}, 'a@example.org', 'x', 'en', '', ${OLD})`);
  await run(sql`insert into pending_factor (id, session_id, account_id, method, expires_at)
    select gen_random_uuid(), id, account_id, 'totp', ${NOW - hours(2)} from session limit 1`);
  for (const [n, at] of [
    [1, NOW - hours(2)],
    [2, NOW + minutes(1)],
  ] as const) {
    await run(sql`insert into known_browser (secret_hash, account_id, lane, created_at, last_used_at, expires_at)
      values (${byteOf(n)}, ${account}, 'l', 0, 0, ${at})`);
    await run(
      sql`insert into challenge (hash, purpose, owner, expires_at) values (${byteOf(n)}, 'x', ${randomUUID()}, ${at})`,
    );
    await run(sql`insert into password_guess_tag (tag, subject, at) values (${String(n)}, 's', ${at})`);
  }
  await sweep();
  const left = await Promise.all(
    ['invitation', 'outbox', 'pending_factor', 'known_browser', 'challenge', 'password_guess_tag'].map(
      (table) => count(table),
    ),
  );
  expect(left).toEqual([1, 3, 0, 1, 1, 1]);
});
