import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findPlace } from './find-place.ts';

/** For the tests of this room: nodes as processes of their own, and an end to all of them afterwards. */
export type TestNode = {
  readonly child: ChildProcess;
  readonly first: FirstLine;
  readonly said: () => string;
  readonly query: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
};

type FirstLine = {
  readonly ready: boolean;
  readonly ms?: number;
  readonly uid?: number;
  readonly host?: string;
  readonly note?: string;
  readonly code?: string;
  readonly text?: string;
};

const isFirstLine = (value: unknown): value is FirstLine =>
  typeof value === 'object' && value !== null && 'ready' in value;

type Answer = { readonly rows: readonly Readonly<Record<string, unknown>>[] } | { readonly error: string };

const children = new Set<ChildProcess>();
const folders = new Set<string>();
const script = fileURLToPath(new URL('test-node.ts', import.meta.url));

/** A data folder to be, under a parent that everyone may enter. */
export const newDataDir = async (parentMode = 0o755): Promise<string> => {
  const parent = await mkdtemp(join(tmpdir(), 'cs-pg-'));
  folders.add(parent);
  await chmod(parent, parentMode);
  return join(parent, 'data');
};

let prepared: Promise<string> | undefined;

/** A data folder after a first start and a clean stop: a copy of one that is made once, since initdb takes its time. */
export const preparedDataDir = async (): Promise<string> => {
  prepared ??= prepare();
  const dataDir = await newDataDir();
  await promisify(execFile)('cp', ['-a', await prepared, dataDir]);
  return dataDir;
};

const prepare = async (): Promise<string> => {
  const parent = await mkdtemp(join(tmpdir(), 'cs-pg-'));
  await chmod(parent, 0o755);
  const dataDir = join(parent, 'data');
  await (await spawnTestNode(dataDir)).stop();
  return dataDir;
};

export const spawnTestNode = async (
  dataDir: string,
  options: { readonly uid?: number; readonly binDir?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<TestNode> => {
  const ids = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
  const child = spawn(process.execPath, [script, dataDir, options.binDir ?? ''], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    cwd: '/',
    ...(options.env === undefined ? {} : { env: options.env }),
    ...ids,
  });
  children.add(child);
  let said = '';
  child.stderr?.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const exited = once(child, 'exit').then(() => void children.delete(child));
  const line = child.stdout === null ? '' : await firstLine(child, exited);
  if (line === '') throw new Error(`the node said nothing but: ${said}`);
  const first: unknown = JSON.parse(line);
  if (!isFirstLine(first)) throw new Error(`not a first line: ${line}`);
  return {
    child,
    first,
    said: () => said,
    query: async (sql) => {
      const answer = new Promise<Answer>((resolve) => child.once('message', resolve));
      child.send(sql);
      const value = await answer;
      if ('error' in value) throw new Error(value.error);
      return value.rows;
    },
    stop: () => end(child, exited, 'SIGTERM'),
    kill: () => end(child, exited, 'SIGKILL'),
  };
};

const end = async (child: ChildProcess, exited: Promise<void>, signal: NodeJS.Signals): Promise<void> => {
  child.kill(signal);
  await exited;
};

const firstLine = (child: ChildProcess, exited: Promise<void>): Promise<string> => {
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  return Promise.race([once(lines, 'line').then(([line]) => String(line)), exited.then(() => '')]);
};

/** The pid in postmaster.pid. */
export const postmasterPid = async (dataDir: string): Promise<number> => {
  const cluster = (await findPlace(dataDir))?.place.cluster ?? '';
  return Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
};

/** Ends what tests started, orphaned postmasters included, and removes their folders, those of root elsewhere too. */
export const endTestNodes = async (): Promise<void> => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) {
    const dataDir = join(folder, 'data');
    const pid = await postmasterPid(dataDir).catch(() => undefined);
    if (pid !== undefined && (await isPostgres(pid))) process.kill(pid, 'SIGQUIT');
    const away = await findPlace(dataDir).catch(() => undefined);
    if (away !== undefined)
      await rm(away.place.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
  folders.clear();
};

/** For afterAll: vitest ends its workers without an exit event. */
export const removePrepared = async (): Promise<void> => {
  if (prepared !== undefined) await rm(dirname(await prepared), { recursive: true, force: true });
};

const isPostgres = async (pid: number): Promise<boolean> => {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes('cs-pg-');
};
