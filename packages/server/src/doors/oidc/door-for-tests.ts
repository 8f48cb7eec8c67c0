import { createHash, createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Factor } from '@countersign/core/factor/factor';
import type { Proof } from '@countersign/core/factor/proof';
import { hashSecret } from '@countersign/core/kernel/hash';
import { asId, type AccountId, type SessionId } from '@countersign/core/kernel/id';
import { hours, minutes } from '@countersign/core/kernel/time';
import Fastify from 'fastify';
import type { Effect } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { StoredAsk } from '../../ports/signin-store.ts';
import { openBrowser, type Browser } from './browser-for-tests.ts';
import { checkClientMetadata, needsSecret } from './client-metadata.ts';
import { createOidcDoor } from './create-door.ts';
import type { OidcDeps, Page } from './deps.ts';
import { oidcRoutes } from './door.ts';

export type Stores = Pick<
  OidcDeps,
  'commit' | 'sessions' | 'grants' | 'apps' | 'artifacts' | 'signingKeys' | 'logoutTargets' | 'inTransaction' | 'makeSigningKey'
>;

type Method = Factor['method'];
const COOKIE = 'cs_test_session';
const page = (html: string): Page => ({ html, headers: {} });

/** The door on a loopback port with real stores, our sessions by a bare cookie, and a clock that tests move. */
export async function startTestDoor(stores: Stores, spoil: Partial<OidcDeps> = {}) {
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  const secret = randomBytes(32);
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  const random = { uuid: () => randomUUID() as string, bytes: (length: number) => randomBytes(length), secret: () => randomBytes(32).toString('base64url') };
  const asked: { opened: StoredAsk; session: SessionOwner | null }[] = [];
  const posted: { url: string; form: Readonly<Record<string, string>> }[] = [];
  const reports: unknown[] = [];
  const app = Fastify();
  let origin = '';

  const sessionOf = async (req: IncomingMessage): Promise<SessionOwner | null> => {
    const value = /(?:^|; )cs_test_session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1];
    return value === undefined ? null : stores.sessions.bySecret(hashSecret(value));
  };
  const deps: OidcDeps = {
    ...stores,
    clock,
    random,
    derive,
    tag: (purpose, value) => createHmac('sha256', derive(`tag/${purpose}`)).update(value).digest(),
    site: () => ({ origin, rpId: '127.0.0.1', host: new URL(origin).host, organisation: 'Test' }),
    sessionOf,
    beginSignin: async (opened, session) => {
      asked.push({ opened, session });
      return `/signin/${asked.length}`;
    },
    endSession: async ({ session }, { res }) => {
      await stores.commit([{ kind: 'session.end', id: session.id, accountId: session.accountId, now: clock() }]);
      res.appendHeader('set-cookie', `${COOKIE}=; Path=/`);
    },
    pages: {
      fault: ({ status, reason }) => page(`fault ${status} ${reason}`),
      confirmLogout: ({ action, ticket, appName }) => page(`confirm ${appName} ${action} ticket=${ticket}`),
      loggedOut: () => page('logged out'),
    },
    post: async (url, form) => {
      posted.push({ url, form });
      return 200;
    },
    report: (error) => reports.push(error),
    ...spoil,
  };
  const door = createOidcDoor(deps);
  await app.register(oidcRoutes(door, (request) => ({ address: request.ip, agent: 'test', browser: null, requestId: request.id })));
  await app.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  const commit = (effects: readonly Effect[]): Promise<void> => stores.commit(effects);
  return {
    door,
    deps,
    asked,
    posted,
    reports,
    get origin() {
      return origin;
    },
    clock,
    advance: (by: number) => {
      ahead += by;
    },
    browser: (): Browser => openBrowser(origin),
    addPerson: (login: string, methods: readonly Method[]) => addPerson(commit, clock(), login, methods),
    /** What a completed sign-in leaves behind: a session, proven by these methods just now. */
    signIn: (browser: Browser, accountId: AccountId, methods: readonly Method[], epoch = 0) => signIn(commit, clock(), browser, accountId, methods, epoch),
    addApp: (metadata: Readonly<Record<string, unknown>>) => addApp(commit, clock(), metadata),
    stop: () => app.close(),
  };
}

export type TestDoor = Awaited<ReturnType<typeof startTestDoor>>;

type CommitNow = (effects: readonly Effect[]) => Promise<void>;

const webauthn = { kind: 'webauthn', discoverable: true, userVerifying: true, backupEligible: true, backedUp: true, aaguid: '', attested: false, transports: [] } as const;

async function addPerson(commit: CommitNow, now: number, login: string, methods: readonly Method[]): Promise<AccountId> {
  const id = asId<'account'>(randomUUID());
  await commit([
    { kind: 'account.create', account: { id, kind: 'person', login, names: [login], displayName: login, email: `${login}@example.org`, locale: 'en', roles: [], userHandle: randomBytes(16), now } },
  ]);
  const effects = methods.map((method): Effect => {
    const base = { id: asId<'factor'>(randomUUID()), accountId: id, name: method, boundBy: 'invitation', now } as const;
    if (method === 'passkey') {
      return { kind: 'factor.bind', factor: { ...base, traits: webauthn, secret: { method, credentialId: randomBytes(16), publicKey: randomBytes(32), algorithm: -7, counter: 0 } } };
    }
    const secret = method === 'totp' ? ({ method, seed: randomBytes(20), lastStep: 0 } as const) : ({ method: 'password', phc: 'x', pepperKey: 'x' } as const);
    return { kind: 'factor.bind', factor: { ...base, traits: { kind: 'plain' }, secret } };
  });
  // Effects of one statement do not see each other's rows: the account comes first.
  for (const effect of effects) await commit([effect]);
  await commit([{ kind: 'account.state', id, from: ['invited'], to: 'active' }]);
  return id;
}

const proof = (method: Method, at: number): Proof => ({
  method,
  factorId: asId(randomUUID()),
  at,
  categories: method === 'password' ? ['knowledge'] : method === 'passkey' ? ['possession', 'inherence'] : ['possession'],
  phishingResistant: method === 'passkey',
  hardwareBound: false,
});

async function signIn(commit: CommitNow, now: number, browser: Browser, accountId: AccountId, methods: readonly Method[], epoch: number): Promise<SessionId> {
  const secret = randomBytes(32).toString('base64url');
  const id = asId<'session'>(randomUUID());
  const proofs = methods.map((method) => proof(method, now));
  await commit([
    { kind: 'session.start', session: { id, secretHash: hashSecret(secret), accountId, kind: 'full', proofs, boundBy: null, epoch, now, endsAt: now + hours(12), idle: minutes(30), agent: '', address: '' } },
  ]);
  browser.setCookie(COOKIE, secret);
  return id;
}

async function addApp(commit: CommitNow, now: number, metadata: Readonly<Record<string, unknown>>) {
  const checked = checkClientMetadata(metadata);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  const clientId = randomUUID();
  const secret = needsSecret(checked.value) ? randomBytes(32).toString('base64url') : null;
  const app = { id: randomUUID(), name: 'Files', clientId, metadata: checked.value, secret, strength: null, now };
  await commit([{ kind: 'app.create', app }]);
  return { id: asId<'app'>(app.id), clientId, secret, redirectUri: checked.value.redirect_uris[0] ?? '' };
}

export type TestApp = Awaited<ReturnType<typeof addApp>>;

export const VERIFIER = randomBytes(32).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** An authorization request as an app's link; members given as null are left out. */
export function authorizeLink(app: TestApp, more: Readonly<Record<string, string | null>> = {}): string {
  const all = { client_id: app.clientId, redirect_uri: app.redirectUri, response_type: 'code', scope: 'openid profile email', state: 'st', nonce: 'n', code_challenge: CHALLENGE, code_challenge_method: 'S256', ...more };
  const entries = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/oidc/auth?${new URLSearchParams(entries).toString()}`;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A form post by an app's server, with its secret when it has one. */
export async function asApp(door: Pick<TestDoor, 'origin'>, app: TestApp, path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<TokenAnswer> {
  const basic = app.secret === null ? {} : { authorization: `Basic ${Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')}` };
  const named = app.secret === null ? { client_id: app.clientId } : {};
  const response = await fetch(door.origin + path, { method: 'POST', headers: { ...basic, ...headers }, body: new URLSearchParams({ ...named, ...form }) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as TokenAnswer['body']) };
}

export const redeem = (door: Pick<TestDoor, 'origin'>, app: TestApp, code: string, more: Readonly<Record<string, string>> = {}): Promise<TokenAnswer> =>
  asApp(door, app, '/oidc/token', { grant_type: 'authorization_code', code, redirect_uri: app.redirectUri, code_verifier: VERIFIER, ...more });

export const refresh = (door: Pick<TestDoor, 'origin'>, app: TestApp, token: unknown): Promise<TokenAnswer> =>
  asApp(door, app, '/oidc/token', { grant_type: 'refresh_token', refresh_token: String(token) });

/** The claims of an ID token, unverified: tests that verify use a real client. */
export const claimsOf = (token: unknown): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Readonly<Record<string, unknown>>;
