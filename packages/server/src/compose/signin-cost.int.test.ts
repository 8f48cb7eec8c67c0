import { randomUUID } from 'node:crypto';
import { hotp } from '@countersign/core/factor/hotp';
import { makeRecoveryCodes } from '@countersign/core/factor/make-recovery-codes';
import { normalisePassword } from '@countersign/core/factor/normalise-password';
import { stepAt } from '@countersign/core/factor/totp-step';
import { hashSecret } from '@countersign/core/kernel/hash';
import { asId, type AccountId } from '@countersign/core/kernel/id';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestStore, type TestStore } from '../adapters/store/store-for-tests.ts';
import { fidoModels } from '../adapters/webauthn/fido-models.ts';
import { settingsSchema } from '../config/settings.ts';
import { portalAsk } from '../desk/apps.ts';
import type { DeskDeps, Visitor } from '../desk/deps.ts';
import { namePerson } from '../desk/signin/name-person.ts';
import { provePassword } from '../desk/signin/prove-password.ts';
import { proveRecoveryCode } from '../desk/signin/prove-recovery-code.ts';
import { proveTotp } from '../desk/signin/prove-totp.ts';
import { showSignin } from '../desk/signin/show-signin.ts';
import { startSignin } from '../desk/signin/start-signin.ts';
import { useInvitation, lookAtInvitation } from '../desk/enrol/open-invitation.ts';
import type { StepKey } from '../desk/signin/step.ts';
import { buildDesk } from './build-desk.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const PASSWORD = 'quiet lantern over the harbour';
const SEED = new Uint8Array(20).fill(7);
const visitor: Visitor = { address: '127.0.0.1', agent: 'test', browser: null, requestId: 'r' };
const opened = {
  ask: portalAsk,
  appName: 'Portal',
  askedAcr: [],
  returnTo: '/',
  returnOrigin: null,
  loginHint: null,
};

let store: TestStore;
let desk: DeskDeps;

beforeAll(async () => {
  store = await startTestStore();
  const site = { origin: 'http://localhost:1', rpId: 'localhost', host: 'localhost:1', organisation: 'Test' };
  desk = await buildDesk(
    { database: store.database, sealer: store.sealer, dataFolder: '', close: async () => undefined },
    settingsSchema.parse({}),
    () => site,
    () => fidoModels([]),
  );
});
afterAll(() => store.stop());

async function makePerson(login: string): Promise<AccountId> {
  const id = asId<'account'>(randomUUID());
  const password = normalisePassword(PASSWORD);
  if (!password.ok) throw new Error(password.error);
  const hashed = await desk.passwords.hash(password.value);
  if (hashed.kind !== 'hashed') throw new Error('the pool is idle');
  const salt = desk.codes.freshSalt();
  const digested = await desk.codes.digestCode(CODE, salt);
  if (digested.kind !== 'digested') throw new Error('the pool is idle');
  const bind = (secret: Parameters<typeof bindOf>[1]) => bindOf(id, secret);
  await desk.commit([
    {
      kind: 'account.create',
      account: {
        id,
        kind: 'person',
        login,
        names: [login],
        displayName: login,
        email: null,
        locale: 'en',
        roles: [],
        userHandle: desk.random.bytes(32),
        now: NOW,
      },
    },
  ]);
  await desk.commit([
    {
      kind: 'factors.changed',
      accountId: id,
      version: 0,
      epoch: 0,
      activates: true,
      revokes: false,
      session: null,
    },
    bind({ method: 'password', phc: hashed.stored.phc, pepperKey: hashed.stored.keyId }),
    bind({ method: 'totp', seed: SEED, lastStep: 0 }),
    bind({ method: 'recovery-code', salt, digests: [digested.digest] }),
  ]);
  return id;
}

const [CODE = ''] = makeRecoveryCodes(new Uint8Array(100).fill(9));

const bindOf = (accountId: AccountId, secret: import('../ports/effects.ts').NewFactor['secret']) =>
  ({
    kind: 'factor.bind',
    factor: {
      id: asId<'factor'>(randomUUID()),
      accountId,
      name: 'x',
      boundBy: 'invitation',
      now: NOW,
      traits: { kind: 'plain' },
      secret,
    },
  }) as const;

/** How many statements the work sends. */
async function cost<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly statements: number }> {
  const before = store.database.statements();
  const value = await work();
  return { value, statements: store.database.statements() - before };
}

describe('the statements of each step of a sign-in (issue: counted, so that the count cannot creep)', () => {
  test('start 1, name 3, password 4, code 3, page 1', async () => {
    await makePerson('ana');
    const started = await cost(() => startSignin(desk, opened, null, NOW));
    expect(started.statements).toBe(1);
    let key: StepKey = { id: started.value.id, secret: started.value.secret };

    // Load, look the name up, save.
    expect((await cost(() => namePerson(desk, key, 'Ana', visitor, NOW))).statements).toBe(3);
    // Load, spray facts, charge, commit.
    const password = await cost(() => provePassword(desk, key, PASSWORD, visitor, NOW));
    expect(password.value.kind).toBe('continue');
    expect(password.statements).toBe(4);
    if (password.value.kind !== 'continue' || password.value.secret === null)
      throw new Error('the secret is rotated');
    key = { ...key, secret: password.value.secret };
    expect((await cost(() => showSignin(desk, key, visitor, NOW))).statements).toBe(1);
    // Load, charge, commit with session, grant and events.
    const code = await cost(() => proveTotp(desk, key, hotp(SEED, stepAt(NOW), 6, 'SHA1'), visitor, NOW));
    expect(code.value.kind).toBe('granted');
    expect(code.statements).toBe(3);
  });

  test('a refused password costs what a right one costs, and so does an unknown name (I-60)', async () => {
    await makePerson('ben');
    const attempt = async (name: string): Promise<number> => {
      const started = await startSignin(desk, opened, null, NOW);
      await namePerson(desk, started, name, visitor, NOW);
      const answer = await cost(() => provePassword(desk, started, 'not the password', visitor, NOW));
      expect(answer.value).toMatchObject({ kind: 'refused', reason: 'signin.wrong_pair' });
      return answer.statements;
    };
    expect(await attempt('ben')).toBe(4);
    expect(await attempt('nobody')).toBe(4);
  });

  test('a code raced from fifty sign-ins grants once (I-01, S-02)', async () => {
    await makePerson('cem');
    const keys = await Promise.all(
      Array.from({ length: 50 }, async (): Promise<StepKey> => {
        const started = await startSignin(desk, opened, null, NOW);
        await namePerson(desk, started, 'cem', visitor, NOW);
        return started;
      }),
    );
    const ready: StepKey[] = [];
    for (const key of keys) {
      const answer = await provePassword(desk, key, PASSWORD, visitor, NOW);
      if (answer.kind === 'continue' && answer.secret !== null) ready.push({ ...key, secret: answer.secret });
    }
    expect(ready).toHaveLength(50);
    const code = hotp(SEED, stepAt(NOW), 6, 'SHA1');
    const answers = await Promise.all(ready.map((key) => proveTotp(desk, key, code, visitor, NOW)));
    expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
  });

  test('a recovery code raced from two sign-ins lets one enrol (S-41)', async () => {
    await makePerson('dia');
    const ready = await Promise.all(
      [1, 2].map(async (): Promise<StepKey> => {
        const started = await startSignin(desk, opened, null, NOW);
        await namePerson(desk, started, 'dia', visitor, NOW);
        const answer = await provePassword(desk, started, PASSWORD, visitor, NOW);
        if (answer.kind !== 'continue' || answer.secret === null) throw new Error('the password is right');
        return { ...started, secret: answer.secret };
      }),
    );
    const answers = await Promise.all(ready.map((key) => proveRecoveryCode(desk, key, CODE, visitor, NOW)));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['refused', 'restricted']);
  });

  const invite = async (accountId: AccountId): Promise<string> => {
    const token = desk.random.secret();
    await desk.commit([
      {
        kind: 'invitation.make',
        id: randomUUID(),
        tokenHash: hashSecret(token),
        accountId,
        boundBy: 'invitation',
        issuedBy: 'x',
        now: NOW,
        expiresAt: NOW + 1_000,
      },
    ]);
    return token;
  };

  test('an invitation raced fifty times opens one enrolment (I-18)', async () => {
    const id = asId<'account'>(randomUUID());
    await desk.commit([
      {
        kind: 'account.create',
        account: {
          id,
          kind: 'person',
          login: 'eva',
          names: ['eva'],
          displayName: 'Eva',
          email: null,
          locale: 'en',
          roles: [],
          userHandle: desk.random.bytes(32),
          now: NOW,
        },
      },
    ]);
    const token = await invite(id);
    expect((await lookAtInvitation(desk, token, NOW)).ok).toBe(true);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => useInvitation(desk, token, visitor, NOW)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await lookAtInvitation(desk, token, NOW)).toEqual({ ok: false, error: 'invitation.used' });
  });

  test('an old invitation is no way past the factors of someone who can sign in (I-14)', async () => {
    const token = await invite(await makePerson('fay'));
    expect(await useInvitation(desk, token, visitor, NOW)).toEqual({ ok: false, error: 'invitation.used' });
  });

  test('a revocation ends a sign-in that had proven the password, and a session begun before (I-05, I-31)', async () => {
    const id = await makePerson('gil');
    const started = await startSignin(desk, opened, null, NOW);
    await namePerson(desk, started, 'gil', visitor, NOW);
    const proven = await provePassword(desk, started, PASSWORD, visitor, NOW);
    if (proven.kind !== 'continue' || proven.secret === null) throw new Error('the password is right');
    await desk.commit([{ kind: 'account.revoke', accountId: id, epoch: 0, keep: null }]);
    const answer = await proveTotp(
      desk,
      { ...started, secret: proven.secret },
      hotp(SEED, stepAt(NOW), 6, 'SHA1'),
      visitor,
      NOW,
    );
    expect(answer).toMatchObject({ kind: 'ended', reason: 'signin.revoked' });
  });

  test('a factor is not bound on facts from before a disabling (I-05)', async () => {
    const id = await makePerson('hal');
    await desk.commit([{ kind: 'account.state', id, from: ['active'], to: 'disabled' }]);
    const late = desk.commit([
      {
        kind: 'factors.changed',
        accountId: id,
        version: 1,
        epoch: 0,
        activates: false,
        revokes: false,
        session: null,
      },
      bindOf(id, { method: 'totp', seed: SEED, lastStep: 0 }),
    ]);
    await expect(late).rejects.toMatchObject({ effect: 'factors.changed' });
  });
});
