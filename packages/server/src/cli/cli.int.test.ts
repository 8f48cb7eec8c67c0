import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '../adapters/random.ts';
import { openAuditLog } from '../adapters/store/audit-log.ts';
import { createControlSocket, type ControlSocket } from '../http/control-socket.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import { NOW, startTestApi, type TestApi, type TestPerson } from '../compose/api-for-tests.ts';
import { operatorResolver } from '../surfaces/api/resolve-caller.ts';
import { apiRoutes } from '../surfaces/api/routes.ts';
import { findControlSocket, prepareControlSocket } from './control-socket-path.ts';

let api: TestApi;
let log: AuditLog;
let socket: ControlSocket;
let folder: string;
let uma: TestPerson;

const logger = pino({ level: 'silent' });
const mount = () => (app: Parameters<typeof apiRoutes>[0]) =>
  apiRoutes(app, { ...api.deps, auditLog: log, resolvers: [operatorResolver] });

beforeAll(async () => {
  api = await startTestApi();
  const { database, sealer, commit } = api.store;
  const witness = { recent: async () => [], publish: async () => undefined };
  log = await openAuditLog(
    {
      database,
      commit,
      random: systemRandom,
      witness,
      host: () => 'sso.example.test',
      onOriginOpened: () => undefined,
    },
    sealer,
    NOW,
  );
  folder = await mkdtemp(join(tmpdir(), 'cs-cli-'));
  socket = await createControlSocket({ path: await prepareControlSocket(folder), logger, mount: mount() });
  await api.person('olga', ['owner']);
  uma = await api.person('uma', []);
});
afterAll(async () => {
  await socket.close();
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as the operator runs it, with the data folder as the only setting. */
const csn = (...words: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words], {
      cwd: folder,
      env: { COUNTERSIGN_DATA: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('close', (code) => resolve({ code, out, err }));
  });

describe('the socket', () => {
  it('is its owner’s alone, and is not taken from a node that is alive', async () => {
    expect((await stat(socket.path)).mode & 0o777).toBe(0o600);
    await expect(createControlSocket({ path: socket.path, logger, mount: mount() })).rejects.toThrow(
      /another node/,
    );
    expect((await csn('status', '--json')).code).toBe(0);
  });

  it('is found again when its path is too long, and a dead one is replaced', async () => {
    const deep = await mkdtemp(join(folder, 'x'.repeat(120)));
    const path = await prepareControlSocket(deep);
    expect(path.length).toBeLessThan(104);
    expect(await findControlSocket(deep)).toBe(path);
    for (let round = 0; round < 2; round++) {
      const other = await createControlSocket({ path, logger, mount: mount() });
      await other.close();
      await writeFile(path, '');
    }
    await rm(join(path, '..'), { recursive: true });
  });
});

describe('exit codes', () => {
  it.each([
    ['0 done', ['person', 'show', 'uma'], 0, /uma@example\.test/],
    ['1 a refusal with its reason', ['person', 'show', 'nobody'], 1, /account\.unknown/],
    ['2 an unknown verb', ['person', 'destroy'], 2, /unknown command/],
    ['2 a field that is none', ['person', 'update', 'uma', '--locale', 'xx'], 2, /body\.locale/],
    ['2 no change', ['person', 'update', 'uma'], 2, /at least one change/],
    ['4 nobody answers', ['person', 'list', '--socket', '/nowhere.sock'], 4, /No node answers/],
    ['5 a conflict', ['person', 'invite', 'UMA'], 5, /account\.name_taken/],
    ['5 the last owner', ['person', 'disable', 'olga'], 5, /account\.last_owner/],
  ])('%s', async (_name, words, code, text) => {
    const ran = await csn(...words);
    expect([ran.code, `${ran.out}${ran.err}`]).toEqual([code, expect.stringMatching(text)]);
  });
});

describe('commands', () => {
  it('prints tabs without heading into a pipe, and JSON when asked', async () => {
    const plain = await csn('person', 'list');
    expect(plain.out.split('\n')[0]).toMatch(/^olga\tolga Person\tolga@example\.test\tactive\towner\t/);
    const json = JSON.parse((await csn('person', 'list', '--json')).out) as { login: string }[];
    expect(json.map(({ login }) => login)).toEqual(['olga', 'uma']);
  });

  it('a dry run says what it would write, and writes nothing', async () => {
    const before = await api.snapshot();
    const ran = await csn('person', 'disable', 'uma', '--dry-run');
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('Nothing was written')]);
    expect(ran.out).toContain('event account.disabled');
    expect(
      (await csn('app', 'add', 'Wiki', '--redirect-uri', 'https://wiki.example.test/cb', '--dry-run')).out,
    ).toContain('app.create');
    expect(await api.snapshot()).toBe(before);
  });

  it('manages an app from making it to removing it', async () => {
    const added = JSON.parse(
      (await csn('app', 'add', 'Wiki', '--redirect-uri', 'https://wiki.example.test/cb', '--json')).out,
    ) as { clientId: string; clientSecret: string };
    expect(added.clientSecret).toMatch(/^[\w-]{43}$/);
    expect((await csn('app', 'show', added.clientId)).out).not.toContain(added.clientSecret);
    expect(
      (
        await csn(
          'app',
          'update',
          'Wiki',
          '--strength',
          'phishing-resistant',
          '--redirect-uri',
          'https://wiki.example.test/other',
        )
      ).code,
    ).toBe(0);
    expect((await csn('app', 'show', 'Wiki')).out).toMatch(
      /redirect_uris\t\["https:\/\/wiki\.example\.test\/other"\]/,
    );
    expect((await csn('app', 'rotate-secret', 'Wiki')).out.split('\n')[0]).not.toBe(added.clientSecret);
    expect((await csn('app', 'remove', 'Wiki')).code).toBe(0);
    expect((await csn('app', 'show', 'Wiki')).code).toBe(1);
  });

  it('manages a person: link, pass, factor, session', async () => {
    expect((await csn('person', 'link', 'uma')).out).toMatch(/^https:\/\/sso\.example\.test\/invitation\//);
    expect((await csn('person', 'pass', 'uma', '--minutes', '10')).out).toMatch(/^(\w{4}-){3}\w{4}\n/);
    expect((await csn('session', 'list', '--person', 'uma')).out).toContain(uma.sessionId);
    expect((await csn('session', 'end', uma.sessionId)).code).toBe(0);
    expect((await csn('factor', 'remove', 'uma', uma.factorId)).code).toBe(0);
    expect((await csn('factor', 'list', 'uma')).out).not.toContain(uma.factorId);
    expect((await csn('recovery', 'admin-link', 'uma')).code).toBe(5);
    const link = await csn('recovery', 'admin-link', 'olga');
    expect([link.code, link.out]).toEqual([0, expect.stringMatching(/invitation/)]);
    expect((await csn('log', 'list', '--type', 'recovery.approved')).out).toMatch(/operator/);
  });

  it('I-53: an export verifies offline, and one that was touched does not', async () => {
    await log.numberEvents(NOW);
    await log.signCheckpoint(NOW);
    const file = join(folder, 'audit.ndjson');
    const out = await csn('audit', 'export', file);
    expect([out.code, out.err]).toEqual([0, expect.stringContaining('audit verify')]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const good = await csn('audit', 'verify', file, '--json');
    expect([good.code, JSON.parse(good.out)]).toEqual([0, expect.objectContaining({ kind: 'untouched' })]);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"outcome":"ok"', '"outcome":"no"'));
    const bad = await csn('audit', 'verify', file);
    expect([bad.code, bad.err]).toEqual([1, expect.stringMatching(/^Entry \d+ was edited/)]);
    await writeFile(file, text.replace('\n', '\r\n'));
    expect((await csn('audit', 'verify', file)).code).toBe(1);
    await writeFile(file, text.split('\n').slice(0, -2).join('\n'));
    expect((await csn('audit', 'verify', file)).code).toBe(1);
    expect((await csn('audit', 'verify', '--live')).code).toBe(0);
    const note = await csn('audit', 'checkpoint');
    await writeFile(join(folder, 'note'), `${note.out}`);
    await writeFile(file, text);
    expect((await csn('audit', 'verify', file, '--checkpoint', join(folder, 'note'))).code).toBe(0);
    await csn('audit', 'export', file, '--person', 'uma');
    const excerpt = await csn('audit', 'verify', file);
    expect([excerpt.code, excerpt.out]).toEqual([0, expect.stringMatching(/^Genuine: /)]);
  });

  it('config validate says everything that is wrong', async () => {
    const file = join(folder, 'bad.yaml');
    await writeFile(file, 'listen: nowhere\nnonsense: 1\n');
    const ran = await csn('config', 'validate', file);
    expect([ran.code, ran.err]).toEqual([
      1,
      expect.stringMatching(/listen[\s\S]*nonsense|nonsense[\s\S]*listen/),
    ]);
    expect((await csn('config', 'validate')).code).toBe(0);
  });
});
