import type { AccountState, Role } from '@countersign/core/account/account';
import type { Proof } from '@countersign/core/factor/proof';
import { hashSecret } from '@countersign/core/kernel/hash';
import { asId } from '@countersign/core/kernel/id';
import { hours, minutes } from '@countersign/core/kernel/time';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import pino from 'pino';
import { systemRandom } from '../adapters/random.ts';
import { createDirectory } from '../adapters/store/directory.ts';
import { createEnrolmentStore } from '../adapters/store/enrolment-store.ts';
import { createPeople } from '../adapters/store/people.ts';
import { createRehearsal } from '../adapters/store/rehearse.ts';
import { createSigninStore } from '../adapters/store/signin-store.ts';
import { startTestStore, type TestStore } from '../adapters/store/store-for-tests.ts';
import { createVault } from '../adapters/vault.ts';
import type { DeskDeps } from '../desk/deps.ts';
import { checkClientMetadata, needsSecret } from '../doors/oidc/client-metadata.ts';
import { createApp, sendProblem } from '../http/app.ts';
import type { ApiDeps } from '../surfaces/api/deps.ts';
import { operatorResolver, sessionResolver } from '../surfaces/api/resolve-caller.ts';
import { apiRoutes } from '../surfaces/api/routes.ts';

export const NOW = Date.UTC(2026, 10, 24, 12);
export const ORIGIN = 'https://sso.example.test';

const unused = (): never => {
  throw new Error('no test of the API comes here');
};

/** The desk over a real store; what administration does not reach is not there. */
function deskOver(store: TestStore): DeskDeps {
  return {
    commit: store.commit,
    random: systemRandom,
    vault: createVault(store.sealer),
    site: () => ({
      origin: ORIGIN,
      rpId: 'sso.example.test',
      host: 'sso.example.test',
      organisation: 'Example',
    }),
    people: createPeople(store.database),
    signins: createSigninStore(store.database),
    enrolments: createEnrolmentStore(store.database),
    sessions: store.sessions,
    grants: store.grants,
    passwords: { hash: unused, verify: unused, spend: unused },
    codes: {
      freshSalt: () => ({ phc: '$argon2id$test', keyId: 'test' }),
      digestCode: async (code) => ({ kind: 'digested', digest: hashSecret(code) }),
    },
    common: { has: () => false },
    webauthn: {
      registrationOptions: unused,
      assertionOptions: unused,
      readRegistration: unused,
      claimedCredential: unused,
      readAssertion: unused,
    },
    webauthnPolicy: {
      attestation: 'none',
      syncedKeys: 'allowed',
      userVerification: 'required',
      residentKey: 'required',
      allowedModels: null,
      blockedModels: [],
      algorithms: [-7],
    },
    models: unused,
  };
}

async function listener(deps: ApiDeps): Promise<FastifyInstance> {
  const app = await createApp({
    logger: pino({ level: 'silent' }),
    trustedProxies: [],
    secure: true,
    https: null,
    faultPage: (request, reply, { status, reason }) => sendProblem(request, reply, status, reason),
  });
  await apiRoutes(app, deps);
  await app.ready();
  return app;
}

export interface TestPerson {
  readonly id: string;
  readonly login: string;
  readonly factorId: string;
  readonly sessionId: string;
  /** The session cookie of a browser. */
  readonly cookie: string;
}

/** The API on a public listener and on a local socket's, over a private PostgreSQL. */
export async function startTestApi() {
  const store = await startTestStore();
  const clock = { now: NOW };
  const desk = deskOver(store);
  const erased: string[] = [];
  const deps: ApiDeps = {
    desk,
    clock: () => clock.now,
    directory: createDirectory(store.database),
    apps: store.apps,
    clients: { check: checkClientMetadata, needsSecret },
    auditLog: {
      exportLog: async function* () {
        yield '{"kind":"log"}';
        yield '{"kind":"end"}';
      },
      exportExcerpt: async function* (person) {
        yield `{"kind":"excerpt","of":"${person}"}`;
      },
      erasePerson: async (person) => erased.push(person),
    },
    rehearse: createRehearsal(store.database, store.commit),
    verifyFidoMetadata: async (blob, { after = 0 }) =>
      blob !== 'good.blob'
        ? { ok: false, error: 'fido_metadata.malformed' }
        : after >= 7
          ? { ok: false, error: 'fido_metadata.not_newer' }
          : { ok: true, value: { number: 7, nextUpdate: '2026-12-01', models: [] } },
    onFidoMetadata: async () => undefined,
    version: '0.1.0',
    afterStepUp: '/',
    resolvers: [sessionResolver(desk, () => clock.now)],
  };
  const app = await listener(deps);
  const local = await listener({ ...deps, resolvers: [operatorResolver] });

  /** A person with a password and a TOTP, signed in with both `age` ago. */
  const person = async (
    login: string,
    roles: readonly Role[],
    more: { readonly age?: number; readonly state?: AccountState; readonly kind?: 'full' | 'enrolment' } = {},
  ): Promise<TestPerson> => {
    const id = systemRandom.uuid();
    const factorId = systemRandom.uuid();
    const passwordId = systemRandom.uuid();
    const sessionId = systemRandom.uuid();
    const secret = systemRandom.secret();
    const at = clock.now - (more.age ?? 0);
    const proofs: readonly Proof[] = [
      {
        method: 'password',
        factorId: asId(passwordId),
        at,
        categories: ['knowledge'],
        phishingResistant: false,
        hardwareBound: false,
      },
      {
        method: 'totp',
        factorId: asId(factorId),
        at,
        categories: ['possession'],
        phishingResistant: false,
        hardwareBound: false,
      },
    ];
    await store.database.query(sql`insert into account (id, kind, state, login, display_name, email, roles, user_handle, created_at)
      values (${id}, 'person', ${more.state ?? 'active'}, ${login}, ${`${login} Person`}, ${`${login}@example.test`}, ${[...roles]}::text[], ${Buffer.from(id)}, ${NOW})`);
    await store.database.query(
      sql`insert into account_name (name, account_id) values (${login}, ${id}), (${`${login}@example.test`}, ${id})`,
    );
    for (const [factor, method] of [
      [passwordId, 'password'],
      [factorId, 'totp'],
    ] as const) {
      await store.database.query(sql`insert into factor (id, account_id, method, name, bound_by, traits, created_at)
        values (${factor}, ${id}, ${method}, ${method}, 'invitation', '{"kind":"plain"}', ${NOW})`);
    }
    await store.database.query(
      sql`insert into password_secret (factor_id, phc, pepper_key, changed_at) values (${passwordId}, 'CANARY-PHC', 'p', ${NOW})`,
    );
    await store.database.query(
      sql`insert into totp_secret (factor_id, seed) values (${factorId}, ${Buffer.from('CANARY-SEED')})`,
    );
    await store.database.query(sql`insert into session (id, secret_hash, account_id, kind, proofs, epoch, started_at, last_seen_at, ends_at, idle, agent, address)
      values (${sessionId}, ${Buffer.from(hashSecret(secret))}, ${id}, ${more.kind ?? 'full'}, ${JSON.stringify(proofs)}::jsonb, 0, ${at}, ${clock.now}, ${clock.now + hours(8)}, ${minutes(60)}, 'Firefox', '192.0.2.1')`);
    return { id, login, factorId, sessionId, cookie: `__Host-cs-session=${secret}` };
  };

  /** As a browser's page of ours sends it. */
  const as = (
    who: Pick<TestPerson, 'cookie'> | null,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    headers: InjectOptions['headers'] = {},
  ): Promise<LightMyRequestResponse> =>
    app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { ...(who === null ? {} : { cookie: who.cookie }), 'x-countersign-request': '1', ...headers },
      ...(payload === undefined ? {} : { payload }),
    });

  const operator = (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<LightMyRequestResponse> =>
    local.inject({
      method,
      url: `/api/v1${url}`,
      headers: { 'x-countersign-request': '1' },
      ...(payload === undefined ? {} : { payload }),
    });

  const events = async (
    type: string,
  ): Promise<
    readonly {
      readonly entry: { readonly reasons: readonly string[]; readonly actor: { readonly id: string | null } };
    }[]
  > => store.database.query(sql`select entry from audit_event where type = ${type} order by at, id`);

  /** Everything that a refusal or a dry run must leave as it was. */
  const snapshot = async (): Promise<string> => {
    const tables = [
      'account',
      'account_name',
      'factor',
      'session',
      'app',
      'invitation',
      'outbox',
      'temporary_pass',
      'guess_count',
      'fido_metadata',
      'door_grant',
    ];
    const rows = await Promise.all(
      tables.map((table) =>
        store.database.query<{ rows: string }>(
          sql`select coalesce(jsonb_agg(to_jsonb(t) - 'last_seen_at' order by to_jsonb(t)::text), '[]')::text as rows from ${sql.table(table)} t`,
        ),
      ),
    );
    return rows.map((found, at) => `${tables[at]}: ${found[0]?.rows}`).join('\n');
  };

  return {
    store,
    app,
    local,
    clock,
    deps,
    erased,
    person,
    as,
    operator,
    events,
    snapshot,
    stop: async () => {
      await app.close();
      await local.close();
      await store.stop();
    },
  };
}

export type TestApi = Awaited<ReturnType<typeof startTestApi>>;
