import type { AccountId } from '@countersign/core/kernel/id';
import { hours, minutes } from '@countersign/core/kernel/time';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSigningKey } from '../../adapters/keys/signing-key.ts';
import { startTestStore, type TestStore } from '../../adapters/store/store-for-tests.ts';
import type { Browser } from './browser-for-tests.ts';
import { asApp, authorizeLink, claimsOf, redeem, refresh, type TestApp } from './app-for-tests.ts';
import { startTestDoor, type TestDoor } from './door-for-tests.ts';

let store: TestStore;
let door: TestDoor;
let app: TestApp;
let alice: AccountId;
let bob: AccountId;

beforeAll(async () => {
  store = await startTestStore();
  door = await startTestDoor({
    ...store,
    inTransaction: (work) => store.database.transaction(work),
    makeSigningKey,
  });
  app = await door.addApp({
    redirect_uris: ['https://files.example.org/cb'],
    grant_types: ['authorization_code', 'refresh_token'],
  });
  alice = await door.addPerson('alice', ['password', 'totp']);
  bob = await door.addPerson('bob', ['password', 'totp', 'passkey']);
});
afterAll(async () => {
  await door.stop();
  await store.stop();
});

const codeIn = (location: URL | null): string => location?.searchParams.get('code') ?? '';
const errorIn = (location: URL | null): string | null => location?.searchParams.get('error') ?? null;
const signedIn = async (who: AccountId = alice): Promise<Browser> => {
  const browser = door.browser();
  await door.signIn(browser, who, ['password', 'totp']);
  return browser;
};
const idTokenFor = async (location: URL | null) => {
  const { body, status } = await redeem(door, app, codeIn(location));
  expect([status, body]).toMatchObject([200, {}]);
  return claimsOf(body['id_token']);
};
const wayBack = (): string => door.asked.at(-1)?.opened.returnTo ?? '';
const lastAsk = () => door.asked.at(-1);

it('a signed-in person gets a code at once, and the ID token says what happened', async () => {
  const browser = await signedIn();
  const { status, location } = await browser.visit(authorizeLink(app));
  expect([
    status,
    location?.origin,
    location?.searchParams.get('iss'),
    location?.searchParams.get('state'),
  ]).toEqual([303, 'https://files.example.org', door.origin, 'st']);
  const claims = await idTokenFor(location);
  expect(claims).toMatchObject({
    sub: alice,
    iss: door.origin,
    aud: app.clientId,
    nonce: 'n',
    acr: 'urn:countersign:acr:mfa-no-sms',
    amr: ['pwd', 'otp', 'mfa'],
  });
  for (const name of ['sid', 'jti', 'auth_time', 'exp', 'iat']) expect(claims).toHaveProperty(name);
  expect(browser.cookieNames()).toEqual(['cs_test_session']);
});

it('a stranger is sent to sign in, comes back, and gets a code; the way back works in no other browser', async () => {
  const browser = door.browser();
  const first = await browser.visit(authorizeLink(app));
  expect([first.status, first.location?.pathname]).toEqual([303, `/signin/${door.asked.length}`]);
  expect(lastAsk()).toMatchObject({
    session: null,
    opened: {
      appName: 'Files',
      returnOrigin: 'https://files.example.org',
      ask: { door: 'oidc', appId: app.id, strength: null, notBefore: null },
    },
  });
  const back = wayBack();
  const thief = await signedIn(bob);
  expect((await thief.visit(back)).body).toBe('fault 400 oidc.request_gone');
  await door.signIn(browser, alice, ['password', 'totp']);
  expect(await idTokenFor((await browser.visit(back)).location)).toMatchObject({ sub: alice });
  expect((await browser.visit(back)).body).toBe('fault 400 oidc.request_gone');
});

it('coming back without having signed in leads to the sign-in again, never to a code', async () => {
  const browser = door.browser();
  await browser.visit(authorizeLink(app));
  const again = await browser.visit(wayBack());
  expect(again.location?.pathname).toBe(`/signin/${door.asked.length}`);
});

it('prompt=none never shows anything', async () => {
  const before = door.asked.length;
  expect(errorIn((await door.browser().visit(authorizeLink(app, { prompt: 'none' }))).location)).toBe(
    'login_required',
  );
  const browser = await signedIn();
  expect(codeIn((await browser.visit(authorizeLink(app, { prompt: 'none' }))).location)).not.toBe('');
  expect(errorIn((await browser.visit(authorizeLink(app, { prompt: 'none login' }))).location)).toBe(
    'invalid_request',
  );
  expect(door.asked.length).toBe(before);
});

it.each([[{ prompt: 'login' }], [{ max_age: '0' }], [{ prompt: 'select_account' }]])(
  '%o wants proofs from after the request',
  async (parameters) => {
    const browser = await signedIn();
    const began = door.clock();
    await browser.visit(authorizeLink(app, parameters));
    expect(lastAsk()?.opened.ask.notBefore).toBeGreaterThanOrEqual(began);
    // Without a new proof the old session is worth nothing, however often the way back is tried.
    await browser.visit(wayBack());
    const notBefore = lastAsk()?.opened.ask.notBefore ?? 0;
    door.advance(1_000);
    await door.signIn(browser, alice, ['password', 'totp']);
    const claims = await idTokenFor((await browser.visit(wayBack())).location);
    expect(Number(claims['auth_time']) * 1000 + 999).toBeGreaterThanOrEqual(notBefore);
  },
);

it('max_age lets a fresh session pass and asks an older one again', async () => {
  const browser = await signedIn();
  expect(codeIn((await browser.visit(authorizeLink(app, { max_age: '600' }))).location)).not.toBe('');
  door.advance(minutes(11));
  const { location } = await browser.visit(authorizeLink(app, { max_age: '600' }));
  expect(location?.pathname).toBe(`/signin/${door.asked.length}`);
});

it('an essential acr that cannot be met is an error, one that nobody knows too, a voluntary one tells the truth', async () => {
  const browser = await signedIn(); // alice has no passkey
  const essential = (values: readonly string[]) =>
    JSON.stringify({ id_token: { acr: { essential: true, values } } });
  const unmet = await browser.visit(authorizeLink(app, { claims: essential(['phr']) }));
  expect(errorIn(unmet.location)).toBe('unmet_authentication_requirements');
  expect(errorIn((await browser.visit(authorizeLink(app, { claims: essential(['loa9']) }))).location)).toBe(
    'unmet_authentication_requirements',
  );
  const both = await browser.visit(
    authorizeLink(app, { claims: essential(['phr']), acr_values: 'urn:countersign:acr:mfa' }),
  );
  expect(errorIn(both.location)).toBe('unmet_authentication_requirements');
  const met = await browser.visit(authorizeLink(app, { claims: essential(['urn:countersign:acr:mfa']) }));
  expect(await idTokenFor(met.location)).toMatchObject({ acr: 'urn:countersign:acr:mfa' });
  const voluntary = await browser.visit(authorizeLink(app, { acr_values: 'phr' }));
  expect(await idTokenFor(voluntary.location)).toMatchObject({ acr: 'urn:countersign:acr:mfa-no-sms' });
});

it('prompt=none drops a wish for more, and keeps a demand', async () => {
  const browser = await signedIn(bob);
  const wish = await browser.visit(authorizeLink(app, { acr_values: 'phr', prompt: 'none' }));
  expect(await idTokenFor(wish.location)).toMatchObject({ acr: 'urn:countersign:acr:mfa-no-sms' });
  const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'phr' } } });
  expect(errorIn((await browser.visit(authorizeLink(app, { claims, prompt: 'none' }))).location)).toBe(
    'login_required',
  );
});

it('who can reach the acr asked for is asked to, and phr is stated only then', async () => {
  const browser = await signedIn(bob);
  await browser.visit(authorizeLink(app, { acr_values: 'phr' }));
  expect(lastAsk()?.opened.ask.strength).toBe('phishing-resistant');
  expect(lastAsk()?.session?.person.account.id).toBe(bob);
  await door.signIn(browser, bob, ['passkey']);
  expect(await idTokenFor((await browser.visit(wayBack())).location)).toMatchObject({
    sub: bob,
    acr: 'phr',
    amr: ['swk', 'user', 'mfa'],
  });
});

it('a request that names one person is not answered with another', async () => {
  const browser = await signedIn(bob);
  await browser.visit(authorizeLink(app, { login_hint: 'Alice' }));
  expect(lastAsk()).toMatchObject({ session: null, opened: { loginHint: 'Alice' } });
  expect(errorIn((await browser.visit(wayBack())).location)).toBe('login_required');
  expect(
    errorIn((await browser.visit(authorizeLink(app, { login_hint: 'alice', prompt: 'none' }))).location),
  ).toBe('login_required');
  expect(
    codeIn((await browser.visit(authorizeLink(app, { login_hint: 'bob@example.org' }))).location),
  ).not.toBe('');
  const token = (await redeem(door, app, codeIn((await browser.visit(authorizeLink(app))).location))).body[
    'id_token'
  ];
  await door.signIn(browser, alice, ['password', 'totp']);
  expect(
    errorIn(
      (await browser.visit(authorizeLink(app, { id_token_hint: String(token), prompt: 'none' }))).location,
    ),
  ).toBe('login_required');
  const sub = JSON.stringify({ id_token: { sub: { value: bob } } });
  expect(errorIn((await browser.visit(authorizeLink(app, { claims: sub, prompt: 'none' }))).location)).toBe(
    'login_required',
  );
});

it('a browser whose session ended or changed hands never yields a code for who was there before', async () => {
  const browser = await signedIn();
  expect(codeIn((await browser.visit(authorizeLink(app))).location)).not.toBe('');
  const session = await door.signIn(browser, bob, ['password', 'totp']);
  expect(await idTokenFor((await browser.visit(authorizeLink(app))).location)).toMatchObject({ sub: bob });
  await store.commit([{ kind: 'session.end', id: session, accountId: bob, now: door.clock() }]);
  expect(errorIn((await browser.visit(authorizeLink(app, { prompt: 'none' }))).location)).toBe(
    'login_required',
  );
});

it('ending the session kills the code, the access token and the refresh token made in it', async () => {
  const browser = door.browser();
  const session = await door.signIn(browser, alice, ['password', 'totp']);
  const scope = { scope: 'openid offline_access', prompt: 'consent' };
  const tokens = (await redeem(door, app, codeIn((await browser.visit(authorizeLink(app, scope))).location)))
    .body;
  expect(tokens['refresh_token']).toBeTypeOf('string');
  const code = codeIn((await browser.visit(authorizeLink(app))).location);
  expect(
    (await asApp(door, app, '/oidc/token/introspection', { token: String(tokens['access_token']) })).body,
  ).toMatchObject({ active: true, sub: alice });
  await store.commit([{ kind: 'session.end', id: session, accountId: alice, now: door.clock() }]);
  expect((await redeem(door, app, code)).body).toMatchObject({ error: 'invalid_grant' });
  expect((await refresh(door, app, tokens['refresh_token'])).body).toMatchObject({ error: 'invalid_grant' });
  for (const kind of ['access_token', 'refresh_token']) {
    expect(
      (await asApp(door, app, '/oidc/token/introspection', { token: String(tokens[kind]) })).body,
    ).toEqual({ active: false });
  }
  const userinfo = await fetch(`${door.origin}/oidc/userinfo`, {
    headers: { authorization: `Bearer ${String(tokens['access_token'])}` },
  });
  expect(userinfo.status).toBe(401);
});

it('a disabled account and a raised epoch are refused at refresh', async () => {
  const carol = await door.addPerson('carol', ['password', 'totp']);
  const browser = await signedIn(carol);
  const scope = { scope: 'openid offline_access', prompt: 'consent' };
  const tokens = (await redeem(door, app, codeIn((await browser.visit(authorizeLink(app, scope))).location)))
    .body;
  const next = await refresh(door, app, tokens['refresh_token']);
  expect(next.status).toBe(200);
  await store.commit([{ kind: 'account.state', id: carol, from: ['active'], to: 'disabled' }]);
  expect((await refresh(door, app, next.body['refresh_token'])).body).toMatchObject({
    error: 'invalid_grant',
  });
});

it('refreshing outlives the idle end of the browser session, but neither its own idle nor its absolute end', async () => {
  const own = await door.addApp({
    redirect_uris: ['https://mail.example.org/cb'],
    grant_types: ['authorization_code', 'refresh_token'],
    refresh_idle_s: 3600,
    refresh_absolute_s: 7200,
  });
  const browser = await signedIn();
  const link = authorizeLink(own, { scope: 'openid offline_access', prompt: 'consent' });
  let token = (await redeem(door, own, codeIn((await browser.visit(link)).location))).body['refresh_token'];
  for (const step of [50, 50]) {
    door.advance(minutes(step));
    const { status, body } = await refresh(door, own, token);
    expect(status).toBe(200);
    token = body['refresh_token'];
  }
  door.advance(minutes(21));
  expect((await refresh(door, own, token)).body).toMatchObject({ error: 'invalid_grant' });
  const other = await signedIn();
  const idle = (await redeem(door, own, codeIn((await other.visit(link)).location))).body['refresh_token'];
  door.advance(hours(1));
  expect((await refresh(door, own, idle)).body).toMatchObject({ error: 'invalid_grant' });
});

const offline = async (own: TestApp, browser: Browser): Promise<Readonly<Record<string, unknown>>> => {
  const link = authorizeLink(own, { scope: 'openid offline_access', prompt: 'consent' });
  return (await redeem(door, own, codeIn((await browser.visit(link)).location))).body;
};
const newApp = (): Promise<TestApp> =>
  door.addApp({
    redirect_uris: ['https://wiki.example.org/cb'],
    grant_types: ['authorization_code', 'refresh_token'],
  });
const statusOfUserinfo = async (token: unknown): Promise<number> => {
  const headers = { authorization: `Bearer ${String(token)}` };
  return (await fetch(`${door.origin}/oidc/userinfo`, { headers })).status;
};

it('an app raised to phishing-resistant no longer honours what weaker sign-ins got, and is no less strict to a code', async () => {
  const own = await newApp();
  const browser = await signedIn(bob);
  const tokens = await offline(own, browser);
  const code = codeIn((await browser.visit(authorizeLink(own))).location);
  expect(await statusOfUserinfo(tokens['access_token'])).toBe(200);
  await store.database.pool.query(`update app set strength = 'phishing-resistant' where id = $1`, [own.id]);
  expect(await statusOfUserinfo(tokens['access_token'])).toBe(401);
  expect((await redeem(door, own, code)).body).toMatchObject({ error: 'invalid_grant' });
  expect((await refresh(door, own, tokens['refresh_token'])).body).toMatchObject({ error: 'invalid_grant' });
});

it('a session whose proofs changed keeps the tokens of an app for which they still suffice', async () => {
  const own = await newApp();
  const browser = door.browser();
  const session = await door.signIn(browser, bob, ['passkey']);
  const tokens = await offline(own, browser);
  const other = await door.signIn(door.browser(), bob, ['password', 'totp']);
  await store.database.pool.query(
    'update session set proofs = (select proofs from session where id = $2) where id = $1',
    [session, other],
  );
  expect(await statusOfUserinfo(tokens['access_token'])).toBe(200);
  expect((await refresh(door, own, tokens['refresh_token'])).status).toBe(200);
});

it('text that no store takes is a bad request or nothing, never a fault of ours', async () => {
  const faults = door.reports.length;
  const browser = await signedIn();
  for (const who of [browser, door.browser()]) {
    for (const login_hint of ['\0', 'alice\0', 'a\nb', 'a'.repeat(255)]) {
      const { status, location } = await who.visit(authorizeLink(app, { login_hint }));
      expect([login_hint, status, errorIn(location)]).toEqual([login_hint, 303, 'invalid_request']);
    }
    const claims = JSON.stringify({ id_token: { acr: { values: ['\0', '\ud800'] }, sub: { value: 'a\0' } } });
    const names = [
      'acr_values',
      'state',
      'nonce',
      'ui_locales',
      'client_id',
      'redirect_uri',
      'scope',
      'display',
    ];
    for (const bad of [{ claims }, ...names.map((name) => ({ [name]: 'a\0' }))]) {
      const { status } = await who.visit(authorizeLink(app, bad));
      expect([bad, status < 500]).toEqual([bad, true]);
    }
    expect((await who.visit('/oidc/logout?client_id=%00')).status).toBe(400);
  }
  const nobody: TestApp = { ...app, clientId: 'a-b-c-d-\0', secret: null };
  expect((await redeem(door, nobody, 'code\0')).status).toBe(401);
  expect((await redeem(door, app, 'code\0')).body).toMatchObject({ error: 'invalid_grant' });
  expect(door.reports.slice(faults)).toEqual([]);
});

it('every grant has its event, and no event stands for a grant that was never stored', async () => {
  const browser = await signedIn();
  const { location } = await browser.visit(authorizeLink(app));
  expect(codeIn(location)).not.toBe('');
  const { rows } = await store.database.pool.query<{ grants: number; events: number }>(
    `select (select count(*)::int from door_grant where door = 'oidc') as grants,
      (select count(*)::int from audit_event where type = 'grant.issued') as events`,
  );
  expect(rows[0]?.events).toBe(rows[0]?.grants);
  const renewed = await store.database.pool.query(`select 1 from audit_event where type = 'grant.renewed'`);
  expect(renewed.rows.length).toBeGreaterThan(0);
});
