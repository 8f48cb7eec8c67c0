import type { Strength } from '@countersign/core/factor/strength';
import { asId } from '@countersign/core/kernel/id';
import { sql } from 'kysely';
import type { App, Apps } from '../../ports/apps.ts';
import type { Sealer } from '../keys/sealer.ts';
import type { Database } from './database.ts';
import { appSecretAt } from './places.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly client_id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly strength: Strength | null;
  readonly created_at: number;
  readonly secret: Buffer | null;
}

const toApp = (row: Row): App => ({
  id: asId(row.id),
  name: row.name,
  clientId: row.client_id,
  metadata: row.metadata,
  strength: row.strength,
  createdAt: row.created_at,
});

export function createApps(database: Database, sealer: Sealer): Apps {
  return {
    byClientId: async (clientId) => {
      const rows = await database.query<Row>(
        sql`select * from app where client_id = ${clientId} and removed_at is null`,
      );
      const row = rows[0];
      if (row === undefined) return null;
      const secret =
        row.secret === null ? null : sealer.open(appSecretAt(row.id), row.secret).toString('utf8');
      return { ...toApp(row), secret };
    },
    byId: async (id) => {
      const rows = await database.query<Row>(sql`select * from app where id = ${id} and removed_at is null`);
      return rows[0] === undefined ? null : toApp(rows[0]);
    },
    all: async () => {
      const rows = await database.query<Row>(
        sql`select * from app where removed_at is null order by name, id`,
      );
      return rows.map(toApp);
    },
  };
}
