import { createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hashSecret } from '@countersign/core/kernel/hash';
import type { AccountId } from '@countersign/core/kernel/id';
import Fastify from 'fastify';
import type { Visitor } from '../../desk/deps.ts';
import type { Effect } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { StoredAsk } from '../../ports/signin-store.ts';
import { addApp } from './app-for-tests.ts';
import { openBrowser, type Browser } from './browser-for-tests.ts';
import { addPerson, COOKIE, signIn, type Method } from './people-for-tests.ts';
import { createOidcDoor } from './create-door.ts';
import type { OidcDeps, Page } from './deps.ts';
import { oidcRoutes } from './door.ts';

export type Stores = Pick<
  OidcDeps,
  | 'commit'
  | 'sessions'
  | 'grants'
  | 'apps'
  | 'artifacts'
  | 'signingKeys'
  | 'logoutTargets'
  | 'inTransaction'
  | 'makeSigningKey'
>;

const page = (html: string): Page => ({ html, headers: {} });

/** The door on a loopback port with real stores, our sessions by a bare cookie, and a clock that tests move. */
export async function startTestDoor(stores: Stores, spoil: Partial<OidcDeps> = {}) {
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  const secret = randomBytes(32);
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  const random = {
    uuid: () => randomUUID() as string,
    bytes: (length: number) => randomBytes(length),
    secret: () => randomBytes(32).toString('base64url'),
  };
  const asked: { opened: StoredAsk; session: SessionOwner | null }[] = [];
  const posted: { url: string; form: Readonly<Record<string, string>> }[] = [];
  const left: Visitor[] = [];
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
    tag: (purpose, value) =>
      createHmac('sha256', derive(`tag/${purpose}`))
        .update(value)
        .digest(),
    site: () => ({ origin, rpId: '127.0.0.1', host: new URL(origin).host, organisation: 'Test' }),
    sessionOf,
    beginSignin: async (opened, session) => {
      asked.push({ opened, session });
      return `/signin/${asked.length}`;
    },
    endSession: async ({ session }, visitor, { res }) => {
      left.push(visitor);
      await stores.commit([
        { kind: 'session.end', id: session.id, accountId: session.accountId, now: clock() },
      ]);
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
  await app.register(
    oidcRoutes(door, (request) => ({
      address: request.ip,
      agent: 'test',
      browser: null,
      requestId: request.id,
    })),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  const commit = (effects: readonly Effect[]): Promise<void> => stores.commit(effects);
  return {
    door,
    deps,
    asked,
    posted,
    /** Who signed out, as the door saw them. */
    left,
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
    signIn: (browser: Browser, accountId: AccountId, methods: readonly Method[], epoch = 0) =>
      signIn(commit, clock(), browser, accountId, methods, epoch),
    addApp: (metadata: Readonly<Record<string, unknown>>) => addApp(commit, clock(), metadata),
    stop: () => app.close(),
  };
}

export type TestDoor = Awaited<ReturnType<typeof startTestDoor>>;
