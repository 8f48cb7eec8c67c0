import { randomUUID } from 'node:crypto';
import type { AccountId } from '@countersign/core/kernel/id';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSigningKey } from '../../adapters/keys/signing-key.ts';
import { startTestStore, type TestStore } from '../../adapters/store/store-for-tests.ts';
import type { Browser } from './browser-for-tests.ts';
import {
  asApp,
  authorizeLink,
  redeem,
  refresh,
  type TestApp,
  type TokenAnswer,
  VERIFIER,
} from './app-for-tests.ts';
import { startTestDoor, type TestDoor } from './door-for-tests.ts';

let store: TestStore;
let door: TestDoor;
let app: TestApp;
let alice: AccountId;
let browser: Browser;
let spoiled = false;

beforeAll(async () => {
  store = await startTestStore();
  const stores = {
    ...store,
    inTransaction: <T>(work: () => Promise<T>) => store.database.transaction(work),
    makeSigningKey,
  };
  const artifacts = {
    ...store.artifacts,
    save: async (artifact: Parameters<typeof store.artifacts.save>[0]) => {
      await store.artifacts.save(artifact);
      if (spoiled && artifact.model === 'RefreshToken') throw new Error('the store fails after the write');
    },
  };
  door = await startTestDoor({ ...stores, artifacts });
  app = await door.addApp({
    redirect_uris: ['https://files.example.org/cb'],
    grant_types: ['authorization_code', 'refresh_token'],
  });
  alice = await door.addPerson('alice', ['password', 'totp']);
  browser = door.browser();
  await door.signIn(browser, alice, ['password', 'totp']);
});
afterAll(async () => {
  await door.stop();
  await store.stop();
});

const newCode = async (to: TestApp = app): Promise<string> => {
  const { location } = await browser.visit(
    authorizeLink(to, { scope: 'openid offline_access', prompt: 'consent' }),
  );
  return location?.searchParams.get('code') ?? '';
};
const isActive = async (token: unknown): Promise<unknown> =>
  (await asApp(door, app, '/oidc/token/introspection', { token: String(token) })).body['active'];
const eventsOf = async (type: string): Promise<number> => {
  const { rows } = await store.database.pool.query<{ n: number }>(
    'select count(*)::int as n from audit_event where type = $1',
    [type],
  );
  return rows[0]?.n ?? 0;
};
const winners = (answers: readonly TokenAnswer[]): readonly TokenAnswer[] =>
  answers.filter(({ status }) => status === 200);

it('a code redeemed twice: the second is refused and takes what the first got with it', async () => {
  const code = await newCode();
  const first = await redeem(door, app, code);
  expect(await isActive(first.body['access_token'])).toBe(true);
  expect((await redeem(door, app, code)).body).toMatchObject({ error: 'invalid_grant' });
  for (const kind of ['access_token', 'refresh_token']) expect(await isActive(first.body[kind])).toBe(false);
  expect((await refresh(door, app, first.body['refresh_token'])).body).toMatchObject({
    error: 'invalid_grant',
  });
  expect(await eventsOf('oidc.code_replayed')).toBe(1);
});

it('a code redeemed twenty times at once: one success, and nothing of it survives', async () => {
  const code = await newCode();
  const before = await eventsOf('oidc.code_replayed');
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(door, app, code)));
  expect(winners(answers)).toHaveLength(1);
  expect(
    answers.filter(({ status }) => status !== 200).every(({ body }) => body['error'] === 'invalid_grant'),
  ).toBe(true);
  expect(await isActive(winners(answers)[0]?.body['access_token'])).toBe(false);
  expect((await refresh(door, app, winners(answers)[0]?.body['refresh_token'])).status).toBe(400);
  expect(await eventsOf('oidc.code_replayed')).toBeGreaterThan(before);
});

it('a refresh token used twenty times at once: one success, then the family is dead', async () => {
  const { body } = await redeem(door, app, await newCode());
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => refresh(door, app, body['refresh_token'])),
  );
  expect(winners(answers)).toHaveLength(1);
  expect((await refresh(door, app, winners(answers)[0]?.body['refresh_token'])).body).toMatchObject({
    error: 'invalid_grant',
  });
  expect(await isActive(winners(answers)[0]?.body['access_token'])).toBe(false);
  expect(await eventsOf('oidc.refresh_reused')).toBeGreaterThan(0);
});

it('an old refresh token shown long after its own time still ends the family', async () => {
  const first = await redeem(door, app, await newCode());
  let token = first.body['refresh_token'];
  for (let i = 0; i < 3; i++) {
    door.advance(20 * 60_000);
    token = (await refresh(door, app, token)).body['refresh_token'];
  }
  expect(await isActive(token)).toBe(true);
  expect((await refresh(door, app, first.body['refresh_token'])).status).toBe(400);
  expect(await isActive(token)).toBe(false);
  await door.signIn(browser, alice, ['password', 'totp']);
});

it('introspecting or revoking a used token is no replay', async () => {
  const first = await redeem(door, app, await newCode());
  const second = await refresh(door, app, first.body['refresh_token']);
  expect(await isActive(first.body['refresh_token'])).toBe(false);
  expect(await isActive(second.body['refresh_token'])).toBe(true);
});

it('a code belongs to its app, its address and its verifier', async () => {
  const thief = await door.addApp({
    redirect_uris: ['https://files.example.org/cb', 'https://thief.example.org/cb'],
  });
  const code = await newCode();
  expect((await redeem(door, thief, code)).body).toMatchObject({ error: 'invalid_grant' });
  expect(
    (await redeem(door, app, code, { redirect_uri: 'https://files.example.org/cb2' })).body,
  ).toMatchObject({ error: 'invalid_grant' });
  expect((await redeem(door, app, code, { code_verifier: 'x'.repeat(43) })).body).toMatchObject({
    error: 'invalid_grant',
  });
  expect(
    (
      await asApp(door, app, '/oidc/token', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: app.redirectUri,
      })
    ).body,
  ).toMatchObject({ error: 'invalid_grant' });
  for (const cut of [code.slice(0, -1), `${code}A`, ''])
    expect((await redeem(door, app, cut)).status).toBe(400);
  expect((await redeem(door, app, code)).status).toBe(200);
});

it.each([
  [{ code_challenge: null, code_challenge_method: null }],
  [{ code_challenge_method: 'plain' }],
  [{ response_type: 'token', nonce: 'n' }],
  [{ response_type: 'code id_token' }],
  [{ response_mode: 'fragment' }],
])('a request with %o gets no code', async (parameters) => {
  const { location } = await browser.visit(authorizeLink(app, parameters));
  const answer = new URLSearchParams(
    location?.search === '' ? location.hash.slice(1) : (location?.search ?? ''),
  );
  expect([answer.get('code'), answer.get('access_token')]).toEqual([null, null]);
  expect(['invalid_request', 'unsupported_response_type']).toContain(answer.get('error'));
});

it.each(['password', 'implicit', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'])(
  'the grant %s does not exist',
  async (grant) => {
    const { body } = await asApp(door, app, '/oidc/token', {
      grant_type: grant,
      username: 'alice',
      password: 'x',
    });
    expect(body['error']).toBe('unsupported_grant_type');
  },
);

it.each([[''], ['wrong']])('the secret %j is refused', async (secret) => {
  const liar = { ...app, secret };
  expect((await redeem(door, liar, await newCode())).status).toBeGreaterThanOrEqual(400);
});

it('a token of one deployment means nothing to another', async () => {
  const { body } = await redeem(door, app, await newCode());
  const foreign = await startTestDoor({ ...(await foreignStores()), makeSigningKey });
  const answer = await fetch(`${foreign.origin}/oidc/userinfo`, {
    headers: { authorization: `Bearer ${String(body['access_token'])}` },
  });
  expect(answer.status).toBe(401);
  await foreign.stop();
});
const foreignStores = async () => {
  const second = await startTestStore();
  closing.push(() => second.stop());
  return { ...second, inTransaction: <T>(work: () => Promise<T>) => second.database.transaction(work) };
};
const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

it('a store that fails in the middle of an exchange leaves the code unused and no token behind', async () => {
  const code = await newCode();
  const count = async () =>
    (
      await store.database.pool.query<{ n: number }>(
        `select count(*)::int as n from oidc_artifact where model in ('AccessToken', 'RefreshToken')`,
      )
    ).rows[0]?.n;
  const before = await count();
  spoiled = true;
  const failed = await redeem(door, app, code);
  spoiled = false;
  expect([failed.status, failed.body]).toEqual([500, { error: 'server_error' }]);
  expect(await count()).toBe(before);
  expect((await redeem(door, app, code)).status).toBe(200);
});

it('a commit that fails lets no token and no code out', async () => {
  const broken = await startTestDoor({
    ...store,
    makeSigningKey,
    inTransaction: (work) =>
      store.database.transaction(async () => (await work(), Promise.reject(new Error('the commit fails')))),
  });
  const code = await newCode();
  expect(await redeem(broken, app, code)).toEqual({ status: 500, body: { error: 'server_error' } });
  const { status, location, body } = await openBrowserLike(broken);
  expect([status, location, body]).toEqual([500, null, 'fault 500 oidc.failed']);
  expect(broken.reports.map(String)).toContain('Error: the commit fails');
  await broken.stop();
  expect((await redeem(door, app, code)).status).toBe(200);
});
const openBrowserLike = async (to: TestDoor) => {
  const visitor = to.browser();
  await to.signIn(visitor, alice, ['password', 'totp']);
  return visitor.visit(authorizeLink(app));
};

const dpopProof = async ({
  key,
  jwk,
  url,
  jti = randomUUID(),
  token,
  nonce,
}: {
  key: CryptoKey;
  jwk: JWK;
  url: string;
  jti?: string;
  token?: string;
  nonce?: string;
}): Promise<string> => {
  const ath =
    token === undefined
      ? {}
      : { ath: Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(token))).toString('base64url') };
  const method = token === undefined ? 'POST' : 'GET';
  return new SignJWT({ htm: method, htu: url, jti, ...ath, ...(nonce === undefined ? {} : { nonce }) })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
    .setIssuedAt()
    .sign(key);
};

it('a DPoP proof is good for one request, and a bound token for its key alone', async () => {
  const spa = await door.addApp({
    redirect_uris: ['https://spa.example.org/cb'],
    token_endpoint_auth_method: 'none',
    dpop_bound_access_tokens: true,
    grant_types: ['authorization_code', 'refresh_token'],
  });
  const { privateKey: key, publicKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  const token = `${door.origin}/oidc/token`;
  const exchange = (code: string, dpop: string) =>
    asApp(
      door,
      spa,
      '/oidc/token',
      { grant_type: 'authorization_code', code, redirect_uri: spa.redirectUri, code_verifier: VERIFIER },
      { dpop },
    );
  const unproven = await asApp(door, spa, '/oidc/token', {
    grant_type: 'authorization_code',
    code: await newCode(spa),
    redirect_uri: spa.redirectUri,
    code_verifier: VERIFIER,
  });
  expect(unproven.body['error']).toBe('invalid_grant');

  const jti = randomUUID();
  const raced = await Promise.all(
    Array.from({ length: 20 }, async () =>
      exchange(await newCode(spa), await dpopProof({ key, jwk, url: token, jti })),
    ),
  );
  expect(winners(raced)).toHaveLength(1);
  const access = String(winners(raced)[0]?.body['access_token']);

  const userinfo = `${door.origin}/oidc/userinfo`;
  const ask = async (headers: Record<string, string>) => (await fetch(userinfo, { headers })).status;
  expect(await ask({ authorization: `Bearer ${access}` })).toBe(401);
  const proof = await dpopProof({ key, jwk, url: userinfo, token: access });
  expect(await ask({ authorization: `DPoP ${access}`, dpop: proof })).toBe(200);
  expect(await ask({ authorization: `DPoP ${access}`, dpop: proof })).toBe(401);
  const stranger = await generateKeyPair('ES256');
  expect(
    await ask({
      authorization: `DPoP ${access}`,
      dpop: await dpopProof({
        key: stranger.privateKey,
        jwk: await exportJWK(stranger.publicKey),
        url: userinfo,
        token: access,
      }),
    }),
  ).toBe(401);
});

it('a made-up nonce is answered with a true one', async () => {
  const { privateKey: key, publicKey } = await generateKeyPair('ES256');
  const proof = await dpopProof({
    key,
    jwk: await exportJWK(publicKey),
    url: `${door.origin}/oidc/token`,
    nonce: 'made-up',
  });
  expect(
    (
      await asApp(
        door,
        app,
        '/oidc/token',
        { grant_type: 'refresh_token', refresh_token: 'x' },
        { dpop: proof },
      )
    ).body['error'],
  ).toBe('use_dpop_nonce');
});

it('a client assertion works once, of twenty at once too, and never unsigned, by a shared secret or a foreign key', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1' };
  const signer = await door.addApp({
    redirect_uris: ['https://sign.example.org/cb'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [jwk] },
  });
  const assertion = (
    key: CryptoKey | Uint8Array,
    header: { alg: string; kid?: string; jku?: string; x5u?: string; jwk?: JWK },
    jti: string = randomUUID(),
  ) =>
    new SignJWT({ jti })
      .setProtectedHeader(header)
      .setIssuer(signer.clientId)
      .setSubject(signer.clientId)
      .setAudience(door.origin)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(key);
  const introspect = (client_assertion: string) =>
    asApp(door, { ...signer, secret: null }, '/oidc/token/introspection', {
      token: 'x',
      client_assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
  const one = await assertion(privateKey, { alg: 'ES256', kid: 'k1' });
  expect(winners(await Promise.all(Array.from({ length: 20 }, () => introspect(one))))).toHaveLength(1);

  const foreign = await generateKeyPair('ES256');
  const own = await exportJWK(foreign.publicKey);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await assertion(privateKey, { alg: 'ES256' })).split('.')[1]}.`;
  const hostile = [
    unsigned,
    await assertion(Buffer.from(JSON.stringify(jwk)), { alg: 'HS256', kid: 'k1' }),
    await assertion(foreign.privateKey, { alg: 'ES256', kid: 'k1' }),
    await assertion(foreign.privateKey, { alg: 'ES256', kid: '../../k1' }),
    await assertion(foreign.privateKey, {
      alg: 'ES256',
      kid: 'k2',
      jku: 'https://evil.example/jwks',
      x5u: 'https://evil.example/x',
      jwk: own,
    }),
  ];
  for (const token of hostile) expect((await introspect(token)).status).toBe(401);
});

it('a pushed request is used once, even where the person had to sign in first', async () => {
  const { body } = await asApp(
    door,
    app,
    '/oidc/par',
    Object.fromEntries(new URL(authorizeLink(app), door.origin).searchParams),
  );
  const link = `/oidc/auth?${new URLSearchParams({ client_id: app.clientId, request_uri: String(body['request_uri']) }).toString()}`;
  const stranger = door.browser();
  expect((await stranger.visit(link)).location?.pathname).toMatch(/^\/signin\//);
  expect((await browser.visit(link)).location?.searchParams.get('code') ?? null).toBeNull();
  await door.signIn(stranger, alice, ['password', 'totp']);
  expect(
    (await stranger.visit(door.asked.at(-1)?.opened.returnTo ?? '')).location?.searchParams.get('code'),
  ).toBeTypeOf('string');

  const strict = await door.addApp({
    redirect_uris: ['https://par.example.org/cb'],
    require_pushed_authorization_requests: true,
  });
  expect((await browser.visit(authorizeLink(strict))).location?.searchParams.get('error')).toBe(
    'invalid_request',
  );
});
