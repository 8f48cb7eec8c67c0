import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, expect, it } from 'vitest';
import { findPlace } from './find-place.ts';
import {
  endTestNodes,
  newDataDir,
  postmasterPid,
  preparedDataDir,
  removePrepared,
  spawnTestNode,
} from './spawn-test-node.ts';

afterEach(endTestNodes);
afterAll(removePrepared);
const timeout = 120_000;
const linux = process.platform === 'linux';

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

it('the first start makes a store whose data is there after a clean stop and a second start', {
  timeout,
}, async () => {
  const dataDir = await newDataDir();
  const first = await spawnTestNode(dataDir);
  expect(first.first).toMatchObject({ ready: true, note: '' });
  await first.query('CREATE TABLE kept (n int)');
  await first.query('INSERT INTO kept VALUES (7)');
  await first.stop();
  expect(
    await findPlace(dataDir).then(
      (found) => found && stat(join(found.place.cluster, 'postmaster.pid')).catch(() => 'none'),
    ),
  ).toBe('none');
  const second = await spawnTestNode(dataDir);
  expect(await second.query('SELECT n FROM kept')).toEqual([{ n: 7 }]);
  console.log(`first start ${first.first.ms} ms, warm start ${second.first.ms} ms`);
  await second.stop();
});

it('what the store promises is on: fsync, synchronous commit, checksums, scram, UTC, and the role is no superuser', {
  timeout,
}, async () => {
  const dataDir = await preparedDataDir();
  const node = await spawnTestNode(dataDir);
  const setting = async (name: string) =>
    (await node.query(`SELECT current_setting('${name}') AS value`))[0]?.['value'];
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums'])
    expect([name, await setting(name)]).toEqual([name, 'on']);
  expect(await setting('TimeZone')).toBe('UTC');
  expect(await setting('server_encoding')).toBe('UTF8');
  expect(
    await node.query(
      'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    ),
  ).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
  const anonymous = new pg.Client({
    host: node.first.host ?? '',
    user: 'countersign',
    password: 'guess',
    database: 'countersign',
    ssl: false,
  });
  await expect(anonymous.connect()).rejects.toMatchObject({ code: '28P01' });
  await node.stop();
});

it('nothing of the store can be entered or read by others', { timeout }, async () => {
  const dataDir = await preparedDataDir();
  const node = await spawnTestNode(dataDir);
  const place = (await findPlace(dataDir))?.place;
  expect(await modeOf(join(dataDir, 'postgres-passwords.json'))).toBe('600');
  expect(await modeOf(place?.log ?? '')).toBe('600');
  expect(await modeOf(place?.cluster ?? '')).toBe('700');
  expect(await modeOf(place?.socket ?? '')).toBe('700');
  for (const folder of [dataDir, place?.folder ?? '']) expect(await modeOf(folder)).toMatch(/^7[01]0$/);
  await node.stop();
});

it.runIf(linux)('PostgreSQL has no TCP socket', { timeout }, async () => {
  const dataDir = await preparedDataDir();
  const node = await spawnTestNode(dataDir);
  expect(await node.query("SELECT current_setting('listen_addresses') AS at")).toEqual([{ at: '' }]);
  const { uid } = await stat((await findPlace(dataDir))?.place.cluster ?? '');
  const tables = await Promise.all(
    ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const listening = tables.flatMap((text) => text.split('\n')).filter((line) => line.includes(':1538 ')); // 5432
  if (uid >= 61_000)
    expect(
      tables
        .flatMap((text) => text.split('\n'))
        .filter((line) => line.trim().split(/\s+/)[7] === String(uid)),
    ).toEqual([]);
  expect(listening.filter((line) => line.trim().split(/\s+/)[7] === String(uid))).toEqual([]);
  await node.stop();
});

it('a node that was killed leaves an orphan, which the next node takes over with the data intact', {
  timeout,
}, async () => {
  const dataDir = await preparedDataDir();
  const killed = await spawnTestNode(dataDir);
  await killed.query('CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
  const orphan = await postmasterPid(dataDir);
  await killed.kill();
  const next = await spawnTestNode(dataDir);
  expect(next.said()).toContain(`pid ${orphan}`);
  expect(await next.query('SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
  expect(await postmasterPid(dataDir)).not.toBe(orphan);
  if (linux) expect(await readFile(`/proc/${orphan}/cmdline`, 'utf8').catch(() => '')).toBe('');
  await next.stop();
  console.log(`start over an orphan ${next.first.ms} ms`);
});

it('a second node on the same folder is refused with the reason, and the first goes on', {
  timeout,
}, async () => {
  const dataDir = await preparedDataDir();
  const first = await spawnTestNode(dataDir);
  const before = await postmasterPid(dataDir);
  const second = await spawnTestNode(dataDir);
  expect(second.first).toMatchObject({ ready: false, code: 'postgres.folder_in_use' });
  expect(second.first.text).toContain(`pid ${first.child.pid}`);
  expect(second.first.text).toContain('COUNTERSIGN_DATA');
  expect(await first.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(await postmasterPid(dataDir)).toBe(before);
  await first.stop();
});

it('of four first starts at once exactly one wins', { timeout }, async () => {
  const dataDir = await newDataDir();
  const nodes = await Promise.all([1, 2, 3, 4].map(() => spawnTestNode(dataDir)));
  const winners = nodes.filter((node) => node.first.ready);
  expect(winners).toHaveLength(1);
  expect(nodes.filter((node) => node.first.code === 'postgres.folder_in_use')).toHaveLength(3);
  expect(await winners[0]?.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await winners[0]?.stop();
});

it.runIf(linux)(
  'a stale pid file whose pid has gone to a living process of the same user does not stop the start, nor that process',
  { timeout },
  async () => {
    const dataDir = await preparedDataDir();
    await (await spawnTestNode(dataDir)).stop();
    const place = (await findPlace(dataDir))?.place;
    const { uid, gid } = await stat(place?.cluster ?? '');
    const bystander = spawn('/bin/sleep', ['600'], {
      stdio: 'ignore',
      ...(process.geteuid?.() === 0 ? { uid, gid } : {}),
    });
    const lines = [
      bystander.pid,
      place?.cluster,
      1,
      5432,
      place?.socket,
      '',
      '  5432001         0',
      'ready   ',
    ];
    await writeFile(join(place?.cluster ?? '', 'postmaster.pid'), `${lines.join('\n')}\n`);
    await writeFile(join(place?.socket ?? '', '.s.PGSQL.5432.lock'), `${lines.join('\n')}\n`);
    const node = await spawnTestNode(dataDir);
    expect(node.first).toMatchObject({ ready: true });
    expect(bystander.exitCode).toBeNull();
    await node.stop();
    bystander.kill('SIGKILL');
    await once(bystander, 'exit');
  },
);

it('after kill -9 of node and postmaster the next start recovers what was committed', {
  timeout,
}, async () => {
  const dataDir = await preparedDataDir();
  const killed = await spawnTestNode(dataDir);
  await killed.query('CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
  const pid = await postmasterPid(dataDir);
  await killed.kill();
  process.kill(pid, 'SIGKILL');
  const next = await spawnTestNode(dataDir);
  expect(await next.query('SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
  await next.stop();
  console.log(`start with recovery ${next.first.ms} ms`);
});

it('a postmaster killed under a living node is started again, and stop still ends it', {
  timeout,
}, async () => {
  const dataDir = await preparedDataDir();
  const node = await spawnTestNode(dataDir);
  await node.query('CREATE TABLE kept AS SELECT 1 AS n');
  const before = await postmasterPid(dataDir);
  process.kill(before, 'SIGKILL');
  await expect.poll(() => postmasterPid(dataDir).catch(() => before), { timeout: 30_000 }).not.toBe(before);
  await expect
    .poll(() => node.query('SELECT n FROM kept').catch(() => 'no'), { timeout: 30_000 })
    .toEqual([{ n: 1 }]);
  const after = await postmasterPid(dataDir);
  expect(after).not.toBe(before);
  await node.stop();
  expect(() => process.kill(after, 0)).toThrow('ESRCH');
});

it('a query that outlives its killed postmaster does not stop the next start', { timeout }, async () => {
  const dataDir = await preparedDataDir();
  const killed = await spawnTestNode(dataDir);
  void killed.query('SELECT count(*) FROM generate_series(1, 2000000000) AS busy').catch(() => undefined);
  await expect
    .poll(
      () =>
        killed.query(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE '%busy' AND state = 'active'",
        ),
      { timeout: 10_000 },
    )
    .toEqual([{ n: 1 }]);
  const pid = await postmasterPid(dataDir);
  await killed.kill();
  process.kill(pid, 'SIGKILL');
  const next = await spawnTestNode(dataDir);
  expect(next.first).toMatchObject({ ready: true });
  await next.stop();
});

it('a crash in the middle of the first start leaves nothing that the next start believes', {
  timeout,
}, async () => {
  const dataDir = await preparedDataDir();
  await (await spawnTestNode(dataDir)).stop();
  const place = (await findPlace(dataDir))?.place;
  const draft = join(place?.folder ?? '', 'initialising-abc123');
  await mkdir(join(draft, 'cluster'), { recursive: true });
  await writeFile(join(draft, 'cluster', 'PG_VERSION'), '18\n');
  await rm(place?.cluster ?? '', { recursive: true });
  const node = await spawnTestNode(dataDir);
  expect(node.first).toMatchObject({ ready: true });
  await expect(stat(draft)).rejects.toMatchObject({ code: 'ENOENT' });
  await node.stop();
});

it('a cluster without its passwords is refused with what to do', { timeout }, async () => {
  const dataDir = await preparedDataDir();
  await (await spawnTestNode(dataDir)).stop();
  await rm(join(dataDir, 'postgres-passwords.json'));
  expect((await spawnTestNode(dataDir)).first).toMatchObject({ ready: false, code: 'postgres.no_password' });
});

it('with the passwords of another cluster the start is refused and leaves no PostgreSQL behind', {
  timeout,
}, async () => {
  const dataDir = await preparedDataDir();
  await (await spawnTestNode(dataDir)).stop();
  await writeFile(
    join(dataDir, 'postgres-passwords.json'),
    JSON.stringify({ superuser: 'other', application: 'other' }),
  );
  expect((await spawnTestNode(dataDir)).first).toMatchObject({ ready: false, code: 'postgres.no_password' });
  await expect(postmasterPid(dataDir)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('a path too long for a socket gets its socket in the temp folder, and the start says so', {
  timeout,
}, async () => {
  const dataDir = join(await newDataDir(), 'a'.repeat(60), 'b, c d'.repeat(6));
  const node = await spawnTestNode(dataDir);
  expect(node.first.note).toContain('too long for a socket');
  expect(await node.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(await modeOf(node.first.host ?? '')).toBe('700');
  await node.kill();
  const next = await spawnTestNode(dataDir);
  expect(next.first).toMatchObject({ ready: true, host: node.first.host });
  await next.stop();
  await expect(stat(node.first.host ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
});

it('a log of more than 5 MB is put aside at the next start', { timeout }, async () => {
  const dataDir = await preparedDataDir();
  await (await spawnTestNode(dataDir)).stop();
  const log = (await findPlace(dataDir))?.place.log ?? '';
  await writeFile(log, 'x'.repeat(6 << 20));
  await (await spawnTestNode(dataDir)).stop();
  expect((await stat(log)).size).toBeLessThan(1 << 20);
  expect((await stat(`${log}.1`)).size).toBe(6 << 20);
});
