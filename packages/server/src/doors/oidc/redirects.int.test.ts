import type { AccountId } from '@countersign/core/kernel/id';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSigningKey } from '../../adapters/keys/signing-key.ts';
import { startTestStore, type TestStore } from '../../adapters/store/store-for-tests.ts';
import { authorizeLink, type TestApp } from './app-for-tests.ts';
import { startTestDoor, type TestDoor } from './door-for-tests.ts';

let store: TestStore;
let door: TestDoor;
let web: TestApp;
let native: TestApp;
let alice: AccountId;

beforeAll(async () => {
  store = await startTestStore();
  door = await startTestDoor({
    ...store,
    inTransaction: (work) => store.database.transaction(work),
    makeSigningKey,
  });
  web = await door.addApp({ redirect_uris: ['https://rp.example/cb', 'http://localhost:8080/cb'] });
  native = await door.addApp({
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    redirect_uris: ['http://127.0.0.1/cb', 'com.example.app:/cb'],
  });
  alice = await door.addPerson('alice', ['password', 'totp']);
});
afterAll(async () => {
  await door.stop();
  await store.stop();
});

const ask = async (app: TestApp, parameters: Readonly<Record<string, string | null>>) => {
  const browser = door.browser();
  await door.signIn(browser, alice, ['password', 'totp']);
  return browser.visit(authorizeLink(app, parameters));
};

const HOSTILE: readonly (readonly [string, string])[] = [
  ['prefix', 'https://rp.example/cb.evil.example'],
  ['longer path', 'https://rp.example/cb/x'],
  ['host prefix', 'https://rp.example.evil.example/cb'],
  ['userinfo', 'https://rp.example@evil.example/cb'],
  ['userinfo of ours', 'https://evil.example:x@rp.example/cb'],
  ['backslash', 'https://rp.example\\@evil.example/cb'],
  ['backslash for slash', 'https:\\\\rp.example\\cb'],
  ['encoded slash', 'https://rp.example%2fcb'],
  ['encoded path', 'https://rp.example/%63b'],
  ['dot segments', 'https://rp.example/x/../cb'],
  ['fragment', 'https://rp.example/cb#x'],
  ['query', 'https://rp.example/cb?x=1'],
  ['port', 'https://rp.example:444/cb'],
  ['default port', 'https://rp.example:443/cb'],
  ['scheme', 'http://rp.example/cb'],
  ['upper case', 'https://RP.example/cb'],
  ['trailing dot', 'https://rp.example./cb'],
  ['trailing slash', 'https://rp.example/cb/'],
  ['look-alike letter', 'https://rp.examрle/cb'],
  ['full stop of another script', 'https://rp。example/cb'],
  ['blank', 'https://rp.example/cb '],
  ['line break', 'https://rp.example/cb\r\nx: y'],
  ['localhost on another port', 'http://localhost:8081/cb'],
  ['localhost by address', 'http://127.0.0.1:8080/cb'],
  ['localhost as a label', 'http://localhost.evil.example:8080/cb'],
  ['localhost with a dot', 'http://localhost.:8080/cb'],
  ['script', 'javascript:alert(1)'],
  ['data', 'data:text/html,x'],
  ['relative', '/cb'],
  ['network path', '//evil.example/cb'],
  ['empty', ''],
];

it.each(HOSTILE)(
  '%s: %s gets a page of ours and no redirect, whatever else is wrong with the request',
  async (_what, uri) => {
    for (const more of [
      {},
      { response_type: 'token' },
      { scope: 'none' },
      { prompt: 'none' },
      { response_mode: 'fragment' },
      { code_challenge: null, code_challenge_method: null },
    ]) {
      const answer = await ask(web, { redirect_uri: uri, ...more });
      expect([answer.status, answer.location, answer.body.startsWith('fault 400 oidc.')]).toEqual([
        400,
        null,
        true,
      ]);
    }
  },
);

it('without an address there is no guessing one, and an unknown app goes nowhere', async () => {
  const single = await door.addApp({ redirect_uris: ['https://one.example/cb'] });
  for (const [app, parameters] of [
    [single, { redirect_uri: null }],
    [web, { client_id: 'nobody', redirect_uri: 'https://rp.example/cb' }],
    [web, { client_id: null }],
  ] as const) {
    const answer = await ask(app, parameters);
    expect([answer.status, answer.location]).toEqual([400, null]);
  }
});

it('two addresses in one request are refused', async () => {
  const answer = await door
    .browser()
    .visit(`${authorizeLink(web)}&redirect_uri=https%3A%2F%2Fevil.example%2Fcb`);
  expect([answer.status, answer.location]).toEqual([400, null]);
});

it("only a native app's loopback address may have any port (RFC 8252 §7.3)", async () => {
  for (const uri of ['http://127.0.0.1:51004/cb', 'com.example.app:/cb']) {
    expect((await ask(native, { redirect_uri: uri })).location?.searchParams.get('code')).toBeTypeOf(
      'string',
    );
  }
  for (const uri of [
    'http://127.0.0.1:51004/cb2',
    'http://localhost:51004/cb',
    'http://[::1]:51004/cb',
    'http://127.1:51004/cb',
    'http://2130706433:51004/cb',
    'http://x@127.0.0.1:1/cb',
    'https://127.0.0.1:51004/cb',
    'com.example.app:/cb2',
    'com.example.app.evil:/cb',
  ]) {
    expect([uri, (await ask(native, { redirect_uri: uri })).location]).toEqual([uri, null]);
  }
});

it('a removed app and one that would no longer be accepted are unknown', async () => {
  const app = await door.addApp({ redirect_uris: ['https://gone.example/cb'] });
  await store.commit([{ kind: 'app.remove', id: app.id, now: door.clock() }]);
  expect((await ask(app, {})).status).toBe(400);
  const loose = await door.addApp({ redirect_uris: ['https://loose.example/cb'] });
  await store.database.pool.query('update app set metadata = $1 where id = $2', [
    { redirect_uris: ['http://loose.example/cb'] },
    loose.id,
  ]);
  expect((await ask(loose, { redirect_uri: 'http://loose.example/cb' })).status).toBe(400);
});

it("an app's own strength counts as a demand that nobody can talk down", async () => {
  const app = await door.addApp({ redirect_uris: ['https://strong.example/cb'] });
  await store.database.pool.query('update app set strength = $1 where id = $2', [
    'phishing-resistant',
    app.id,
  ]);
  for (const more of [{}, { acr_values: 'urn:countersign:acr:mfa' }, { acr_values: 'phr' }]) {
    const error = (await ask(app, more)).location?.searchParams.get('error');
    expect(error).toBe('access_denied');
  }
});
