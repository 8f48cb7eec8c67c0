import { randomBytes, randomUUID } from 'node:crypto';
import type { Factor } from '@countersign/core/factor/factor';
import type { Proof } from '@countersign/core/factor/proof';
import { hashSecret } from '@countersign/core/kernel/hash';
import { asId, type AccountId, type SessionId } from '@countersign/core/kernel/id';
import { hours, minutes } from '@countersign/core/kernel/time';
import type { Effect } from '../../ports/effects.ts';
import type { Browser } from './browser-for-tests.ts';

export type Method = Factor['method'];
/** Our session, as bare as can be. */
export const COOKIE = 'cs_test_session';

export type CommitNow = (effects: readonly Effect[]) => Promise<void>;

const webauthn = {
  kind: 'webauthn',
  discoverable: true,
  userVerifying: true,
  backupEligible: true,
  backedUp: true,
  aaguid: '',
  attested: false,
  transports: [],
} as const;

export async function addPerson(
  commit: CommitNow,
  now: number,
  login: string,
  methods: readonly Method[],
): Promise<AccountId> {
  const id = asId<'account'>(randomUUID());
  await commit([
    {
      kind: 'account.create',
      account: {
        id,
        kind: 'person',
        login,
        names: [login],
        displayName: login,
        email: `${login}@example.org`,
        locale: 'en',
        roles: [],
        userHandle: randomBytes(16),
        now,
      },
    },
  ]);
  const effects = methods.map((method): Effect => {
    const base = {
      id: asId<'factor'>(randomUUID()),
      accountId: id,
      name: method,
      boundBy: 'invitation',
      now,
    } as const;
    if (method === 'passkey') {
      return {
        kind: 'factor.bind',
        factor: {
          ...base,
          traits: webauthn,
          secret: {
            method,
            credentialId: randomBytes(16),
            publicKey: randomBytes(32),
            algorithm: -7,
            counter: 0,
          },
        },
      };
    }
    const secret =
      method === 'totp'
        ? ({ method, seed: randomBytes(20), lastStep: 0 } as const)
        : ({ method: 'password', phc: 'x', pepperKey: 'x' } as const);
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
  categories:
    method === 'password'
      ? ['knowledge']
      : method === 'passkey'
        ? ['possession', 'inherence']
        : ['possession'],
  phishingResistant: method === 'passkey',
  hardwareBound: false,
});

export async function signIn(
  commit: CommitNow,
  now: number,
  browser: Browser,
  accountId: AccountId,
  methods: readonly Method[],
  epoch: number,
): Promise<SessionId> {
  const secret = randomBytes(32).toString('base64url');
  const id = asId<'session'>(randomUUID());
  const proofs = methods.map((method) => proof(method, now));
  await commit([
    {
      kind: 'session.start',
      session: {
        id,
        secretHash: hashSecret(secret),
        accountId,
        kind: 'full',
        proofs,
        boundBy: null,
        epoch,
        now,
        endsAt: now + hours(12),
        idle: minutes(30),
        agent: '',
        address: '',
      },
    },
  ]);
  browser.setCookie(COOKIE, secret);
  return id;
}
