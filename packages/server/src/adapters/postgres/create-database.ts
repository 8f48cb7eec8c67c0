import pg from 'pg';
import type { PrivateConnection } from './connection.ts';

export const applicationName = 'countersign'; // role and database

/** On return the role and the database that it owns are there. Each step is done or not, so a crash between them is made good at the next start. */
export const createDatabase = async (superuser: PrivateConnection, password: string): Promise<void> => {
  const client = new pg.Client({ ...superuser });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      'SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role, EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database',
      [applicationName],
    );
    if (rows[0]?.role !== true)
      await client.query(
        `CREATE ROLE ${applicationName} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
      );
    if (rows[0]?.database !== true)
      await client.query(`CREATE DATABASE ${applicationName} OWNER ${applicationName}`);
  } finally {
    await client.end();
  }
};
