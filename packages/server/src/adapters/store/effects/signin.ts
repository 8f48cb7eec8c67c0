import { sql } from 'kysely';
import { bytea, json } from '../database.ts';
import { any, once, type Writers } from './fragment.ts';

type Kind =
  | 'transaction.open'
  | 'transaction.save'
  | 'guess.settle'
  | 'guess.clear'
  | 'guess.forget'
  | 'guess.lift'
  | 'spray.mark'
  | 'challenge.make'
  | 'browser.know'
  | 'browsers.forget';

const accountOf = (state: { readonly kind: string; readonly accountId?: string | null }): string | null =>
  state.accountId ?? null;

export const signinWriters: Writers<Kind> = {
  'transaction.open': (e) =>
    once(sql`insert into signin_transaction (id, secret_hash, state, ask, account_id, session_id, created_at, expires_at)
      values (${e.id}, ${bytea(e.secretHash)}, ${json(e.state)}, ${json(e.ask)}, ${accountOf(e.state)}, ${e.sessionId}, ${e.now}, ${e.expiresAt})
      returning 1`),
  'transaction.save': (e) =>
    once(sql`update signin_transaction set version = version + 1, state = ${json(e.state)}, account_id = ${accountOf(e.state)},
      secret_hash = coalesce(${e.secretHash === null ? null : bytea(e.secretHash)}::bytea, secret_hash)
      where id = ${e.id} and version = ${e.version} returning 1`),
  'guess.settle': (e) =>
    any(sql`update guess_count set consecutive = ${e.count.consecutive}, in_window = greatest(0, in_window - 1),
      locked_until = ${e.count.lockedUntil}, suspended = ${e.count.suspended}, version = version + 1
      where subject = ${e.key.subject} and method = ${e.key.method} and lane = ${e.key.lane} returning 1`),
  'guess.clear': (e) => any(sql`delete from guess_count where subject = ${e.accountId} returning 1`),
  'guess.forget': (e) =>
    any(sql`delete from guess_count where subject = ${e.accountId} and method = ${e.method} returning 1`),
  'guess.lift': (e) => [
    ...any(sql`update guess_count set suspended = false, locked_until = 0, version = version + 1
      where subject = ${e.accountId} and lane is distinct from ${e.lane} and (suspended or locked_until > 0) returning 1`),
    ...any(sql`delete from guess_count where subject = ${e.accountId} and lane = ${e.lane} returning 1`),
  ],
  'spray.mark': (e) =>
    any(sql`insert into password_guess_tag (tag, subject, at) values (${e.tag}, ${e.subject}, ${e.now})
      on conflict (tag, subject) do update set at = excluded.at returning 1`),
  'challenge.make': (e) =>
    once(sql`insert into challenge (hash, purpose, owner, account_id, expires_at)
      values (${bytea(e.hash)}, ${e.purpose}, ${e.owner}, ${e.accountId}, ${e.expiresAt}) returning 1`),
  'browser.know': (e) =>
    any(sql`insert into known_browser (secret_hash, account_id, lane, created_at, last_used_at, expires_at)
      values (${bytea(e.secretHash)}, ${e.accountId}, ${e.lane}, ${e.now}, ${e.now}, ${e.expiresAt})
      on conflict (secret_hash, account_id) do update set last_used_at = excluded.last_used_at, expires_at = excluded.expires_at
      returning 1`),
  'browsers.forget': (e) =>
    any(sql`delete from known_browser where account_id = ${e.accountId}
      and secret_hash is distinct from ${e.except === null ? null : bytea(e.except)}::bytea returning 1`),
};
