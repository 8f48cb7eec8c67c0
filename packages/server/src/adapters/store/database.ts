import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely, PostgresDialect, sql, type RawBuilder } from 'kysely';
import pg from 'pg';

// Instants and counters are far below 2^53: read bigint columns as numbers, once, here.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

export interface Database {
  /** Rows of one statement, inside the transaction of this async context if there is one. */
  query<Row>(statement: RawBuilder<Row>): Promise<readonly Row[]>;
  /** One database transaction around everything `work` awaits; nested calls join it. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Whether a transaction is open in this async context. */
  inTransaction(): boolean;
  /** A connection of its own for LISTEN, COPY and advisory locks that must outlive a statement. */
  readonly pool: pg.Pool;
  /** How many statements were sent so far: tests hold each step to its count. */
  statements(): number;
  close(): Promise<void>;
}

export interface DatabaseSettings {
  readonly connection: pg.PoolConfig;
  /** Connections of one node. More than the cores of the store only makes queues invisible. */
  readonly poolSize: number;
  readonly onIdleError: (error: Error) => void;
}

export function openDatabase(settings: DatabaseSettings): Database {
  const pool = new pg.Pool({
    ...settings.connection,
    types,
    max: settings.poolSize,
    // A store that does not answer in time is a dependency failure: deny with a reason, do not queue (I-58).
    connectionTimeoutMillis: 3_000,
    statement_timeout: 10_000,
    // The store counts those ten seconds itself. One that is frozen or cut off counts nothing: then we do.
    query_timeout: 12_000,
    application_name: 'countersign',
  });
  pool.on('error', settings.onIdleError);
  // A connection that is cut while it works fails its statement and says so here too; unheard it would end the process.
  pool.on('connect', (client) => client.on('error', settings.onIdleError));
  let sent = 0;
  const root = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool }),
    log: () => {
      sent += 1;
    },
  });
  const current = new AsyncLocalStorage<Kysely<unknown>>();

  return {
    pool,
    inTransaction: () => current.getStore() !== undefined,
    statements: () => sent,
    close: () => root.destroy(),
    query: async <Row>(statement: RawBuilder<Row>) => {
      const result = await statement.execute(current.getStore() ?? root);
      return result.rows;
    },
    transaction: (work) => {
      if (current.getStore() !== undefined) return work();
      return root.transaction().execute((transaction) => current.run(transaction, work));
    },
  };
}

/** jsonb parameters go as text with a cast: pg would turn an array into a PostgreSQL array. */
export const json = (value: unknown): RawBuilder<unknown> => sql`${JSON.stringify(value)}::jsonb`;

/** pg takes a Buffer as bytea; a plain Uint8Array view would be sent as text. */
export const bytea = (value: Uint8Array): Buffer =>
  Buffer.from(value.buffer, value.byteOffset, value.byteLength);
