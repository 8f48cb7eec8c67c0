import type { AccountId } from '@countersign/core/kernel/id';
import { minutes } from '@countersign/core/kernel/time';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSigningKey } from '../../adapters/keys/signing-key.ts';
import { startTestStore, type TestStore } from '../../adapters/store/store-for-tests.ts';
import type { Browser } from './browser-for-tests.ts';
import { authorizeLink, claimsOf, redeem, type TestApp } from './app-for-tests.ts';
import { startTestDoor, type TestDoor } from './door-for-tests.ts';

let store: TestStore;
let door: TestDoor;
let app: TestApp;
let alice: AccountId;
let status = 200;

beforeAll(async () => {
  store = await startTestStore();
  const posted: { url: string; form: Readonly<Record<string, string>> }[] = [];
  door = await startTestDoor(
    { ...store, inTransaction: (work) => store.database.transaction(work), makeSigningKey },
    {
      post: async (url, form) => {
        posted.push({ url, form });
        return status;
      },
    },
  );
  sent = posted;
  app = await door.addApp({
    redirect_uris: ['https://files.example.org/cb'],
    post_logout_redirect_uris: ['https://files.example.org/bye'],
    backchannel_logout_uri: 'https://files.example.org/backchannel',
  });
  alice = await door.addPerson('alice', ['password', 'totp']);
});
let sent: { url: string; form: Readonly<Record<string, string>> }[] = [];
afterAll(async () => {
  await door.stop();
  await store.stop();
});

const signedIn = async (): Promise<{
  browser: Browser;
  idToken: string;
  session: Awaited<ReturnType<TestDoor['signIn']>>;
}> => {
  const browser = door.browser();
  const session = await door.signIn(browser, alice, ['password', 'totp']);
  const { location } = await browser.visit(authorizeLink(app));
  const { body } = await redeem(door, app, location?.searchParams.get('code') ?? '');
  return { browser, idToken: String(body['id_token']), session };
};
const logoutLink = (parameters: Readonly<Record<string, string>>): string =>
  `/oidc/logout?${new URLSearchParams(parameters).toString()}`;
const isAlive = async (browser: Browser): Promise<boolean> =>
  (await browser.visit(authorizeLink(app, { prompt: 'none' }))).location?.searchParams.has('code') ?? false;
const BYE = 'https://files.example.org/bye';

it('an ID token of this session ends it at once and leads back, state included', async () => {
  const { browser, idToken } = await signedIn();
  const answer = await browser.visit(
    logoutLink({ id_token_hint: idToken, post_logout_redirect_uri: BYE, state: 's1' }),
  );
  expect([answer.status, answer.location?.href]).toEqual([303, `${BYE}?state=s1`]);
  expect(await isAlive(browser)).toBe(false);
  // The event of the end names whom the listener saw, not the socket of a proxy.
  expect(door.left.at(-1)).toMatchObject({
    address: '127.0.0.1',
    agent: 'test',
    requestId: expect.stringMatching(/^req-/) as unknown,
  });
  const { rows } = await store.database.pool.query(
    `select 1 from audit_event where type = 'oidc.logout' and subject = $1`,
    [alice],
  );
  expect(rows).toHaveLength(1);
});

it('anything less asks first: no hint, a hint of another session, and the answer needs the ticket of this session', async () => {
  const { browser } = await signedIn();
  const earlier = await signedIn();
  for (const link of [
    logoutLink({}),
    logoutLink({ client_id: app.clientId, post_logout_redirect_uri: BYE }),
    logoutLink({ id_token_hint: earlier.idToken }),
  ]) {
    const page = await browser.visit(link);
    expect([page.status, page.body.startsWith('confirm ')]).toEqual([200, true]);
  }
  expect(await isAlive(browser)).toBe(true);
  const asked = await browser.visit(logoutLink({ client_id: app.clientId, post_logout_redirect_uri: BYE }));
  const ticket = asked.body.split('ticket=')[1] ?? '';
  for (const wrong of [
    '',
    'x.y',
    `${ticket}A`,
    ticket.replace(/^./, (first) => (first === 'e' ? 'f' : 'e')),
  ]) {
    expect((await browser.visit('/oidc/logout/confirm', { ticket: wrong })).status).toBe(400);
  }
  expect((await earlier.browser.visit('/oidc/logout/confirm', { ticket })).status).toBe(400);
  expect(await isAlive(browser)).toBe(true);
  const done = await browser.visit('/oidc/logout/confirm', { ticket });
  expect(done.location?.href).toBe(BYE);
  expect(await isAlive(browser)).toBe(false);
});

it('a logout page left open too long does nothing', async () => {
  const { browser } = await signedIn();
  const ticket = (await browser.visit(logoutLink({}))).body.split('ticket=')[1] ?? '';
  door.advance(minutes(10));
  expect((await browser.visit('/oidc/logout/confirm', { ticket })).body).toBe('fault 400 oidc.request_gone');
});

it('no way out leads to an address that the app did not register', async () => {
  const { browser, idToken } = await signedIn();
  for (const uri of [
    'https://evil.example/',
    `${BYE}/`,
    `${BYE}?x`,
    'https://files.example.org.evil.example/bye',
  ]) {
    const answer = await browser.visit(logoutLink({ id_token_hint: idToken, post_logout_redirect_uri: uri }));
    expect([answer.status, answer.location]).toEqual([400, null]);
  }
  const nameless = await door
    .browser()
    .visit(logoutLink({ post_logout_redirect_uri: 'https://evil.example/' }));
  expect([nameless.status, nameless.location, nameless.body]).toEqual([200, null, 'logged out']);
  for (const hint of [
    `${idToken.slice(0, -4)}AAAA`,
    'not-a-token',
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${idToken.split('.')[1]}.`,
  ]) {
    expect((await browser.visit(logoutLink({ id_token_hint: hint }))).status).toBe(400);
  }
  expect(await isAlive(browser)).toBe(true);
});

it("the library's own logout pages are not there, in whatever case", async () => {
  const { browser } = await signedIn();
  for (const path of ['/oidc/logout/success', '/oidc/LOGOUT/success'])
    expect((await browser.visit(path)).status).toBe(404);
  expect((await browser.visit('/oidc/LOGOUT')).body).toContain('confirm ');
  expect((await browser.visit('/oidc/Logout/Confirm', { xsrf: 'x', logout: 'yes' })).status).toBe(400);
});

it('a form posted from an app becomes a link, which brings our cookie', async () => {
  const { browser, idToken } = await signedIn();
  const answer = await browser.postFromElsewhere('/oidc/logout', { id_token_hint: idToken });
  expect([answer.status, answer.location?.pathname]).toEqual([303, '/oidc/logout']);
  expect((await browser.visit(answer.location ?? '')).body).toBe('logged out');
  const asked = await browser.postFromElsewhere(
    '/oidc/auth',
    Object.fromEntries(new URL(authorizeLink(app), door.origin).searchParams),
  );
  expect([asked.status, asked.location?.pathname, asked.location?.searchParams.get('client_id')]).toEqual([
    303,
    '/oidc/auth',
    app.clientId,
  ]);
});

it('apps are told of an ended session once, with a signed token of two minutes that names no secret', async () => {
  sent.length = 0;
  await door.door.deliverLogouts();
  sent.length = 0;
  const { idToken, session } = await signedIn();
  expect(await door.door.deliverLogouts()).toBe(0);
  await store.commit([{ kind: 'session.end', id: session, accountId: alice, now: door.clock() }]);
  expect(
    (await Promise.all([door.door.deliverLogouts(), door.door.deliverLogouts()])).reduce((a, b) => a + b),
  ).toBe(1);
  expect(sent.map(({ url }) => url)).toEqual(['https://files.example.org/backchannel']);
  const keys = createRemoteJWKSet(new URL(`${door.origin}/oidc/jwks`));
  const { payload, protectedHeader } = await jwtVerify(sent[0]?.form['logout_token'] ?? '', keys, {
    issuer: door.origin,
    audience: app.clientId,
    typ: 'logout+jwt',
  });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({
    sub: alice,
    sid: claimsOf(idToken)['sid'],
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(120);
  expect(payload['jti']).toBeTypeOf('string');
  expect(payload).not.toHaveProperty('nonce');
});

it('an app that fails is told again later; one that refuses is not', async () => {
  for (const [answer, tries] of [
    [503, 2],
    [400, 1],
  ] as const) {
    sent.length = 0;
    status = answer;
    const { session } = await signedIn();
    await store.commit([{ kind: 'session.end', id: session, accountId: alice, now: door.clock() }]);
    await door.door.deliverLogouts();
    await door.door.deliverLogouts();
    expect(sent).toHaveLength(1);
    door.advance(minutes(1));
    await door.door.deliverLogouts();
    expect(sent).toHaveLength(tries);
    status = 200;
    door.advance(minutes(5));
    await door.door.deliverLogouts();
  }
});

it('a revoked account ends its sessions for the apps too', async () => {
  const dora = await door.addPerson('dora', ['password', 'totp']);
  const browser = door.browser();
  await door.signIn(browser, dora, ['password', 'totp']);
  await browser.visit(authorizeLink(app));
  sent.length = 0;
  await store.commit([{ kind: 'account.revoke', accountId: dora, epoch: 0, keep: null }]);
  expect(await door.door.deliverLogouts()).toBe(1);
});
