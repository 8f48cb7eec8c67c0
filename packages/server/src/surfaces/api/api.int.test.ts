import { minutes } from '@countersign/core/kernel/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestPerson } from '../../compose/api-for-tests.ts';

let api: TestApi;
let owner: TestPerson;
let other: TestPerson;
let admin: TestPerson;
let auditor: TestPerson;
let helpdesk: TestPerson;
let user: TestPerson;
let stale: TestPerson;

beforeAll(async () => {
  api = await startTestApi();
  owner = await api.person('olga', ['owner']);
  other = await api.person('otto', ['owner']);
  admin = await api.person('anna', ['administrator']);
  auditor = await api.person('aud', ['auditor']);
  helpdesk = await api.person('hugo', ['helpdesk']);
  user = await api.person('uma', []);
  stale = await api.person('stan', ['administrator'], { age: minutes(6) });
});
afterAll(() => api.stop());

const code = (response: { readonly json: () => { readonly code?: string } }): string | undefined =>
  response.json().code;

/** Every write of the API, with a body that would be accepted. */
const writes = (): readonly (readonly ['POST' | 'PUT' | 'PATCH' | 'DELETE', string, object?])[] => [
  ['POST', '/people', { login: 'new', displayName: 'New' }],
  ['PATCH', `/people/${user.id}`, { displayName: 'Changed' }],
  ...['disable', 'enable', 'end-sessions', 'unlock', 'erase', 'link', 'temporary-pass'].map(
    (act) => ['POST', `/people/${user.id}/${act}`, {}] as const,
  ),
  ['DELETE', `/people/${user.id}/factors/${user.factorId}`],
  ['POST', `/sessions/${user.sessionId}/end`],
  ['POST', '/apps', { name: 'App', metadata: { redirect_uris: ['https://app.example.test/cb'] } }],
  ['PATCH', `/apps/${user.id}`, { name: 'App 2' }],
  ['POST', `/apps/${user.id}/rotate-secret`],
  ['DELETE', `/apps/${user.id}`],
  ['PUT', '/fido-metadata', {}],
  ['POST', '/recovery/admin-link', { login: 'olga' }],
];
const reads = (): readonly string[] => [
  '/people',
  `/people/${user.id}`,
  `/people/${user.id}/factors`,
  `/people/${user.id}/sessions`,
  '/sessions',
  '/apps',
  `/apps/${user.id}`,
  '/audit/events',
  '/audit/checkpoint',
  '/audit/export',
  '/me',
  '/system/status',
];

describe('who may call', () => {
  it('S-52: without identity every route is 401 and nothing happens', async () => {
    const before = await api.snapshot();
    for (const url of reads()) expect([url, (await api.as(null, 'GET', url)).statusCode]).toEqual([url, 401]);
    for (const [method, url, body] of writes())
      expect([url, (await api.as(null, method, url, body)).statusCode]).toEqual([url, 401]);
    expect((await api.app.inject({ method: 'HEAD', url: '/api/v1/people' })).statusCode).toBe(401);
    expect(
      (await api.as({ cookie: `__Host-cs-session=${'A'.repeat(43)}` }, 'GET', '/people')).statusCode,
    ).toBe(401);
    expect(await api.snapshot()).toBe(before);
  });

  it('S-48: a person without role and a helper get 403 everywhere, whether or not the id exists', async () => {
    const before = await api.snapshot();
    const nobody = '3f0b3c6e-2a51-4b53-9a58-0d2a6a1f9c11';
    for (const who of [user, helpdesk]) {
      for (const url of [...reads(), `/people/${nobody}`, `/apps/${nobody}`]) {
        const answer = await api.as(who, 'GET', url);
        expect([url, answer.statusCode, code(answer)]).toEqual([url, 403, 'role.missing']);
      }
      for (const [method, url, body] of writes())
        expect([url, (await api.as(who, method, url, body)).statusCode]).toEqual([url, 403]);
      expect((await api.as(who, 'POST', `/people/${nobody}/disable`)).json()).toMatchObject({
        code: 'role.missing',
      });
    }
    expect(await api.snapshot()).toBe(before);
  });

  it('a session that may only enrol opens nothing, whatever the roles', async () => {
    const half = await api.person('half', ['owner'], { kind: 'enrolment' });
    expect(code(await api.as(half, 'GET', '/people'))).toBe('enrolment.restricted');
    await api.operator('POST', `/people/${half.id}/disable`);
  });

  it('an auditor reads people and the log, nothing else, and writes nothing', async () => {
    const before = await api.snapshot();
    for (const url of [
      '/people',
      `/people/${user.id}`,
      '/sessions',
      '/audit/events',
      '/audit/export',
      '/me',
    ]) {
      expect([url, (await api.as(auditor, 'GET', url)).statusCode]).toEqual([url, 200]);
    }
    for (const url of ['/apps', '/system/status'])
      expect(code(await api.as(auditor, 'GET', url))).toBe('role.missing');
    for (const [method, url, body] of writes())
      expect([url, (await api.as(auditor, method, url, body)).statusCode]).toEqual([url, 403]);
    expect(await api.snapshot()).toBe(before);
    const refused = await api.events('administration.refused');
    expect(refused.filter(({ entry }) => entry.actor.id === auditor.id).length).toBeGreaterThan(
      writes().length - 1,
    );
  });

  it('I-48: a write needs a proof of the last five minutes, and says where to get one', async () => {
    const before = await api.snapshot();
    expect((await api.as(stale, 'GET', '/people')).statusCode).toBe(200);
    expect((await api.as(stale, 'GET', '/me')).json()).toMatchObject({
      fresh: false,
      may: { administer: true },
    });
    for (const [method, url, body] of writes().slice(0, -1)) {
      const answer = await api.as(stale, method, url, body);
      expect([url, answer.statusCode, answer.json()]).toEqual([
        url,
        403,
        expect.objectContaining({ code: 'step_up.required', stepUpUrl: '/api/v1/me/step-up' }),
      ]);
    }
    expect(await api.snapshot()).toBe(before);
    const begun = await api.as(stale, 'POST', '/me/step-up');
    const { path } = begun.json<{ path: string }>();
    expect(path).toMatch(/^\/signin\/[0-9a-f-]{36}$/);
    expect(String(begun.headers['set-cookie'])).toContain(`__Host-cs-tx-${path.slice(8)}=`);
  });

  it('nothing is answered to a page of another site, not even what changes nothing', async () => {
    for (const site of ['cross-site', 'same-site'])
      expect(code(await api.as(owner, 'GET', '/audit/export', undefined, { 'sec-fetch-site': site }))).toBe(
        'request.other_origin',
      );
    expect(
      (await api.as(owner, 'GET', '/me', undefined, { 'sec-fetch-site': 'same-origin' })).statusCode,
    ).toBe(200);
  });

  it('a change must come from a page of ours or carry the header', async () => {
    const url = `/people/${user.id}/unlock`;
    const foreign = await api.as(owner, 'POST', url, undefined, { origin: 'https://evil.example' });
    expect(code(foreign)).toBe('request.other_origin');
    expect(code(await api.as(owner, 'POST', url, undefined, { 'x-countersign-request': '' }))).toBe(
      'request.other_origin',
    );
    expect(
      (
        await api.as(owner, 'POST', url, undefined, {
          'x-countersign-request': '',
          origin: 'https://sso.example.test',
        })
      ).statusCode,
    ).toBe(204);
  });
});

describe('I-48: no escalation', () => {
  it.each([
    [
      'own roles',
      () => [admin, 'PATCH', `/people/${admin.id}`, { roles: ['administrator', 'owner'] }] as const,
      'role.own',
    ],
    [
      'own roles, as owner',
      () => [owner, 'PATCH', `/people/${owner.id}`, { roles: [] }] as const,
      'role.own',
    ],
    [
      'an owner made by an administrator',
      () => [admin, 'PATCH', `/people/${user.id}`, { roles: ['owner'] }] as const,
      'role.owner_only',
    ],
    [
      'an administrator made by one',
      () => [admin, 'POST', '/people', { login: 'x1', displayName: 'X', roles: ['administrator'] }] as const,
      'role.owner_only',
    ],
    [
      'an owner disabled by an administrator',
      () => [admin, 'POST', `/people/${owner.id}/disable`] as const,
      'role.owner_only',
    ],
    [
      'an owner’s address changed by an administrator',
      () => [admin, 'PATCH', `/people/${owner.id}`, { email: 'mine@example.test' }] as const,
      'role.owner_only',
    ],
    [
      'an owner’s factor removed by an administrator',
      () => [admin, 'DELETE', `/people/${owner.id}/factors/${owner.factorId}`] as const,
      'role.owner_only',
    ],
    [
      'an owner’s session ended by an administrator',
      () => [admin, 'POST', `/sessions/${owner.sessionId}/end`] as const,
      'role.owner_only',
    ],
    [
      'a pass for another administrator',
      () => [admin, 'POST', `/people/${stale.id}/temporary-pass`, {}] as const,
      'role.owner_only',
    ],
    [
      'a pass for a privileged account by one owner alone',
      () => [owner, 'POST', `/people/${admin.id}/temporary-pass`, {}] as const,
      'recovery.operator_only',
    ],
    [
      'a pass for oneself',
      () => [owner, 'POST', `/people/${owner.id}/temporary-pass`, {}] as const,
      'account.own',
    ],
    [
      'a recovery link by an administrator',
      () => [admin, 'POST', `/people/${user.id}/link`] as const,
      'recovery.operator_only',
    ],
    [
      'the admin link from the network',
      () => [owner, 'POST', '/recovery/admin-link', { login: 'olga' }] as const,
      'caller.operator_only',
    ],
    [
      'own factor, past the rules of one’s own page',
      () => [owner, 'DELETE', `/people/${owner.id}/factors/${owner.factorId}`] as const,
      'account.own',
    ],
    ['oneself switched off', () => [owner, 'POST', `/people/${owner.id}/disable`] as const, 'account.own'],
  ])('%s is refused, written down, and changes nothing', async (_name, make, reason) => {
    const [who, method, url, body] = make();
    const before = await api.snapshot();
    const noted = (await api.events('administration.refused')).length;
    const answer = await api.as(who, method, url, body);
    expect([answer.statusCode, code(answer)]).toEqual([403, reason]);
    expect(await api.snapshot()).toBe(before);
    expect((await api.events('administration.refused')).length).toBe(noted + 1);
  });

  it('S-26: a factor of somebody else under another person’s id is not found and stays', async () => {
    const before = await api.snapshot();
    expect(code(await api.as(admin, 'DELETE', `/people/${user.id}/factors/${helpdesk.factorId}`))).toBe(
      'factor.unknown',
    );
    expect(await api.snapshot()).toBe(before);
  });
});

describe('input', () => {
  it.each([
    ['an unknown field', { login: 'n1', displayName: 'N', email_verified: true }],
    ['a factor’s owner', { login: 'n1', displayName: 'N', factors: [] }],
    ['a wrong type', { login: 5, displayName: 'N' }],
    ['a missing field', { login: 'n1' }],
    ['an unknown role', { login: 'n1', displayName: 'N', roles: ['root'] }],
    ['a role twice', { login: 'n1', displayName: 'N', roles: ['auditor', 'auditor'] }],
    ['a control character', { login: 'n1', displayName: 'N\u202eevil' }],
    ['a list', []],
    ['too long a name', { login: 'n1', displayName: 'N'.repeat(101) }],
  ])('S-46: %s is refused by field, and nothing changes', async (_name, body) => {
    const before = await api.snapshot();
    const answer = await api.as(owner, 'POST', '/people', body);
    expect([answer.statusCode, code(answer)]).toEqual([400, 'request.malformed']);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json<{ title: string; errors: object[] }>()).toMatchObject({
      title: expect.stringMatching(/\.$/) as unknown,
      errors: expect.any(Array) as unknown,
    });
    expect(await api.snapshot()).toBe(before);
  });

  it.each([
    ['a member twice', '{"login":"n1","displayName":"N","login":"n2"}', 400],
    ['__proto__', '{"login":"n1","displayName":"N","__proto__":{"roles":["owner"]}}', 400],
    ['a NUL', '{"login":"n1","displayName":"N\\u0000"}', 400],
    ['no JSON', '{', 400],
    ['too much', JSON.stringify({ login: 'n1', displayName: 'N'.repeat(200_000) }), 413],
  ])('a body with %s is refused', async (_name, payload, status) => {
    const before = await api.snapshot();
    const answer = await api.app.inject({
      method: 'POST',
      url: '/api/v1/people',
      payload,
      headers: { cookie: owner.cookie, 'x-countersign-request': '1', 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(status);
    expect(await api.snapshot()).toBe(before);
  });

  it('forms and text are not read: 415', async () => {
    for (const type of [
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
    ]) {
      const answer = await api.app.inject({
        method: 'POST',
        url: '/api/v1/people',
        payload: 'login=n1',
        headers: { cookie: owner.cookie, 'x-countersign-request': '1', 'content-type': type },
      });
      expect([type, answer.statusCode, code(answer)]).toEqual([type, 415, 'request.media_type']);
    }
  });

  it('another method is 405 and names those that are taken', async () => {
    const answer = await api.as(owner, 'PUT', `/people/${user.id}`, {});
    expect([answer.statusCode, code(answer), answer.headers['allow']]).toEqual([
      405,
      'request.method',
      'GET, HEAD, PATCH',
    ]);
    expect((await api.as(null, 'DELETE', '/people')).statusCode).toBe(405);
  });

  it.each([
    '/people?limit=0',
    '/people?limit=201',
    '/people?limit=a',
    '/people?limit=1&limit=2',
    '/people?extra=1',
    '/people?state=gone',
    '/people?q=%00',
    '/audit/events?type=none',
    '/audit/events?since=yesterday',
    '/people/1',
    '/people?cursor=e30',
  ])('a query that is none is 400: %s', async (url) => {
    expect((await api.as(owner, 'GET', url)).statusCode).toBe(400);
  });
});

describe('what it does', () => {
  it('invites, shows the link once, and lists with pages that neither skip nor repeat', async () => {
    const made = await api.as(owner, 'POST', '/people', {
      login: 'Zoe',
      displayName: 'Zoe Z',
      email: 'zoe@example.test',
    });
    expect(made.statusCode).toBe(201);
    expect(made.json<{ invitation: { url: string } }>().invitation.url).toMatch(
      /^https:\/\/sso\.example\.test\/invitation\/[\w-]{43}$/,
    );
    expect(
      code(await api.as(owner, 'POST', '/people', { login: 'ZOE@example.test', displayName: 'Other' })),
    ).toBe('account.name_taken');
    const all = (await api.as(owner, 'GET', '/people?limit=200'))
      .json<{ items: { login: string }[] }>()
      .items.map(({ login }) => login);
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await api.as(owner, 'GET', `/people?limit=3${cursor}`)).json<{
        items: { login: string }[];
        next: string | null;
      }>();
      paged.push(...page.items.map(({ login }) => login));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(paged).toEqual(all);
    expect(all).toContain('zoe');
    expect((await api.as(owner, 'GET', '/people?name=ZOE%40example.test')).json()).toMatchObject({
      items: [{ login: 'zoe', state: 'invited' }],
      next: null,
    });
    expect((await api.as(owner, 'GET', '/people?q=%25')).json()).toMatchObject({ items: [] });
  });

  it('S-49: no answer holds a stored secret', async () => {
    const made = (
      await api.as(owner, 'POST', '/apps', {
        name: 'Wiki',
        metadata: { redirect_uris: ['https://wiki.example.test/cb'] },
      })
    ).json<{ id: string; clientSecret: string }>();
    expect(made.clientSecret).toMatch(/^[\w-]{43}$/);
    const texts = await Promise.all(
      [...reads(), `/apps/${made.id}`, `/people/${owner.id}`].map(
        async (url) => (await api.as(owner, 'GET', url)).body,
      ),
    );
    for (const secret of [
      'CANARY',
      made.clientSecret,
      Buffer.from('CANARY-SEED').toString('hex'),
      owner.cookie.slice(18),
    ]) {
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    }
    const rotated = (await api.as(owner, 'POST', `/apps/${made.id}/rotate-secret`)).json<{
      clientSecret: string;
    }>();
    expect(rotated.clientSecret).not.toBe(made.clientSecret);
    expect(
      (
        await api.as(owner, 'PATCH', `/apps/${made.id}`, {
          metadata: { redirect_uris: ['https://wiki.example.test/cb'], token_endpoint_auth_method: 'none' },
        })
      ).statusCode,
    ).toBe(204);
    expect(code(await api.as(owner, 'POST', `/apps/${made.id}/rotate-secret`))).toBe('app.no_secret');
    expect(
      code(
        await api.as(owner, 'PATCH', `/apps/${made.id}`, {
          metadata: { redirect_uris: ['https://wiki.example.test/cb'] },
        }),
      ),
    ).toBe('app.needs_secret');
    const bad = await api.as(owner, 'POST', '/apps', {
      name: 'Bad',
      metadata: { redirect_uris: ['http://evil.example/cb'] },
    });
    expect(bad.json()).toMatchObject({ code: 'app.invalid', errors: [{ field: 'redirect_uris.0' }] });
    expect((await api.as(owner, 'DELETE', `/apps/${made.id}`)).statusCode).toBe(204);
    expect((await api.as(owner, 'GET', `/apps/${made.id}`)).statusCode).toBe(404);
  });

  it('a dry run finds what the real one would find, tells what it would write, and writes nothing', async () => {
    const before = await api.snapshot();
    const events = (await api.events('account.invited')).length;
    const invited = await api.as(owner, 'POST', '/people?dryRun=true', {
      login: 'dry',
      displayName: 'Dry',
      email: 'dry@example.test',
    });
    expect([invited.statusCode, invited.json()]).toEqual([
      200,
      {
        dryRun: true,
        effects: ['account.create', 'event account.invited', 'invitation.make', 'mail invitation'],
      },
    ]);
    expect(
      code(await api.as(owner, 'POST', '/people?dryRun=true', { login: 'uma', displayName: 'Dry' })),
    ).toBe('account.name_taken');
    for (const [method, url, body] of writes().filter(
      ([, path]) => !/apps|link|erase|fido|enable/.test(path),
    )) {
      const answer = await api.as(owner, method, `${url}?dryRun=true`, body);
      expect([url, answer.statusCode, answer.json()]).toEqual([
        url,
        200,
        { dryRun: true, effects: expect.any(Array) as unknown },
      ]);
    }
    expect(await api.snapshot()).toBe(before);
    expect((await api.events('account.invited')).length).toBe(events);
  });

  it('I-31: a lost role ends every session of the person at once', async () => {
    const temp = await api.person('temp', ['auditor']);
    expect((await api.as(temp, 'GET', '/people')).statusCode).toBe(200);
    expect((await api.as(owner, 'PATCH', `/people/${temp.id}`, { roles: [] })).statusCode).toBe(204);
    expect((await api.as(temp, 'GET', '/people')).statusCode).toBe(401);
  });

  it('disabling ends access; erasing needs it, and forgets the person but not the name', async () => {
    const gone = await api.person('gone', []);
    expect(code(await api.as(owner, 'POST', `/people/${gone.id}/erase`))).toBe('account.not_disabled');
    expect((await api.as(owner, 'POST', `/people/${gone.id}/disable`)).statusCode).toBe(204);
    expect(code(await api.as(owner, 'POST', `/people/${gone.id}/disable`))).toBe('account.disabled_already');
    expect((await api.as(owner, 'POST', `/people/${gone.id}/erase`)).statusCode).toBe(204);
    expect((await api.as(owner, 'POST', `/people/${gone.id}/erase`)).statusCode).toBe(204);
    expect(api.erased).toEqual([gone.id, gone.id]);
    expect((await api.as(owner, 'GET', `/people/${gone.id}`)).json()).toMatchObject({
      displayName: 'Erased person',
      email: null,
      state: 'disabled',
    });
    expect(code(await api.as(owner, 'POST', '/people', { login: 'gone', displayName: 'Again' }))).toBe(
      'account.name_taken',
    );
  });

  it('I-51: of two changes at the same moment one is refused, none is lost', async () => {
    const raced = await api.person('raced', []);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        api.as(owner, 'PATCH', `/people/${raced.id}`, { displayName: `Name ${n}` }),
      ),
    );
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses).toContain(204);
    expect(statuses.filter((status) => status !== 204 && status !== 409)).toEqual([]);
    const changed = (await api.events('account.updated')).length;
    expect(changed).toBe(statuses.filter((status) => status === 204).length);
  });

  it('a new address finds the account, the old one too, and nobody else can take either', async () => {
    expect(
      (await api.as(owner, 'PATCH', `/people/${user.id}`, { email: 'Uma.New@example.test' })).statusCode,
    ).toBe(204);
    for (const name of ['uma.new@example.test', 'uma@example.test']) {
      expect((await api.as(owner, 'GET', `/people?name=${encodeURIComponent(name)}`)).json()).toMatchObject({
        items: [{ id: user.id }],
      });
      expect(code(await api.as(owner, 'POST', '/people', { login: name, displayName: 'Thief' }))).toBe(
        'account.name_taken',
      );
    }
    expect(code(await api.as(owner, 'PATCH', `/people/${helpdesk.id}`, { email: 'uma@example.test' }))).toBe(
      'account.name_taken',
    );
  });

  it('OpenAPI 3.1 describes every route from the schemas that validate, and no page', async () => {
    const document = (await api.as(null, 'GET', '/openapi.json')).json<{
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, object> }>>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toHaveLength(25);
    expect(Object.keys(document.paths).every((path) => path.startsWith('/api/v1/'))).toBe(true);
    const post = document.paths['/api/v1/people']?.['post'];
    expect(post).toMatchObject({
      requestBody: {
        content: {
          'application/json': { schema: { additionalProperties: false, required: ['login', 'displayName'] } },
        },
      },
    });
    expect(document.paths['/api/v1/people/{id}']?.['patch']?.responses['204']).not.toHaveProperty('content');
    expect(Object.keys(post?.responses ?? {})).toEqual(expect.arrayContaining(['200', '201', '4XX', '5XX']));
  });
});

describe('the local socket', () => {
  it('is the operator, needs no proof, and brings an administrator back while every owner is told', async () => {
    expect((await api.operator('GET', '/me')).json()).toMatchObject({
      kind: 'operator',
      may: { administer: true },
      fresh: true,
    });
    const link = await api.operator('POST', '/recovery/admin-link', { login: 'ANNA@example.test' });
    expect(link.statusCode).toBe(201);
    expect(code(await api.operator('POST', '/recovery/admin-link', { login: 'uma' }))).toBe(
      'account.not_privileged',
    );
    expect(
      (await api.operator('POST', '/recovery/admin-link?dryRun=true', { login: 'anna' })).json(),
    ).toMatchObject({
      effects: [
        'invitations.end',
        'event recovery.approved',
        'invitation.make',
        'mail recovery_link',
        'mail recovery_alarm',
        'mail recovery_alarm',
      ],
    });
    expect((await api.operator('POST', '/me/step-up')).statusCode).toBe(409);
  });

  it('takes FIDO metadata once, and never an older one', async () => {
    const put = (payload: string, type = 'application/jose') =>
      api.local.inject({
        method: 'PUT',
        url: '/api/v1/fido-metadata',
        payload,
        headers: { 'x-countersign-request': '1', 'content-type': type },
      });
    expect(code(await put('nonsense'))).toBe('fido_metadata.malformed');
    expect((await put('good.blob')).json()).toEqual({ number: 7, models: 0, nextUpdate: '2026-12-01' });
    expect(code(await put('good.blob'))).toBe('fido_metadata.not_newer');
    expect((await api.operator('GET', '/system/status')).json()).toMatchObject({
      fidoMetadata: { number: 7 },
    });
  });

  it('I-51: the last owner stays, even for the operator, and when two owners act on each other at once', async () => {
    const acts = await Promise.all([
      api.as(owner, 'POST', `/people/${other.id}/disable`),
      api.as(other, 'POST', `/people/${owner.id}/disable`),
    ]);
    expect(acts.filter(({ statusCode }) => statusCode === 204)).toHaveLength(1);
    const left = acts[0].statusCode === 204 ? owner : other;
    for (const [method, url, body] of [
      ['POST', `/people/${left.id}/disable`],
      ['PATCH', `/people/${left.id}`, { roles: [] }],
    ] as const) {
      expect(code(await api.operator(method, url, body))).toBe('account.last_owner');
    }
  });
});
