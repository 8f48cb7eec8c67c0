import { sql } from 'kysely';
import type { FidoModel } from '../../ports/webauthn.ts';
import type { Database } from './database.ts';

/** The models of the metadata in use; none before any was loaded. */
export async function loadFidoModels(database: Database): Promise<readonly FidoModel[]> {
  const rows = await database.query<{ entries: readonly FidoModel[] }>(
    sql`select entries from fido_metadata`,
  );
  return rows[0]?.entries ?? [];
}
