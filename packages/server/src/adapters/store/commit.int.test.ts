import { randomBytes, randomUUID } from 'node:crypto';
import { asId, type AccountId } from '@countersign/core/kernel/id';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Conflict, type Effect, type NewFactor } from '../../ports/effects.ts';
import { createSealer } from '../keys/sealer.ts';
import { systemRandom } from '../random.ts';
import { found, replaceSetupToken } from './deployment.ts';
import { migrate, readMigrations } from './migrate.ts';
import { createPeople } from './people.ts';
import { totpSeedAt } from './places.ts';
import { startTestStore, type TestStore } from './store-for-tests.ts';

let store: TestStore;
const NOW = 1_000_000;

beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.stop());

async function makePerson(): Promise<AccountId> {
  const id = asId<'account'>(randomUUID());
  const login = `p${id.slice(0, 8)}`;
  await store.commit([
    {
      kind: 'account.create',
      account: {
        id,
        kind: 'person',
        login,
        names: [login],
        displayName: 'P',
        email: null,
        locale: 'en',
        roles: [],
        userHandle: randomBytes(32),
        now: NOW,
      },
    },
  ]);
  return id;
}

const factor = (accountId: AccountId, secret: NewFactor['secret']): NewFactor => ({
  id: asId(randomUUID()),
  accountId,
  name: 'x',
  boundBy: 'invitation',
  now: NOW,
  traits: { kind: 'plain' },
  secret,
});

const password = (accountId: AccountId): NewFactor =>
  factor(accountId, { method: 'password', phc: 'phc', pepperKey: 'k' });
const totp = (accountId: AccountId): NewFactor =>
  factor(accountId, { method: 'totp', seed: randomBytes(20), lastStep: 10 });

const raced = async (effects: () => readonly Effect[]): Promise<number> => {
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => store.commit(effects())));
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Conflict);
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
};

describe('one statement writes all effects of a step or none (I-10, I-52)', () => {
  test('a once-effect that misses undoes everything beside it, the audit event included', async () => {
    const id = await makePerson();
    const event: Effect = {
      kind: 'audit',
      salt: randomBytes(32),
      event: {
        id: asId(randomUUID()),
        at: NOW,
        type: 'factor.renamed',
        actor: { kind: 'account', id },
        subject: id,
        door: null,
        app: null,
        transaction: null,
        session: null,
        grant: null,
        outcome: 'ok',
        reasons: [],
        detail: {},
        personal: {},
      },
    };
    const attempt = store.commit([
      { kind: 'factor.bind', factor: password(id) },
      event,
      { kind: 'totp.accept', factorId: asId(randomUUID()), step: 5 },
    ]);
    await expect(attempt).rejects.toMatchObject({ effect: 'totp.accept' });
    expect((await createPeople(store.database).byId(id))?.factors).toEqual([]);
    expect(await store.database.query(sql`select 1 from audit_event where id = ${event.event.id}`)).toEqual(
      [],
    );
  });

  test('the statements of a commit are counted: it is one, however many effects it has', async () => {
    const id = await makePerson();
    const before = store.database.statements();
    await store.commit([
      { kind: 'factor.bind', factor: password(id) },
      { kind: 'factor.bind', factor: totp(id) },
      { kind: 'guess.clear', accountId: id },
    ]);
    expect(store.database.statements() - before).toBe(1);
  });

  test('a new password takes the place of the old one in the same statement', async () => {
    const id = await makePerson();
    const replace = (): Effect[] => [
      { kind: 'factor.replace', accountId: id, method: 'password', now: NOW },
      { kind: 'factor.bind', factor: password(id) },
    ];
    for (let i = 0; i < 5; i++) await store.commit(replace());
    const person = await createPeople(store.database).byId(id);
    expect(person?.factors.map(({ method }) => method)).toEqual(['password']);
  });

  test('one TOTP step raced fifty times is accepted once, and no older step after it (I-01)', async () => {
    const id = await makePerson();
    const app = totp(id);
    await store.commit([{ kind: 'factor.bind', factor: app }]);
    expect(await raced(() => [{ kind: 'totp.accept', factorId: app.id, step: 11 }])).toBe(1);
    await expect(store.commit([{ kind: 'totp.accept', factorId: app.id, step: 11 }])).rejects.toBeInstanceOf(
      Conflict,
    );
    await expect(store.commit([{ kind: 'totp.accept', factorId: app.id, step: 9 }])).rejects.toBeInstanceOf(
      Conflict,
    );
  });

  test('one recovery code raced fifty times is used once (S-41)', async () => {
    const id = await makePerson();
    const set = factor(id, {
      method: 'recovery-code',
      salt: { phc: 'x', keyId: 'k' },
      digests: [randomBytes(32), randomBytes(32)],
    });
    await store.commit([{ kind: 'factor.bind', factor: set }]);
    expect(await raced(() => [{ kind: 'recovery.use', factorId: set.id, position: 0, now: NOW }])).toBe(1);
    await expect(
      store.commit([{ kind: 'recovery.use', factorId: set.id, position: 1, now: NOW }]),
    ).resolves.toBeUndefined();
  });

  test('two removals that were judged by the same set of factors do not both happen (I-15)', async () => {
    const id = await makePerson();
    const [one, two] = [totp(id), totp(id)];
    await store.commit([
      { kind: 'factor.bind', factor: one },
      { kind: 'factor.bind', factor: two },
    ]);
    const remove = (target: NewFactor): Promise<void> =>
      store.commit([
        {
          kind: 'factors.changed',
          accountId: id,
          version: 0,
          epoch: 0,
          activates: false,
          revokes: false,
          session: null,
        },
        { kind: 'factor.remove', factorId: target.id, accountId: id, now: NOW },
      ]);
    const outcomes = await Promise.allSettled([remove(one), remove(two)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await createPeople(store.database).byId(id))?.factors).toHaveLength(1);
  });

  test('set-up closes once, and a second close writes nothing (I-49)', async () => {
    const id = await makePerson();
    await found(store.database, store.sealer, {
      organisation: 'O',
      publicUrl: 'http://localhost:1',
      now: NOW,
    });
    const tokenHash = randomBytes(32);
    await replaceSetupToken(store.database, tokenHash);
    const owner = {
      kind: 'setup.owner',
      accountId: id,
      organisation: 'O',
      publicUrl: 'http://localhost:1',
      unfinished: null,
      tokenHash,
      now: NOW,
    } as const;
    await store.commit([owner]);
    expect(await raced(() => [{ kind: 'setup.close', accountId: id, now: NOW }])).toBe(1);
    await expect(
      store.commit([{ ...owner, unfinished: id, publicUrl: 'http://evil' }]),
    ).rejects.toBeInstanceOf(Conflict);
  });
});

describe('secrets at rest (I-55)', () => {
  test('a seed copied to another row does not open there', async () => {
    const id = await makePerson();
    const [mine, theirs] = [totp(id), totp(id)];
    await store.commit([
      { kind: 'factor.bind', factor: mine },
      { kind: 'factor.bind', factor: theirs },
    ]);
    await store.database.query(
      sql`update totp_secret set seed = (select seed from totp_secret where factor_id = ${mine.id}) where factor_id = ${theirs.id}`,
    );
    const person = await createPeople(store.database).byId(id);
    const sealed = new Map(person?.totp.map(({ factorId, sealedSeed }) => [factorId, sealedSeed]));
    const open = (at: NewFactor): Buffer =>
      store.sealer.open(totpSeedAt(at.id), sealed.get(at.id) ?? new Uint8Array());
    expect(open(mine)).toHaveLength(20);
    expect(() => open(theirs)).toThrow(/does not open/);
  });

  test('a start with another master key is refused and changes nothing', async () => {
    const other = createSealer(randomBytes(32));
    await found(store.database, store.sealer, {
      organisation: 'O',
      publicUrl: 'http://localhost:1',
      now: NOW,
    });
    await expect(
      found(store.database, other, { organisation: 'X', publicUrl: 'http://localhost:2', now: NOW }),
    ).rejects.toThrow(/does not fit/);
    const rows = await store.database.query<{ organisation: string }>(
      sql`select organisation from deployment`,
    );
    expect(rows[0]?.organisation).not.toBe('X');
  });

  test('random secrets are 43 characters of base64url', () => {
    expect(systemRandom.secret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('migrations go forward only (I-57)', () => {
  test('a second start applies nothing; a store from newer or other code is refused', async () => {
    const migrations = await readMigrations();
    expect(await migrate(store.database.pool, migrations, NOW)).toBe(0);
    await expect(migrate(store.database.pool, migrations.slice(0, -1), NOW)).rejects.toThrow(
      /newer than this version/,
    );
    const changed = migrations.map((migration, at) =>
      at === 0 ? { ...migration, checksum: 'x' } : migration,
    );
    await expect(migrate(store.database.pool, changed, NOW)).rejects.toThrow(/other code/);
  });
});
