import { equalBytes, utf8ToBytes } from '@countersign/core/kernel/bytes';
import { asId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import type { Deployment, DeploymentStore } from '../../ports/deployment.ts';
import type { Place, Sealer } from '../keys/sealer.ts';
import { bytea, type Database } from './database.ts';

const KEY_CHECK: Place = { table: 'deployment', column: 'key_check', row: '1' };
const KNOWN = utf8ToBytes('countersign key check');

interface Row {
  readonly organisation: string;
  readonly public_url: string;
  readonly address_fixed_at: number | null;
  readonly setup_token_hash: Buffer | null;
  readonly setup_account_id: string | null;
  readonly setup_closed_at: number | null;
}

export function createDeploymentStore(database: Database): DeploymentStore {
  return {
    load: async () => {
      const rows = await database.query<Row>(sql`select * from deployment where id = 1`);
      if (rows[0] === undefined)
        throw new Error('the store has no deployment row: it was not opened by a start');
      return toDeployment(rows[0]);
    },
  };
}

const toDeployment = (row: Row): Deployment => ({
  organisation: row.organisation,
  publicUrl: row.public_url,
  addressFixedAt: row.address_fixed_at,
  setup:
    row.setup_closed_at === null
      ? {
          kind: 'open',
          tokenHash: row.setup_token_hash,
          accountId: row.setup_account_id === null ? null : asId(row.setup_account_id),
        }
      : { kind: 'closed', at: row.setup_closed_at },
});

/** Whether the store has been opened before: then its master key must exist already. */
export async function isFounded(database: Database): Promise<boolean> {
  const rows = await database.query<{ founded: boolean }>(
    sql`select exists (select 1 from deployment) as founded`,
  );
  return rows[0]?.founded === true;
}

/** Founds the deployment on the first start; later, refuses a master key that does not fit its secrets (I-55). */
export async function found(
  database: Database,
  sealer: Sealer,
  first: { readonly organisation: string; readonly publicUrl: string; readonly now: Instant },
): Promise<void> {
  await database.query(sql`insert into deployment (id, organisation, public_url, key_check, created_at)
    values (1, ${first.organisation}, ${first.publicUrl}, ${sealer.seal(KEY_CHECK, KNOWN)}, ${first.now}) on conflict (id) do nothing`);
  const rows = await database.query<{ key_check: Buffer }>(
    sql`select key_check from deployment where id = 1`,
  );
  let fits = false;
  try {
    fits = rows[0] !== undefined && equalBytes(sealer.open(KEY_CHECK, rows[0].key_check), KNOWN);
  } catch {
    fits = false;
  }
  if (!fits) {
    throw new Error(
      'the master key does not fit this store: its secrets were sealed with another one. Put back the key that belongs to it (masterKeyFile); nothing was changed.',
    );
  }
}

/** A new set-up link makes every earlier one void. False once set-up is closed, which is for ever (I-49). */
export async function replaceSetupToken(database: Database, tokenHash: Uint8Array): Promise<boolean> {
  const rows = await database.query(sql`update deployment set setup_token_hash = ${bytea(tokenHash)}
    where id = 1 and setup_closed_at is null returning 1`);
  return rows.length === 1;
}

/** Until set-up has fixed the address, the settings say it. */
export async function proposeAddress(database: Database, publicUrl: string): Promise<void> {
  await database.query(
    sql`update deployment set public_url = ${publicUrl} where id = 1 and address_fixed_at is null`,
  );
}
