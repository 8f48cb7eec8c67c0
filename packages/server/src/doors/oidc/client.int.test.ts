import { request } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { AccountId } from '@countersign/core/kernel/id';
import { hours } from '@countersign/core/kernel/time';
import * as client from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSigningKey } from '../../adapters/keys/signing-key.ts';
import { startTestStore, type TestStore } from '../../adapters/store/store-for-tests.ts';
import type { Browser } from './browser-for-tests.ts';
import { authorizeLink, redeem, type TestApp } from './app-for-tests.ts';
import { startTestDoor, type TestDoor } from './door-for-tests.ts';
import { KEY_LIVES } from './lives.ts';

let store: TestStore;
let door: TestDoor;
let alice: AccountId;
let browser: Browser;
const REDIRECT = 'https://app.example.org/cb';
const both = ['authorization_code', 'refresh_token'];

beforeAll(async () => {
  store = await startTestStore();
  door = await startTestDoor({
    ...store,
    inTransaction: (work) => store.database.transaction(work),
    makeSigningKey,
  });
  alice = await door.addPerson('alice', ['password', 'totp']);
  browser = door.browser();
  await door.signIn(browser, alice, ['password', 'totp']);
});
afterAll(async () => {
  await door.stop();
  await store.stop();
});

const discover = (app: TestApp, auth: client.ClientAuth): Promise<client.Configuration> =>
  client.discovery(new URL(door.origin), app.clientId, {}, auth, { execute: [client.allowInsecureRequests] });

/** What openid-client asks for, done in our browser; the address it is sent back to. */
const follow = async (url: URL): Promise<URL> => {
  const { location } = await browser.visit(url);
  if (location === null) throw new Error('no redirect');
  return location;
};

const signInWith = async (
  config: client.Configuration,
  more: Record<string, string> = {},
  options: client.DPoPOptions = {},
  pushed = false,
) => {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const parameters = {
    redirect_uri: REDIRECT,
    scope: 'openid profile email offline_access',
    prompt: 'consent',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...more,
  };
  const url = pushed
    ? await client.buildAuthorizationUrlWithPAR(config, parameters, options)
    : client.buildAuthorizationUrl(config, parameters);
  return client.authorizationCodeGrant(
    config,
    await follow(url),
    { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true },
    undefined,
    options,
  );
};

it('a confidential app: discovery, code with PKCE, user info, refresh, introspection, revocation', async () => {
  const app = await door.addApp({ redirect_uris: [REDIRECT], grant_types: both });
  const config = await discover(app, client.ClientSecretBasic(app.secret ?? ''));
  const tokens = await signInWith(config);
  expect(tokens.claims()).toMatchObject({ sub: alice, acr: 'urn:countersign:acr:mfa-no-sms' });
  const info = await client.fetchUserInfo(config, tokens.access_token, alice);
  expect(info).toEqual({
    sub: alice,
    name: 'alice',
    preferred_username: 'alice',
    locale: 'en',
    email: 'alice@example.org',
    email_verified: false,
  });
  const posted = await fetch(`${door.origin}/oidc/userinfo`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  expect(await posted.json()).toEqual(info);

  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
  expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
  expect(renewed.claims()?.['auth_time']).toBe(tokens.claims()?.['auth_time']);
  expect(await client.tokenIntrospection(config, renewed.access_token)).toMatchObject({
    active: true,
    sub: alice,
    client_id: app.clientId,
  });
  await client.tokenRevocation(config, renewed.refresh_token ?? '');
  for (const token of [renewed.access_token, renewed.refresh_token ?? ''])
    expect(await client.tokenIntrospection(config, token)).toEqual({ active: false });
});

it('a public app: pushed request, DPoP-bound code and tokens, refresh with the same key only', async () => {
  const app = await door.addApp({
    redirect_uris: [REDIRECT],
    token_endpoint_auth_method: 'none',
    grant_types: both,
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: true,
  });
  const config = await discover(app, client.None());
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
  const tokens = await signInWith(config, {}, { DPoP }, true);
  expect(tokens.token_type).toBe('dpop');
  expect(await client.fetchUserInfo(config, tokens.access_token, alice, { DPoP })).toMatchObject({
    sub: alice,
  });
  const thief = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
  await expect(
    client.refreshTokenGrant(config, tokens.refresh_token ?? '', {}, { DPoP: thief }),
  ).rejects.toThrow();
  const renewed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', {}, { DPoP });
  expect(renewed.token_type).toBe('dpop');
});

it.each(['ES256', 'EdDSA'])('an app may have its ID tokens signed with %s', async (alg) => {
  const app = await door.addApp({
    redirect_uris: [REDIRECT],
    id_token_signed_response_alg: alg,
    grant_types: both,
  });
  const config = await client.discovery(
    new URL(door.origin),
    app.clientId,
    { id_token_signed_response_alg: alg },
    client.ClientSecretPost(app.secret ?? ''),
    { execute: [client.allowInsecureRequests] },
  );
  expect((await signInWith(config)).claims()?.sub).toBe(alice);
});

it('two sectors know one person by two names, the same each time', async () => {
  const sub = async (host: string) => {
    const app = await door.addApp({ redirect_uris: [`https://${host}/cb`], subject_type: 'pairwise' });
    const { location } = await browser.visit(authorizeLink(app));
    const { body } = await redeem(door, app, location?.searchParams.get('code') ?? '');
    const info = await fetch(`${door.origin}/oidc/userinfo`, {
      headers: { authorization: `Bearer ${String(body['access_token'])}` },
    });
    return ((await info.json()) as { sub: string }).sub;
  };
  const [one, same, other] = [
    await sub('a.example.org'),
    await sub('a.example.org'),
    await sub('b.example.org'),
  ];
  expect([one === same, one === other, one === alice]).toEqual([true, false, false]);
});

it('an app may introspect the tokens of others only when it is there to serve them', async () => {
  const app = await door.addApp({ redirect_uris: [REDIRECT], grant_types: both });
  const tokens = await signInWith(await discover(app, client.ClientSecretBasic(app.secret ?? '')));
  const ask = async (metadata: Record<string, unknown>) => {
    const asker = await door.addApp({ redirect_uris: [REDIRECT], ...metadata });
    return (
      await client.tokenIntrospection(
        await discover(asker, client.ClientSecretBasic(asker.secret ?? '')),
        tokens.access_token,
      )
    ).active;
  };
  expect([await ask({}), await ask({ resource_server: true })]).toEqual([false, true]);
});

it('discovery says what there is, under the public address whatever the request says', async () => {
  const answer = await fetch(`${door.origin}/.well-known/openid-configuration`, {
    headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  });
  const document = (await answer.json()) as Record<string, unknown>;
  expect(document).toMatchObject({
    issuer: door.origin,
    authorization_endpoint: `${door.origin}/oidc/auth`,
    token_endpoint: `${door.origin}/oidc/token`,
    end_session_endpoint: `${door.origin}/oidc/logout`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    id_token_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA'],
  });
  expect(JSON.stringify(document)).not.toContain('evil.example');
  for (const absent of [
    'registration_endpoint',
    'device_authorization_endpoint',
    'backchannel_authentication_endpoint',
  ])
    expect(document).not.toHaveProperty(absent);
});

it.each(['/.well-known/openid-configuration', 'http://evil.example/.well-known/openid-configuration'])(
  'a false Host moves no address of %s',
  async (path) => {
    const { hostname, port } = new URL(door.origin);
    const sent = request({ hostname, port, path, headers: { host: 'evil.example' } }).end();
    const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
    const body = await text(answer);
    expect(body).toContain(`${door.origin}/oidc/auth`);
    expect(body).not.toContain('evil.example');
  },
);

it('response_mode=form_post is for apps that registered it, on a page that posts to them alone', async () => {
  const app = await door.addApp({ redirect_uris: [REDIRECT], response_modes: ['query', 'form_post'] });
  const page = await browser.visit(authorizeLink(app, { response_mode: 'form_post' }));
  expect([page.status, page.body.includes(`action="${REDIRECT}"`)]).toEqual([200, true]);
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; form-action https:\/\/app\.example\.org; base-uri 'none'; frame-ancestors 'none'$/,
  );
});

it('pages of a public app may call the token endpoint from where it returns to, and nobody the authorization endpoint', async () => {
  const app = await door.addApp({ redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' });
  const call = async (path: string, origin: string) => {
    const answer = await fetch(door.origin + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin },
      body: new URLSearchParams({ client_id: app.clientId, grant_type: 'authorization_code', code: 'x' }),
    });
    return answer.headers.get('access-control-allow-origin');
  };
  expect(await call('/oidc/token', 'https://app.example.org')).toBe('https://app.example.org');
  expect(await call('/oidc/token', 'https://evil.example')).toBeNull();
  expect(await call('/oidc/auth', 'https://app.example.org')).toBeNull();
});

it('keys: published before they sign, kept until what they signed is old, and gone at once when they may be known', async () => {
  const published = async () =>
    ((await (await fetch(`${door.origin}/oidc/jwks`)).json()) as { keys: Record<string, string>[] }).keys;
  const signer = async () => {
    const app = await door.addApp({ redirect_uris: [REDIRECT] });
    await door.signIn(browser, alice, ['password', 'totp']);
    const { location } = await browser.visit(authorizeLink(app));
    const { body } = await redeem(door, app, location?.searchParams.get('code') ?? '');
    return (
      JSON.parse(Buffer.from(String(body['id_token']).split('.')[0] ?? '', 'base64url').toString()) as {
        kid: string;
      }
    ).kid;
  };
  const before = await published();
  expect(before).toHaveLength(6);
  expect(before.every((key) => ['d', 'p', 'q', 'k'].every((secret) => !(secret in key)))).toBe(true);
  const first = await signer();
  await door.door.rotateKeys();
  expect(await signer()).toBe(first);

  door.advance(KEY_LIVES.active);
  await Promise.all([door.door.rotateKeys(), door.door.rotateKeys()]);
  const second = await signer();
  expect(second).not.toBe(first);
  expect(before.map((key) => key['kid'])).toContain(second);
  expect((await published()).map((key) => key['kid'])).toContain(first);
  door.advance(KEY_LIVES.retired + hours(1));
  await door.door.rotateKeys();
  expect((await published()).map((key) => key['kid'])).not.toContain(first);

  await door.door.rotateKeys(true);
  expect((await published()).map((key) => key['kid'])).not.toContain(second);
  expect(await signer()).not.toBe(second);
});
