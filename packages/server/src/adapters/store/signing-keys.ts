import { sql, type RawBuilder } from 'kysely';
import type { KeyRow, KeyState, SigningAlgorithm, SigningKeys } from '../../ports/signing-keys.ts';
import type { Sealer } from '../keys/sealer.ts';
import { json, type Database } from './database.ts';
import { signingKeyAt } from './places.ts';

interface Row {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly state: KeyState;
  readonly created_at: number;
  readonly active_at: number | null;
  readonly retired_at: number | null;
  readonly private_key: Buffer;
}

/** Serialises rotations of nodes; the second number keeps it apart from every other lock of this store. */
const lock = (purpose: string): RawBuilder<unknown> =>
  sql`select pg_advisory_xact_lock(4711002, hashtext(${purpose}))`;

const toKey = (row: Omit<Row, 'private_key'>): KeyRow => ({
  kid: row.kid,
  algorithm: row.algorithm,
  state: row.state,
  createdAt: row.created_at,
  activeAt: row.active_at,
  retiredAt: row.retired_at,
});

export function createSigningKeys(database: Database, sealer: Sealer): SigningKeys {
  return {
    rows: async (purpose) => {
      const rows = await database.query<Omit<Row, 'private_key'>>(sql`
        select kid, algorithm, state, created_at, active_at, retired_at from signing_key
        where purpose = ${purpose} order by created_at, kid`);
      return rows.map(toKey);
    },
    load: async (purpose) => {
      const rows = await database.query<Row>(
        sql`select * from signing_key where purpose = ${purpose} order by created_at, kid`,
      );
      return rows.map((row) => ({
        ...toKey(row),
        privateKey: JSON.parse(
          sealer.open(signingKeyAt(row.kid), row.private_key).toString('utf8'),
        ) as Readonly<Record<string, string>>,
      }));
    },
    exclusively: (purpose, work) =>
      database.transaction(async () => {
        await database.query(lock(purpose));
        return work();
      }),
    add: async (purpose, key, state, now) => {
      const sealed = sealer.seal(signingKeyAt(key.kid), Buffer.from(JSON.stringify(key.privateKey), 'utf8'));
      await database.query(sql`insert into signing_key
        (kid, purpose, algorithm, state, public_key, private_key, created_at, active_at)
        values (${key.kid}, ${purpose}, ${key.algorithm}, ${state}, ${json(key.publicKey)}, ${sealed}, ${now},
          ${state === 'active' ? now : null})`);
    },
    activate: async (kid, now) => {
      await database.query(
        sql`update signing_key set state = 'active', active_at = ${now} where kid = ${kid} and state = 'next'`,
      );
    },
    retire: async (kid, now) => {
      await database.query(
        sql`update signing_key set state = 'retired', retired_at = ${now} where kid = ${kid} and state = 'active'`,
      );
    },
    remove: async (kid) => {
      await database.query(sql`delete from signing_key where kid = ${kid}`);
    },
  };
}
