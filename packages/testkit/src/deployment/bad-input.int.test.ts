import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login } from '../verbs/login.ts';
import { setup } from '../verbs/setup.ts';
import type { Person } from '../verbs/person.ts';
import { type Deployment, startDeployment } from './start-deployment.ts';

let deployment: Deployment;
let owner: Person;

beforeAll(async () => {
  deployment = await startDeployment();
  owner = await setup.firstOwner(deployment);
});
afterAll(() => deployment.stop());

interface Transaction {
  readonly path: string;
  readonly cookie: string;
}

/** A sign-in as a browser opened it, with the cookie that binds it. */
async function open(): Promise<Transaction> {
  const answer = await fetch(`${deployment.origin}/signin`, { redirect: 'manual' });
  const [cookie = ''] = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return { path: answer.headers.get('location') ?? '', cookie };
}

const FORM = 'application/x-www-form-urlencoded';

async function send(
  path: string,
  cookie: string,
  body: string,
  type: string | null = FORM,
  method = 'POST',
): Promise<{ status: number; code: string; title: string }> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    cookie,
    ...(type === null ? {} : { 'content-type': type }),
  };
  const answer = await fetch(`${deployment.origin}${path}`, {
    method,
    redirect: 'manual',
    headers,
    ...(method === 'GET' ? {} : { body }),
  });
  const problem =
    answer.headers.get('content-type')?.includes('problem+json') === true
      ? ((await answer.json()) as { code: string; title: string })
      : null;
  return { status: answer.status, code: problem?.code ?? '', title: problem?.title ?? '' };
}

const isAlive = async (): Promise<boolean> => (await fetch(`${deployment.origin}/readyz`)).status === 200;

/** Each form of a sign-in with fields that would do. */
const FORMS: Readonly<Record<string, string>> = {
  name: 'name=olga',
  password: 'password=something',
  totp: 'code=123456',
  'recovery-code': 'code=AAAA-AAAA-AAAA-AAAA',
  'temporary-pass': 'code=AAAA-AAAA-AAAA-AAAA',
  passkey: 'response=%7B%7D&challenge=x',
};

describe('bad input gets a 4xx with a code and a sentence, changes nothing and stops nothing (I-59)', () => {
  for (const [step, good] of Object.entries(FORMS)) {
    const first = good.split('&')[0] ?? '';
    const bad: readonly (readonly [what: string, body: string, type: string | null, status: number])[] = [
      ['no field at all', '', FORM, 400],
      ['an unknown field', `${good}&admin=true`, FORM, 400],
      ['a field twice', `${good}&${first}`, FORM, 400],
      ['a field that is an object', good.replace('=', '[a]='), FORM, 400],
      ['a field beyond its bound', `${good}${'x'.repeat(70_000)}`, FORM, 400],
      ['a body beyond every bound', `${good}${'x'.repeat(300_000)}`, FORM, 413],
      ['JSON that is none', '{"a":', 'application/json', 400],
      ['another content type', '<a/>', 'application/xml', 415],
    ];
    for (const [what, body, type, status] of bad) {
      test(`${step}: ${what}`, async () => {
        const { path, cookie } = await open();
        const before = await send(path, cookie, '', null, 'GET');
        const answer = await send(`${path}/${step}`, cookie, body, type);
        expect(answer.status).toBe(status);
        expect(answer.code).toMatch(/^[a-z_]+\.[a-z_]+$/);
        expect(answer.title).not.toBe('');
        expect((await send(path, cookie, '', null, 'GET')).status).toBe(before.status);
        expect(await isAlive()).toBe(true);
      });
    }
  }

  test.each(['PUT', 'DELETE', 'PATCH'])('%s is no method of a step', async (method) => {
    const { path, cookie } = await open();
    expect(await send(`${path}/name`, cookie, 'name=a', FORM, method)).toMatchObject({
      status: 405,
      code: 'request.method',
    });
  });

  test.each([['not-a-uuid'], ['%00'], ['..%2f..'], ['a'.repeat(500)]])(
    'a transaction called %j is nobody’s',
    async (id) => {
      const answer = await send(`/signin/${id}/name`, '', 'name=a');
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    },
  );

  test.each([
    ['garbage', '\u00ff\u00fe;;;===;'],
    ['two of one name', `__Host-cs-session=${'A'.repeat(43)}; __Host-cs-session=${'B'.repeat(43)}`],
    [
      'a value of the wrong shape',
      '__Host-cs-session=../../etc; __Host-cs-browser="x"; __Host-cs-lang=<b>; __Host-cs-last=admin',
    ],
    ['12 KiB of it', `x=${'y'.repeat(12_000)}`],
  ])('cookies: %s give no session and no fault', async (_, cookie) => {
    const answer = await fetch(`${deployment.origin}/`, {
      redirect: 'manual',
      headers: { cookie: Buffer.from(cookie).toString('latin1') },
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/signin');
    expect(await isAlive()).toBe(true);
  });

  test('after all of it the owner signs in', async () => {
    expect((await login.full(deployment, owner)).granted).toBe(true);
  });
});
