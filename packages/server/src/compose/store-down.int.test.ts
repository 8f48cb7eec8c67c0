import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPlace } from '../adapters/postgres/find-place.ts';
import { settingsSchema } from '../config/settings.ts';
import { startNode, type StartedNode } from './start-node.ts';

let folder: string;
let data: string;
let node: StartedNode;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cs-down-'));
  await chmod(folder, 0o755);
  data = join(folder, 'data');
  const settings = settingsSchema.parse({ data, listen: '127.0.0.1:0', manageListen: '127.0.0.1:0' });
  node = await startNode({ settings, log: pino({ level: 'silent' }), clock: Date.now });
});
afterAll(async () => {
  await node.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** The postmaster of this test's own folder, and those of its children that serve a connection. */
async function processes(): Promise<{ readonly postmaster: number; readonly serving: readonly number[] }> {
  const cluster = (await findPlace(data))?.place.cluster ?? '';
  const postmaster = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const listed = execFileSync('ps', ['-axo', 'pid=,ppid=,command='], { encoding: 'utf8' }).trim().split('\n');
  const serving = listed.flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === postmaster && command.includes('countersign [local]') ? [Number(pid)] : [];
  });
  return { postmaster, serving };
}

/** Runs `work` while nobody is let in to the store, and those who were are cut off or, `frozen`, get no answer. */
async function withoutStore(how: 'cut' | 'frozen', work: () => Promise<void>): Promise<void> {
  const { postmaster, serving } = await processes();
  expect(serving.length).toBeGreaterThan(0);
  process.kill(postmaster, 'SIGSTOP');
  try {
    for (const pid of serving) process.kill(pid, how === 'cut' ? 'SIGTERM' : 'SIGSTOP');
    await work();
  } finally {
    if (how === 'frozen') for (const pid of serving) process.kill(pid, 'SIGCONT');
    process.kill(postmaster, 'SIGCONT');
  }
}

const AUTHORIZE = '/oidc/auth?client_id=x&response_type=code&redirect_uri=https%3A%2F%2Frp.example%2F';
const TOKEN = {
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', client_id: 'x' }),
};

const ask = (path: string): Promise<Response> =>
  fetch(node.listening + path, { redirect: 'manual', headers: { accept: 'text/html' } });
const answersAgain = async (): Promise<Response> => {
  for (let tries = 0; ; tries++) {
    const response = await ask('/signin');
    if (response.status === 303 || tries === 50) return response;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

it.each(['cut', 'frozen'] as const)(
  'while the store is %s nothing is granted and everybody is told when to come back; then the same node serves again',
  { timeout: 120_000 },
  async (how) => {
    const before = await ask('/signin');
    expect([before.status, before.headers.getSetCookie().length]).toEqual([303, 1]);
    expect((await ask(AUTHORIZE)).status).toBe(400);
    await withoutStore(how, async () => {
      const answers = await Promise.all([ask('/signin'), ask('/signin'), ask(AUTHORIZE)]);
      for (const response of answers) {
        expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
        expect(response.headers.getSetCookie()).toEqual([]);
        expect(response.headers.get('content-type')).toContain('text/html');
        expect(await response.text()).toContain('<html');
      }
      const [ready, token] = await Promise.all([
        ask('/readyz'),
        fetch(`${node.listening}/oidc/token`, TOKEN),
      ]);
      expect([ready.status, token.status, token.headers.get('retry-after')]).toEqual([503, 503, '5']);
    });
    expect((await answersAgain()).status).toBe(303);
    expect((await ask('/readyz')).status).toBe(200);
  },
);
