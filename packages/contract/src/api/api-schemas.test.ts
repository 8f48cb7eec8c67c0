import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as apps from './apps.ts';
import * as audit from './audit.ts';
import * as paging from './paging.ts';
import * as people from './people.ts';
import { problem } from './problem.ts';
import { API_REASONS, apiReason } from './reasons.ts';
import * as scalars from './scalars.ts';
import * as system from './system.ts';

const EXPORTS: Readonly<Record<string, unknown>> = {
  ...apps,
  ...audit,
  ...paging,
  ...people,
  ...scalars,
  ...system,
  problem,
};
const ALL = Object.entries(EXPORTS).flatMap(([name, value]): [string, z.ZodType][] =>
  value instanceof z.ZodType ? [[name, value]] : [],
);

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** Paths of objects with named members that would take others too. */
function open(schema: JsonSchema, path: string): readonly string[] {
  const here = schema.properties !== undefined && schema.additionalProperties !== false ? [path] : [];
  const below = [
    ...Object.entries(schema.properties ?? {}).map(([name, each]) => [each, `${path}.${name}`] as const),
    ...(schema.items === undefined ? [] : [[schema.items, `${path}[]`] as const]),
    ...(schema.anyOf ?? []).map((each) => [each, path] as const),
  ];
  return [...here, ...below.flatMap(([each, at]) => open(each, at))];
}

it('S-46: every object of the wire is closed', () => {
  expect(ALL.length).toBeGreaterThan(30);
  expect(
    ALL.flatMap(([name, schema]) => open(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, name)),
  ).toEqual([]);
});

it('S-49: no answer has a member for a stored secret', () => {
  const answers = ALL.filter(
    ([name]) => !/Body|createdApp|secretAnswer|temporaryPass|oidcMetadata/.test(name),
  );
  const text = JSON.stringify(answers.map(([, schema]) => z.toJSONSchema(schema)));
  for (const word of [
    'phc',
    'seed',
    'salt',
    'digest',
    'secretHash',
    'publicKey',
    'credentialId',
    'clientSecret',
    '"pass"',
  ])
    expect(text).not.toContain(word);
});

describe('what a person may be called', () => {
  const invite = (more: object) =>
    people.invitePersonBody.safeParse({ login: 'zoe', displayName: 'Zoe', ...more }).success;
  it.each([
    { displayName: 'Zoë Ångström' },
    { displayName: '山田 太郎' },
    { displayName: 'نیک‌نام' },
    { email: 'z@example.test' },
    { email: null },
    { roles: ['auditor'] },
  ])('takes %j', (more) => {
    expect(invite(more)).toBe(true);
  });
  it.each([
    { displayName: '' },
    { displayName: ' Zoe' },
    { displayName: 'a\nb' },
    { displayName: 'a\u0000' },
    { displayName: 'a\u202eb' },
    { displayName: 'x'.repeat(101) },
    { login: '' },
    { login: 'x'.repeat(255) },
    { email: 'nobody' },
    { email: '' },
    { email: `${'x'.repeat(250)}@example.test` },
    { locale: 'xx' },
    { roles: 'owner' },
    { roles: ['owner', 'owner'] },
    { state: 'active' },
    { id: 'x' },
    { email_verified: true },
  ])('refuses %j', (more) => {
    expect(invite(more)).toBe(false);
  });
});

it('a change names something, and only what may be changed', () => {
  expect(people.updatePersonBody.safeParse({}).success).toBe(false);
  expect(people.updatePersonBody.safeParse({ email: null }).success).toBe(true);
  for (const field of ['login', 'state', 'epoch', 'kind', 'userHandle'])
    expect(people.updatePersonBody.safeParse({ [field]: 'x' }).success).toBe(false);
  expect(people.updatePersonBody.safeParse({ displayName: undefined }).success).toBe(false);
});

it.each([
  ['1', true],
  ['200', true],
  ['0', false],
  ['201', false],
  ['-1', false],
  ['1e1', false],
  ['0x1', false],
  [' 1', false],
  ['', false],
])('limit=%s is taken: %s', (limit, taken) => {
  expect(people.peopleQuery.safeParse({ limit }).success).toBe(taken);
});

it('every reason has a status of its class and a sentence', () => {
  for (const [id, reason] of Object.entries(API_REASONS)) {
    expect(id).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(reason.status).toBeGreaterThanOrEqual(400);
    expect(reason.title).toMatch(/^[A-Z].*\.$/);
  }
  expect(apiReason('some.unlisted')).toMatchObject({ status: 422 });
  expect(apiReason('toString')).toMatchObject({ status: 422 });
});
