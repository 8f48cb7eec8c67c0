import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { isSignedIn } from '../verbs/login.ts';
import { oidc } from '../verbs/oidc.ts';
import type { Client } from '../verbs/oidc/client.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { type Case, check } from './case.ts';
import { newCode } from './g-tokens.ts';
import { synced } from './people.ts';
import type { Stage } from './stage.ts';

type Header = Readonly<Record<string, unknown>> & { readonly alg: string };
type Payload = Readonly<Record<string, unknown>>;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (header: Header, payload: Payload, key: CryptoKey | Uint8Array): Promise<string> =>
  new SignJWT({ ...payload }).setProtectedHeader({ ...header }).sign(key, { crit: { exp: true } });

interface Forgery {
  readonly what: string;
  readonly jwt: string;
}

/** The same claims under every signature that must not count. `known` is the header of an honest one. */
async function forgeries(payload: Payload, known: Header, publicKey: JWK): Promise<readonly Forgery[]> {
  const foreign = await generateKeyPair('ES256');
  const own = await exportJWK(foreign.publicKey);
  const rsa = await generateKeyPair('RS256');
  const secret = Buffer.from(JSON.stringify(publicKey));
  const made = async (what: string, header: Header, key: CryptoKey | Uint8Array): Promise<Forgery> => ({
    what,
    jwt: await sign(header, payload, key),
  });
  const { kid = 'k' } = known;
  return [
    { what: 'alg none', jwt: `${part({ alg: 'none' })}.${part(payload)}.` },
    { what: 'alg None', jwt: `${part({ alg: 'None', kid })}.${part(payload)}.` },
    { what: 'no signature', jwt: `${part(known)}.${part(payload)}.` },
    await made('HS256 with the public key as secret', { alg: 'HS256', kid }, secret),
    await made(
      'HS256 with the modulus or point as secret',
      { alg: 'HS256', kid },
      Buffer.from(publicKey.n ?? publicKey.x ?? 'x'.repeat(40), 'base64url'),
    ),
    await made('a foreign key under the known kid', { alg: 'ES256', kid }, foreign.privateKey),
    await made('a foreign RSA key under the known kid', { alg: 'RS256', kid }, rsa.privateKey),
    await made('kid traversal', { alg: 'ES256', kid: '../../../../dev/null' }, foreign.privateKey),
    await made('kid injection', { alg: 'ES256', kid: "' or '1'='1" }, foreign.privateKey),
    await made(
      'jku',
      { alg: 'ES256', kid: 'evil', jku: 'https://evilexample.test/jwks' },
      foreign.privateKey,
    ),
    await made(
      'x5u',
      { alg: 'ES256', kid: 'evil', x5u: 'https://evilexample.test/cert' },
      foreign.privateKey,
    ),
    await made('an embedded jwk', { alg: 'ES256', jwk: own }, foreign.privateKey),
    await made(
      'an unknown critical header',
      { alg: 'ES256', kid, crit: ['exp'], exp: 1 },
      foreign.privateKey,
    ),
  ];
}

const headerOf = (jwt: string): Header =>
  JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()) as Header;

async function signerOf(
  stage: Stage,
): Promise<{ readonly client: Client; readonly key: CryptoKey; readonly jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const client = await oidc.register(stage.operator, {
    metadata: { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } },
  });
  return { client: { ...client, secret: null }, key: privateKey, jwk };
}

const assertionPayload = (client: Client, audience: string, more: Payload = {}): Payload => {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: client.clientId,
    sub: client.clientId,
    aud: audience,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    ...more,
  };
};

const algorithms: Case = {
  id: 'S-61',
  title: 'signatures that must not count, on assertions and hints',
  on: 'real',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const { origin } = deployment;
    const { client, key, jwk } = await signerOf(stage);
    const introspect = (assertion: string): Promise<Seen> =>
      oidc.back(
        deployment,
        client,
        '/oidc/token/introspection',
        {
          token: 'x',
          client_assertion: assertion,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        },
        { as: 'none' },
      );
    const honest = await introspect(
      await sign({ alg: 'ES256', kid: 'k1' }, assertionPayload(client, origin), key),
    );
    check(honest.status === 200, `an honest assertion answered ${brief(honest)}`);
    const forged = await forgeries(assertionPayload(client, origin), { alg: 'ES256', kid: 'k1' }, jwk);
    const misaddressed: readonly (readonly [string, Payload])[] = [
      ['another audience', { aud: 'https://evilexample.test' }],
      ['another issuer', { iss: 'somebody-else' }],
      ['another subject', { sub: 'somebody-else' }],
      [
        'an hour ago',
        { iat: Math.floor(Date.now() / 1_000) - 7_200, exp: Math.floor(Date.now() / 1_000) - 3_600 },
      ],
      ['no end', { exp: undefined }],
      ['no jti', { jti: undefined }],
    ];
    const signedWrongly = await Promise.all(
      misaddressed.map(async ([what, more]) => ({
        what,
        jwt: await sign({ alg: 'ES256', kid: 'k1' }, assertionPayload(client, origin, more), key),
      })),
    );
    for (const { what, jwt } of [...forged, ...signedWrongly]) {
      const seen = await introspect(jwt);
      check(seen.status === 400 || seen.status === 401, `an assertion with ${what} answered ${brief(seen)}`);
    }

    // Hints: at sign-in a forged one gets no code; at sign-out it ends nothing.
    const app = await oidc.register(operator, {
      metadata: {
        redirect_uris: ['https://hint.example.test/cb'],
        post_logout_redirect_uris: ['https://hint.example.test/out'],
      },
    });
    const person = await synced(stage, random, 'hint');
    const home = createVisitor(deployment);
    const { idToken } = await oidc.redeem(deployment, app, await newCode(stage, app, person, {}, home));
    check(idToken !== null, 'no ID token');
    const keys = (await createVisitor(deployment).raw('GET', '/oidc/jwks')).json as {
      readonly keys: readonly JWK[];
    };
    const signing = keys.keys.find(({ kid }) => kid === headerOf(idToken)['kid']) ?? {};
    const good = await oidc.authorize(home, app, null, { prompt: 'none', id_token_hint: idToken });
    check(good.code !== null, `an honest hint answered ${good.error ?? brief(good.seen)}`);
    const { ...payload } = oidc.claimsOf(idToken);
    const hints = [
      ...(await forgeries(payload, headerOf(idToken), signing)),
      {
        what: 'a foreign issuer',
        jwt: await sign({ alg: 'ES256', kid: 'k1' }, { ...payload, iss: 'https://evilexample.test' }, key),
      },
    ];
    for (const { what, jwt } of hints) {
      const answer = await oidc.authorize(home.copy(), app, null, { prompt: 'none', id_token_hint: jwt });
      check(answer.code === null, `a hint with ${what} got a code`);
      const out = await home.get(
        `/oidc/logout?${new URLSearchParams({ id_token_hint: jwt, post_logout_redirect_uri: 'https://hint.example.test/out' }).toString()}`,
      );
      check(out.location === null, `a sign-out with ${what} redirected: ${brief(out)}`);
      check(await isSignedIn(home), `a sign-out with ${what} ended the session`);
    }
  },
};

export const SIGNATURES: readonly Case[] = [algorithms];
