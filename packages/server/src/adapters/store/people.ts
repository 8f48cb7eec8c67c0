import type { Account } from '@countersign/core/account/account';
import type { Factor } from '@countersign/core/factor/factor';
import { sql, type RawBuilder } from 'kysely';
import type { People, Person } from '../../ports/person.ts';
import { bytea, type Database } from './database.ts';

/** bytea inside json comes as `\x…`. */
export const fromHex = (text: string): Buffer => Buffer.from(text.slice(2), 'hex');

/** An account with its factors and their verifiers as one JSON value, so that a step reads all of it at once. */
export const PERSON_JSON: RawBuilder<unknown> = sql`jsonb_build_object(
  'account', jsonb_build_object('id', a.id, 'kind', a.kind, 'state', a.state, 'login', a.login, 'displayName', a.display_name,
    'email', a.email, 'locale', a.locale, 'roles', a.roles, 'epoch', a.epoch, 'createdAt', a.created_at, 'lastSignInAt', a.last_sign_in_at),
  'userHandle', a.user_handle, 'factorsVersion', a.factors_version,
  'factors', coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'accountId', f.account_id, 'method', f.method, 'name', f.name,
      'createdAt', f.created_at, 'lastUsedAt', f.last_used_at, 'boundBy', f.bound_by, 'traits', f.traits) order by f.created_at, f.id)
    from factor f where f.account_id = a.id and f.removed_at is null), '[]'),
  'password', (select jsonb_build_object('factorId', s.factor_id, 'phc', s.phc, 'pepperKey', s.pepper_key)
    from factor f join password_secret s on s.factor_id = f.id where f.account_id = a.id and f.removed_at is null),
  'totp', coalesce((select jsonb_agg(jsonb_build_object('factorId', s.factor_id, 'sealedSeed', s.seed, 'lastStep', s.last_step) order by f.created_at)
    from factor f join totp_secret s on s.factor_id = f.id where f.account_id = a.id and f.removed_at is null), '[]'),
  'credentials', coalesce((select jsonb_agg(jsonb_build_object('factorId', s.factor_id, 'credentialId', s.credential_id,
      'publicKey', s.public_key, 'algorithm', s.algorithm, 'counter', s.counter) order by f.created_at)
    from factor f join webauthn_credential s on s.factor_id = f.id where f.account_id = a.id and f.removed_at is null), '[]'),
  'recovery', (select jsonb_build_object('factorId', s.factor_id, 'salt', s.salt, 'codes',
      (select jsonb_agg(jsonb_build_object('position', c.position, 'digest', c.digest, 'usedAt', c.used_at) order by c.position)
       from recovery_code c where c.factor_id = s.factor_id))
    from factor f join recovery_set s on s.factor_id = f.id where f.account_id = a.id and f.removed_at is null),
  'pass', (select jsonb_build_object('factorId', s.factor_id, 'salt', s.salt, 'digest', s.digest, 'expiresAt', s.expires_at, 'usedAt', s.used_at)
    from factor f join temporary_pass s on s.factor_id = f.id where f.account_id = a.id and f.removed_at is null)
)`;

/** The JSON of `PERSON_JSON` as PostgreSQL sends it: as `Person`, with byte strings still in hex. */
export interface PersonJson {
  readonly account: Account;
  readonly userHandle: string;
  readonly factorsVersion: number;
  readonly factors: readonly Factor[];
  readonly password: Person['password'];
  readonly totp: readonly {
    factorId: Person['totp'][number]['factorId'];
    sealedSeed: string;
    lastStep: number | null;
  }[];
  readonly credentials: readonly (Omit<Person['credentials'][number], 'credentialId' | 'publicKey'> & {
    credentialId: string;
    publicKey: string;
  })[];
  readonly recovery:
    | (Omit<NonNullable<Person['recovery']>, 'codes'> & {
        codes: readonly { position: number; digest: string; usedAt: number | null }[];
      })
    | null;
  readonly pass: (Omit<NonNullable<Person['pass']>, 'digest'> & { digest: string }) | null;
}

export const toPerson = (row: PersonJson): Person => ({
  account: row.account,
  userHandle: fromHex(row.userHandle),
  factorsVersion: row.factorsVersion,
  factors: row.factors,
  password: row.password,
  totp: row.totp.map((secret) => ({ ...secret, sealedSeed: fromHex(secret.sealedSeed) })),
  credentials: row.credentials.map((credential) => ({
    ...credential,
    credentialId: fromHex(credential.credentialId),
    publicKey: fromHex(credential.publicKey),
  })),
  recovery:
    row.recovery === null
      ? null
      : {
          ...row.recovery,
          codes: row.recovery.codes.map((code) => ({ ...code, digest: fromHex(code.digest) })),
        },
  pass: row.pass === null ? null : { ...row.pass, digest: fromHex(row.pass.digest) },
});

export function createPeople(database: Database): People {
  const one = async (where: RawBuilder<unknown>): Promise<Person | null> => {
    const rows = await database.query<{ person: PersonJson }>(
      sql`select ${PERSON_JSON} as person from account a where ${where}`,
    );
    return rows[0] === undefined ? null : toPerson(rows[0].person);
  };
  return {
    byId: (id) => one(sql`a.id = ${id}`),
    byName: (name) => one(sql`a.id = (select account_id from account_name where name = ${name})`),
    byCredential: (credentialId) =>
      one(sql`a.id = (select f.account_id from webauthn_credential c join factor f on f.id = c.factor_id
        where c.credential_id = ${bytea(credentialId)} and f.removed_at is null)`),
  };
}
