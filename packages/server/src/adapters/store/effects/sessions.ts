import { sql } from 'kysely';
import { bytea, json } from '../database.ts';
import { any, once, type Writers } from './fragment.ts';

type Kind =
  | 'session.start'
  | 'session.raise'
  | 'session.end'
  | 'sessions.end'
  | 'enrolments.end'
  | 'grant.issue'
  | 'grant.revoke'
  | 'invitation.make'
  | 'invitation.use'
  | 'invitations.end';

export const sessionWriters: Writers<Kind> = {
  'session.start': ({ session: s }) =>
    once(sql`insert into session (id, secret_hash, account_id, kind, proofs, bound_by, epoch, started_at, last_seen_at, ends_at, idle, agent, address)
      values (${s.id}, ${bytea(s.secretHash)}, ${s.accountId}, ${s.kind}, ${json(s.proofs)}, ${s.boundBy}, ${s.epoch},
        ${s.now}, ${s.now}, ${s.endsAt}, ${s.idle}, ${s.agent}, ${s.address}) returning 1`),
  'session.raise': (e) =>
    once(sql`update session set secret_hash = ${bytea(e.secretHash)}, proofs = ${json(e.proofs)}, last_seen_at = ${e.now}
      where id = ${e.id} and ended_at is null and ends_at > ${e.now}
        and epoch = (select epoch from account where account.id = session.account_id) returning 1`),
  'session.end': (e) => [
    ...once(sql`update session set ended_at = ${e.now}
      where id = ${e.id} and account_id = ${e.accountId} and ended_at is null returning 1`),
    ...any(
      sql`update door_grant set revoked_at = ${e.now} where session_id = ${e.id} and revoked_at is null returning 1`,
    ),
  ],
  'sessions.end': (e) => [
    ...any(sql`update session set ended_at = ${e.now}
      where account_id = ${e.accountId} and ended_at is null and id is distinct from ${e.except}::uuid returning 1`),
    ...any(sql`update door_grant set revoked_at = ${e.now}
      where account_id = ${e.accountId} and revoked_at is null and session_id is distinct from ${e.except}::uuid returning 1`),
  ],
  'enrolments.end': (e) =>
    any(sql`update session set ended_at = ${e.now}
      where account_id = ${e.accountId} and kind = 'enrolment' and ended_at is null returning 1`),
  'grant.issue': ({ grant: g }) =>
    once(sql`insert into door_grant (id, account_id, session_id, app_id, door, strength, acr, amr, auth_time, issued_at)
      values (${g.id}, ${g.accountId}, ${g.sessionId}, ${g.appId}, ${g.door}, ${g.strength}, ${g.acr}, ${[...g.amr]}::text[], ${g.authTime}, ${g.issuedAt})
      returning 1`),
  'grant.revoke': (e) =>
    any(
      sql`update door_grant set revoked_at = ${e.now} where id = ${e.id} and revoked_at is null returning 1`,
    ),
  'invitation.make': (e) =>
    once(sql`insert into invitation (id, token_hash, account_id, bound_by, issued_by, issued_at, expires_at)
      values (${e.id}, ${bytea(e.tokenHash)}, ${e.accountId}, ${e.boundBy}, ${e.issuedBy}, ${e.now}, ${e.expiresAt}) returning 1`),
  'invitation.use': (e) =>
    once(sql`update invitation set used_at = ${e.now}
      where id = ${e.id} and used_at is null and expires_at > ${e.now}
        -- An invitation is for an account that has no way in yet; afterwards the link is void (I-14).
        and (bound_by <> 'invitation' or exists (select 1 from account where account.id = account_id and state = 'invited')) returning 1`),
  'invitations.end': (e) =>
    any(sql`update invitation set used_at = ${e.now}
      where account_id = ${e.accountId} and used_at is null and id is distinct from ${e.except}::uuid returning 1`),
};
