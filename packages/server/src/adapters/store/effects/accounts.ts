import { sql } from 'kysely';
import { bytea } from '../database.ts';
import { mailParamsAt } from '../places.ts';
import { carry } from './factors.ts';
import { any, once, type Writers } from './fragment.ts';

type Kind =
  | 'account.create'
  | 'account.abandon'
  | 'account.state'
  | 'account.update'
  | 'owners.keep'
  | 'personal.erase'
  | 'account.revoke'
  | 'account.unchanged'
  | 'account.signed-in'
  | 'setup.owner'
  | 'setup.close'
  | 'mail';

export const accountWriters: Writers<Kind> = {
  'account.create': ({ account: a }) => [
    ...once(sql`insert into account (id, kind, state, login, display_name, email, locale, roles, user_handle, created_at)
      values (${a.id}, ${a.kind}, 'invited', ${a.login}, ${a.displayName}, ${a.email}, ${a.locale}, ${[...a.roles]}::text[], ${bytea(a.userHandle)}, ${a.now})
      returning 1`),
    ...any(sql`insert into account_name (name, account_id)
      select name, ${a.id}::uuid from unnest(${[...a.names]}::text[]) as name returning 1`),
  ],
  'account.abandon': (e) => [
    ...once(
      sql`update account set state = 'disabled', epoch = epoch + 1 where id = ${e.id} and state = 'invited' returning 1`,
    ),
    ...any(sql`delete from account_name where account_id = ${e.id} returning 1`),
  ],
  // Disabling raises the epoch too: every session and grant from before is void at once (I-05, I-31).
  'account.state': (e) => [
    ...once(sql`update account set state = ${e.to}, epoch = epoch + ${e.to === 'disabled' ? 1 : 0}
      where id = ${e.id} and state = any(${[...e.from]}::text[]) returning 1`),
  ],
  'account.update': ({ id, from, to, names, revoke }) => [
    ...once(sql`update account set display_name = ${to.displayName}, email = ${to.email}, locale = ${to.locale}, roles = ${[...to.roles]}::text[],
      epoch = epoch + ${revoke ? 1 : 0}
      where id = ${id} and display_name = ${from.displayName} and email is not distinct from ${from.email}::text
        and locale = ${from.locale} and roles = ${[...from.roles]}::text[] returning 1`),
    // A name that somebody else has breaks the primary key, and with it the whole statement.
    ...any(sql`insert into account_name (name, account_id)
      select name, ${id}::uuid from unnest(${[...names]}::text[]) as name
      where not exists (select 1 from account_name n where n.name = name.name and n.account_id = ${id}) returning 1`),
  ],
  // The owners' rows are locked in one order, so that of two such statements the second sees what the first did.
  'owners.keep': (e) =>
    once(sql`with owners as materialized (
        select id from account where 'owner' = any(roles) and state = 'active' order by id for update)
      select 1 from owners where id <> ${e.without} having count(*) >= 1`),
  'personal.erase': (e) => [
    ...any(sql`update session set agent = '', address = '' where account_id = ${e.accountId} returning 1`),
    ...any(sql`delete from outbox where account_id = ${e.accountId} returning 1`),
  ],
  'account.revoke': (e) => [
    ...once(
      sql`update account set epoch = epoch + 1 where id = ${e.accountId} and epoch = ${e.epoch} returning 1`,
    ),
    ...(e.keep === null ? [] : once(carry(e.keep, e.epoch))),
  ],
  'account.unchanged': (e) =>
    once(
      sql`select 1 from account where id = ${e.id} and epoch = ${e.epoch} and state <> 'disabled' for share`,
    ),
  'account.signed-in': (e) =>
    once(sql`update account set last_sign_in_at = ${e.now}
      where id = ${e.id} and state = 'active' and epoch = ${e.epoch} and factors_version = ${e.factorsVersion} returning 1`),
  'setup.owner': (e) =>
    once(sql`update deployment set setup_account_id = ${e.accountId}, organisation = ${e.organisation}, public_url = ${e.publicUrl},
      address_fixed_at = ${e.now} where id = 1 and setup_closed_at is null
        and setup_account_id is not distinct from ${e.unfinished}::uuid and setup_token_hash = ${bytea(e.tokenHash)} returning 1`),
  'setup.close': (e) =>
    e.accountId === null
      ? any(
          sql`update deployment set setup_closed_at = ${e.now}, setup_token_hash = null where id = 1 and setup_closed_at is null returning 1`,
        )
      : once(sql`update deployment set setup_closed_at = ${e.now}, setup_token_hash = null
          where id = 1 and setup_closed_at is null and setup_account_id = ${e.accountId} returning 1`),
  mail: (e, sealer) =>
    once(sql`insert into outbox (id, account_id, recipient, template, locale, params, due_at)
      values (${e.id}, ${e.accountId}, ${e.recipient}, ${e.template}, ${e.locale},
        ${sealer.seal(mailParamsAt(e.id), Buffer.from(JSON.stringify(e.params), 'utf8'))}, ${e.now}) returning 1`),
};
