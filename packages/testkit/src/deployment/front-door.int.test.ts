import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrol } from '../verbs/enrol.ts';
import { login } from '../verbs/login.ts';
import { createOperator, type Operator } from '../verbs/operator.ts';
import type { Person } from '../verbs/person.ts';
import { setup } from '../verbs/setup.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { type Deployment, startDeployment } from './start-deployment.ts';

let deployment: Deployment;
let owner: Person;
let operator: Operator;

beforeAll(async () => {
  deployment = await startDeployment({ clock: 'controlled' });
  owner = await setup.firstOwner(deployment);
  operator = createOperator(deployment);
});
afterAll(() => deployment.stop());

test('one password tried on many names is reported once, also when nobody has the names (S-80)', async () => {
  for (let place = 0; place < 14; place += 1) {
    const attempt = await login.start(createVisitor(deployment));
    await login.name(attempt, `nobody-${place}`);
    expect((await login.password(attempt, 'Sommer-2026-Regen')).status).toBe(422);
  }
  const { json } = await operator.json('GET', '/api/v1/audit/events?type=password.spray');
  expect(json).toMatchObject({ items: [{ type: 'password.spray', outcome: 'refused' }] });
});

test('a clock stepped back accepts no code twice and none from before (I-01, I-47)', async () => {
  const person = await enrol.person(operator, { login: 'zoe', password: true, totp: true });
  const app = person.totp;
  if (app === null) throw new Error('zoe has an app');
  await deployment.clock.advance(60_000);
  const now = deployment.clock.now();
  const used = app.code(now);
  const tried = async (code: string): Promise<number> =>
    (await login.totp(await login.withPassword(createVisitor(deployment), person), code)).status;

  expect(await tried(used)).toBe(303);
  for (const back of [30_000, 3_600_000]) {
    await deployment.clock.set(now - back);
    expect(await tried(used)).toBe(422);
    expect(await tried(app.code(now - back))).toBe(422);
  }
  await deployment.clock.set(now);
  expect(await tried(used)).toBe(422);
});

const NOBODY = '00000000-0000-4000-8000-0000000000ff';

test.each<[path: string, form: Record<string, string>, status: number]>([
  ['/enrol/password', {}, 400],
  ['/enrol/password', { password: 'x', admin: '1' }, 400],
  ['/enrol/totp', { pending: 'no', code: '1', name: 'x' }, 400],
  ['/enrol/passkey', { kind: 'gold', challenge: 'x', response: '{}', name: '' }, 400],
  ['/account/factors/no-uuid/rename', { name: 'x' }, 400],
  [`/account/factors/${NOBODY}/rename`, {}, 400],
  [`/account/factors/${NOBODY}/remove`, {}, 404],
  [`/account/sessions/${NOBODY}/end`, {}, 404],
  ['/setup', {}, 400],
  ['/invitation', {}, 400],
  ['/invitation', { token: 'x' }, 410],
  ['/invitation', { token: 'A'.repeat(43) }, 410],
])('%s with %j from somebody signed in is a %i (I-59)', async (path, form, status) => {
  const { visitor } = await login.full(deployment, owner);
  expect((await visitor.post(path, form)).status).toBe(status);
});
