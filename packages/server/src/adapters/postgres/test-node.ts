/**
 * A node reduced to its store, for tests to start as another process, under another user, and to kill.
 * Arguments: data folder, folder of programs or ''. One JSON line when ready or refused; SIGTERM stops it in order.
 */
import pg from 'pg';
import { codeOf } from './fault.ts';
import { startPrivatePostgres } from './start-private-postgres.ts';

const [dataDir = '', binDir = ''] = process.argv.slice(2);
const say = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  const started = performance.now();
  const postgres = await startPrivatePostgres({
    dataDir,
    binDir: binDir === '' ? undefined : binDir,
    log: { info: tell, warn: tell, error: tell },
  });
  const ms = Math.round(performance.now() - started);
  const pool = new pg.Pool({ ...postgres.connection, max: 2 });
  pool.on('error', () => undefined);
  process.once(
    'SIGTERM',
    () =>
      void pool
        .end()
        .then(postgres.stop)
        .then(() => process.exit(0)),
  );
  process.on('message', (sql: string) => {
    pool.query(sql).then(
      ({ rows }) => process.send?.({ rows }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  say({
    ready: true,
    ms,
    uid: process.geteuid?.(),
    host: postgres.connection.host,
    note: postgres.note ?? '',
  });
} catch (error) {
  say({ ready: false, code: codeOf(error), text: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
