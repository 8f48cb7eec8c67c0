import { admin, member } from '../verbs/admin.ts';
import { enrol } from '../verbs/enrol.ts';
import { login } from '../verbs/login.ts';
import type { Person } from '../verbs/person.ts';
import { setup } from '../verbs/setup.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { recorded, refused, signedIn } from './expect.ts';
import { apiRoutes } from './known-routes.ts';
import type { Stage } from './stage.ts';

const forbidden = (seen: Seen, what: string): void =>
  check(seen.status === 403, `${what} answered ${brief(seen)}`);
const rolesOf = async (stage: Stage, { id }: Pick<Person, 'id'>): Promise<unknown> =>
  member(await admin.person(stage.operator, id), 'roles');

const escalation: Case = {
  id: 'S-48',
  title: 'a delegated helper reaches for more',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const owner = await stage.person({ login: `own-${random.word(6)}`, passkey: true, roles: ['owner'] });
    const plain = await stage.person({ login: `plain-${random.word(6)}`, passkey: true });
    for (const role of ['administrator', 'helpdesk', 'approver', 'app-owner', 'auditor', 'policy-author']) {
      const helper = await stage.person({ login: `${role}-${random.word(6)}`, passkey: true, roles: [role] });
      const { visitor } = await login.full(deployment, helper);
      await signedIn(visitor, role);
      const acts: readonly (readonly [string, () => Promise<Seen>])[] = [
        ['making itself owner', () => admin.update(visitor, helper.id, { roles: ['owner'] })],
        [
          'adding administrator to itself',
          () =>
            admin.update(visitor, helper.id, {
              roles: [role, role === 'administrator' ? 'approver' : 'administrator'],
            }),
        ],
        ['dropping its own role', () => admin.update(visitor, helper.id, { roles: [] })],
        ['making another administrator', () => admin.update(visitor, plain.id, { roles: ['administrator'] })],
        ['taking the owner’s role', () => admin.update(visitor, owner.id, { roles: [] })],
        ['renaming the owner', () => admin.update(visitor, owner.id, { displayName: 'Nobody' })],
        [
          'redirecting the owner’s mail',
          () => admin.update(visitor, owner.id, { email: `${random.word(5)}@evilexample.test` }),
        ],
        [
          'inviting an owner',
          () => admin.invite(visitor, { login: random.word(9), displayName: 'New', roles: ['owner'] }),
        ],
        [
          'inviting an administrator',
          () =>
            admin.invite(visitor, { login: random.word(9), displayName: 'New', roles: ['administrator'] }),
        ],
        ['disabling the owner', () => admin.disable(visitor, owner.id)],
        ['a link for the owner', () => admin.renewLink(visitor, owner.id)],
        ['a recovery link for a person', () => admin.renewLink(visitor, plain.id)],
        ['a pass for the owner', () => admin.temporaryPass(visitor, owner.id, { minutes: 10 })],
        ['a pass for itself', () => admin.temporaryPass(visitor, helper.id, { minutes: 10 })],
        [
          'an administrator’s link',
          () => visitor.json('POST', '/api/v1/recovery/admin-link', { login: owner.login }),
        ],
      ];
      for (const [what, act] of acts) forbidden(await act(), `${role}: ${what}`);
      // There is no such thing as importing roles or editing them; who asks must not learn more than that.
      for (const path of [
        '/api/v1/import',
        '/api/v1/config',
        '/api/v1/roles',
        '/api/v1/groups',
        `/api/v1/people/${helper.id}/roles`,
      ]) {
        for (const method of ['POST', 'PUT', 'PATCH']) {
          const seen = await visitor.json(method, path, { roles: ['owner'] });
          check(
            seen.status === 403 || seen.status === 404 || seen.status === 405,
            `${role}: ${method} ${path} answered ${brief(seen)}`,
          );
        }
      }
      equal(await rolesOf(stage, helper), [role], `${role}: its roles afterwards`);
      if (role === 'administrator' || role === 'auditor')
        await recorded(stage, { type: 'administration.refused' }, ({ actor }) => actor.id === helper.id);
    }
    equal(
      [await rolesOf(stage, owner), await rolesOf(stage, plain)],
      [['owner'], []],
      'roles of the others afterwards',
    );
    check((await login.full(deployment, owner)).granted, 'the owner cannot sign in afterwards');
    await admin.update(operator, owner.id, { roles: [] });
  },
};

const closedSetup: Case = {
  id: 'S-50',
  title: 'set-up never opens again',
  seeds: 1,
  run: async (_stage, random, world) => {
    const stage = await world.own();
    const { deployment, operator } = stage;
    const used = deployment.setupLinkAtStart();
    const people = member(await admin.people(operator, '?limit=200'), 'items') as readonly {
      readonly id: string;
      readonly login: string;
    }[];
    const owner = people.find(({ login: name }) => name === stage.owner.login);
    check(owner !== undefined, 'the owner is not in the list');
    const second = await enrol.invite(operator, { login: `second-${random.word(5)}`, roles: ['owner'] });
    // Every way to be without an administrator: some are refused, and none may open set-up.
    for (const id of [owner.id, second.id]) {
      await admin.update(operator, id, { roles: [] });
      await admin.disable(operator, id);
      await operator.json('POST', `/api/v1/people/${id}/erase`);
      const left = member(await admin.person(operator, id), 'factors') as readonly { readonly id: string }[];
      for (const each of left) await admin.removeFactor(operator, id, each.id);
      await operator.json('DELETE', `/api/v1/people/${id}`);
    }
    for (const how of ['restart', 'kill9'] as const) {
      if (how === 'kill9') await deployment.kill9();
      await deployment.restart();
      equal(deployment.setupLink(), null, `the set-up link after ${how}`);
      for (const link of [used, `${deployment.origin}/setup/${random.secret()}`]) {
        const visitor = createVisitor(deployment);
        const seen = await setup.fillIn(visitor, link, {
          organisation: 'Evil',
          login: 'evil',
          displayName: 'Evil',
          email: '',
        });
        refused(seen, `the set-up link after ${how}`);
        const token = new URL(link).pathname.split('/').at(-1) ?? '';
        const form = {
          token,
          publicUrl: deployment.origin,
          organisation: 'Evil',
          login: 'evil',
          displayName: 'Evil',
          email: '',
        };
        refused(await visitor.post('/setup', form), `the set-up form after ${how}`);
      }
    }
    const after = member(await admin.people(operator, '?limit=200'), 'items') as readonly {
      readonly login: string;
    }[];
    check(!after.some(({ login: name }) => name === 'evil'), 'set-up made an owner');
  },
};

const HIDDEN = [
  '/metrics',
  '/debug',
  '/debug/pprof',
  '/debug/vars',
  '/actuator',
  '/actuator/env',
  '/actuator/heapdump',
  '/admin',
  '/admin/metrics',
  '/internal',
  '/maintenance',
  '/api/v1/maintenance',
  '/clock',
  '/clock?at=0',
  '/tick',
  '/now',
  '/statements',
  '/control',
  '/shutdown',
  '/restart',
  '/reload',
  '/config',
  '/countersign.yaml',
  '/.env',
  '/master.key',
  '/setup-link.txt',
  '/data/master.key',
  '/keys',
  '/api/v1/keys',
  '/api/v1/keys/rotate',
  '/oidc/keys',
  '/oidc/keys/rotate',
  '/events',
  '/api/v1/events',
  '/api/v1/audit/stream',
  '/api/v1/audit/export',
  '/api/v1/backup',
  '/api/v1/restore',
  '/api/v1/debug',
  '/static/../master.key',
  '/static/..%2f..%2fmaster.key',
  '/static/%2e%2e/%2e%2e/package.json',
  '/server-status',
  '/graphql',
  '/swagger',
  '/docs',
  '/api',
  '/api/v1',
  '/api/v2/people',
  '/.git/config',
  '/package.json',
] as const;

const unauthenticated: Case = {
  id: 'S-52',
  title: 'maintenance, keys and streams without a sign-in',
  seeds: 1,
  run: async (stage) => {
    const { deployment, operator } = stage;
    const countAll = async (): Promise<unknown> => member(await admin.status(operator), 'people');
    const before = await countAll();
    const clock = deployment.clock.now();
    for (const path of HIDDEN) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        const visitor = createVisitor(deployment);
        const seen = await visitor.raw(method, path, { accept: 'application/json' });
        check(
          [401, 403, 404, 405, 400, 415].includes(seen.status),
          `${method} ${path} answered ${brief(seen)}`,
        );
        equal(visitor.jar.all(), [], `cookies from ${method} ${path}`);
      }
    }
    for (const { method, path } of await apiRoutes(deployment)) {
      const seen = await createVisitor(deployment).json(method, path, method === 'GET' ? undefined : {});
      check(
        seen.status === 401 || (path === '/api/v1/openapi.json' && seen.status === 200),
        `${method} ${path} without a sign-in answered ${brief(seen)}`,
      );
    }
    equal(await countAll(), before, 'people afterwards');
    equal(await deployment.nodes[0]?.control.now(), clock, 'the clock afterwards');
    equal((await createVisitor(deployment).get('/readyz')).status, 200, 'readiness afterwards');
  },
};

export const ADMIN: readonly Case[] = [escalation, closedSetup, unauthenticated];
