import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type DebianServer = {
  /** postgres://… of the superuser, on loopback. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

const folders = [18, 17, 16, 15].map((major) => `/usr/lib/postgresql/${major}/bin`);

/** Where Debian's PostgreSQL programs are, the newest first; undefined when none is installed. */
export const findDebianPostgres = (): string | undefined =>
  folders.find((folder) => existsSync(join(folder, 'postgres')));

/**
 * A throw-away PostgreSQL server on a free loopback port, with its own folder and a random password. It answers on
 * return. Not durable (fsync off): a deployment of several nodes is tested on it, never a power cut.
 */
export const startDebianServer = async (): Promise<DebianServer> => {
  const bin = findDebianPostgres();
  if (bin === undefined)
    throw new Error(`no PostgreSQL server in ${folders.join(', ')}: apt-get install postgresql`);
  const ids = await unprivileged();
  const folder = await mkdtemp(join(tmpdir(), 'countersign-pg-'));
  const data = join(folder, 'data');
  const password = randomBytes(18).toString('base64url');
  await mkdir(data, { mode: 0o700 });
  await writeFile(join(folder, 'password'), `${password}\n`, { mode: 0o600 });
  if (ids.uid !== undefined)
    for (const path of [folder, data, join(folder, 'password')]) await chown(path, ids.uid, ids.gid);
  const environment = { cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' }, ...ids };
  await promisify(execFile)(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '--no-sync',
      '-U',
      'postgres',
      `--pwfile=${join(folder, 'password')}`,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
    ],
    environment,
  );

  // The port is free when asked for, and may be taken a moment later: then the server ends, and the next is tried.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      'unix_socket_directories=',
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
      'shared_buffers=64MB',
      'max_connections=200',
      'timezone=UTC',
    ];
    const child = spawn(
      join(bin, 'postgres'),
      ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      { ...environment, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
    const exited = once(child, 'exit');
    if (await ready(bin, port, child, environment)) {
      const stopAtExit = (): void => void child.kill('SIGQUIT');
      process.once('exit', stopAtExit);
      return {
        url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
        stop: () => stop(child, exited, folder, stopAtExit),
      };
    }
    if (attempt === 3) {
      await rm(folder, { recursive: true, force: true });
      throw new Error(`PostgreSQL does not start: ${said}`);
    }
  }
};

const stop = async (
  child: ChildProcess,
  exited: Promise<unknown>,
  folder: string,
  stopAtExit: () => void,
): Promise<void> => {
  process.off('exit', stopAtExit);
  child.kill('SIGQUIT'); // at once: nothing of it is kept
  await exited;
  await rm(folder, { recursive: true, force: true });
};

/** pg_isready answers 0 only when connections are accepted. */
const ready = async (
  bin: string,
  port: number,
  child: ChildProcess,
  environment: object,
): Promise<boolean> => {
  while (child.exitCode === null && child.signalCode === null) {
    const probe = spawn(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)], {
      ...environment,
      stdio: 'ignore',
    });
    await once(probe, 'exit');
    if (probe.exitCode === 0) return child.exitCode === null;
  }
  return false;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
};

/** PostgreSQL refuses to run as root, and initdb wants a user that /etc/passwd knows. */
const unprivileged = async (): Promise<
  { readonly uid: number; readonly gid: number } | { readonly uid?: never; readonly gid?: never }
> => {
  if (process.geteuid?.() !== 0) return {};
  const line = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = (line ?? '').split(':');
  if (uid === undefined || gid === undefined)
    throw new Error('/etc/passwd has no user nobody, and PostgreSQL refuses to run as root');
  return { uid: Number(uid), gid: Number(gid) };
};
