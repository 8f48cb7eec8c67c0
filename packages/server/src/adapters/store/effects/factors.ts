import { sql, type RawBuilder } from 'kysely';
import type { NewFactor } from '../../../ports/effects.ts';
import type { Sealer } from '../../keys/sealer.ts';
import { bytea, json } from '../database.ts';
import { pendingSecretAt, totpSeedAt } from '../places.ts';
import { any, once, type Fragment, type Writers } from './fragment.ts';

type Kind =
  | 'totp.accept'
  | 'recovery.use'
  | 'pass.use'
  | 'webauthn.counter'
  | 'factor.used'
  | 'factor.bind'
  | 'factor.rename'
  | 'factor.remove'
  | 'factors.changed'
  | 'factor.replace'
  | 'password.store'
  | 'pending.open'
  | 'pending.use';

export const factorWriters: Writers<Kind> = {
  'totp.accept': (e) =>
    once(
      sql`update totp_secret set last_step = ${e.step} where factor_id = ${e.factorId} and (last_step is null or last_step < ${e.step}) and ${inUse(e.factorId)} returning 1`,
    ),
  'recovery.use': (e) =>
    once(sql`update recovery_code set used_at = ${e.now}
      where factor_id = ${e.factorId} and position = ${e.position} and used_at is null and ${inUse(e.factorId)} returning 1`),
  'pass.use': (e) =>
    once(sql`update temporary_pass set used_at = ${e.now}
      where factor_id = ${e.factorId} and used_at is null and expires_at > ${e.now} and ${inUse(e.factorId)} returning 1`),
  'webauthn.counter': (e) => [
    ...once(sql`update webauthn_credential set counter = ${e.after}
      where factor_id = ${e.factorId} and counter = ${e.before} and ${inUse(e.factorId)} returning 1`),
    ...any(
      sql`update factor set traits = ${json(e.traits)}, last_used_at = ${e.now} where id = ${e.factorId} returning 1`,
    ),
  ],
  'factor.used': (e) =>
    any(sql`update factor set last_used_at = ${e.now} where id = ${e.factorId} returning 1`),
  'factor.bind': ({ factor }, sealer) => [
    ...once(sql`insert into factor (id, account_id, method, name, bound_by, traits, created_at)
      values (${factor.id}, ${factor.accountId}, ${factor.secret.method}, ${factor.name}, ${factor.boundBy}, ${json(factor.traits)}, ${factor.now})
      returning 1`),
    ...secretOf(factor, sealer),
  ],
  'factor.rename': (e) =>
    once(sql`update factor set name = ${e.name}
      where id = ${e.factorId} and account_id = ${e.accountId} and removed_at is null returning 1`),
  'factor.remove': (e) =>
    once(sql`update factor set removed_at = ${e.now}
      where id = ${e.factorId} and account_id = ${e.accountId} and removed_at is null returning 1`),
  'factors.changed': (e) => [
    ...once(sql`update account set factors_version = factors_version + 1, epoch = epoch + ${e.revokes ? 1 : 0},
        state = case when ${e.activates} and state = 'invited' then 'active' else state end
      where id = ${e.accountId} and factors_version = ${e.version} and epoch = ${e.epoch}
        and (state <> 'disabled' or ${e.session}::uuid is null) returning 1`),
    ...(e.session === null ? [] : once(e.revokes ? carry(e.session, e.epoch) : alive(e.session, e.epoch))),
  ],
  'factor.replace': (e) =>
    any(sql`update factor set removed_at = ${e.now}
      where account_id = ${e.accountId} and method = ${e.method} and removed_at is null returning 1`),
  'password.store': (e) =>
    once(sql`update password_secret set phc = ${e.phc}, pepper_key = ${e.pepperKey}, changed_at = ${e.now}
      where factor_id = ${e.factorId} returning 1`),
  'pending.open': (e, sealer) =>
    once(sql`insert into pending_factor (id, session_id, account_id, method, secret, expires_at)
      values (${e.id}, ${e.sessionId}, ${e.accountId}, ${e.method},
        ${e.secret === null ? null : sealer.seal(pendingSecretAt(e.id), e.secret)}, ${e.expiresAt})
      returning 1`),
  'pending.use': (e) =>
    once(sql`update pending_factor set used_at = ${e.now}
      where id = ${e.id} and session_id = ${e.sessionId} and used_at is null and expires_at > ${e.now} returning 1`),
};

function secretOf({ id, secret, now }: NewFactor, sealer: Sealer): readonly Fragment[] {
  switch (secret.method) {
    case 'password':
      return once(sql`insert into password_secret (factor_id, phc, pepper_key, changed_at)
        values (${id}, ${secret.phc}, ${secret.pepperKey}, ${now}) returning 1`);
    case 'totp':
      return once(sql`insert into totp_secret (factor_id, seed, last_step)
        values (${id}, ${sealer.seal(totpSeedAt(id), secret.seed)}, ${secret.lastStep}) returning 1`);
    case 'passkey':
    case 'security-key':
      return once(sql`insert into webauthn_credential (factor_id, credential_id, public_key, algorithm, counter)
        values (${id}, ${bytea(secret.credentialId)}, ${bytea(secret.publicKey)}, ${secret.algorithm}, ${secret.counter}) returning 1`);
    case 'recovery-code':
      return [
        ...once(
          sql`insert into recovery_set (factor_id, salt) values (${id}, ${json(secret.salt)}) returning 1`,
        ),
        ...any(
          sql`insert into recovery_code (factor_id, position, digest) values ${sql.join(rows(id, secret.digests))} returning 1`,
        ),
      ];
    case 'temporary-pass':
      return once(sql`insert into temporary_pass (factor_id, salt, digest, issued_by, expires_at)
        values (${id}, ${json(secret.salt)}, ${bytea(secret.digest)}, ${secret.issuedBy}, ${secret.expiresAt}) returning 1`);
  }
}

const rows = (id: string, digests: readonly Uint8Array[]): RawBuilder<unknown>[] =>
  digests.map((digest, position) => sql`(${id}::uuid, ${position}::smallint, ${bytea(digest)}::bytea)`);

/** A factor removed between reading and writing is not accepted any more. */
const inUse = (factorId: string): RawBuilder<unknown> =>
  sql`exists (select 1 from factor where id = ${factorId} and removed_at is null)`;

/** The session at hand goes on under the risen epoch of its account; both move in one statement. */
export const carry = (session: string, epoch: number): RawBuilder<unknown> =>
  sql`update session set epoch = epoch + 1 where id = ${session} and ended_at is null and epoch = ${epoch} returning 1`;

const alive = (session: string, epoch: number): RawBuilder<unknown> =>
  sql`select 1 from session where id = ${session} and ended_at is null and epoch = ${epoch} for share`;
