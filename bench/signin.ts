import { randomBytes } from 'node:crypto';
import { startDeployment } from '@countersign/testkit/deployment/start-deployment';
import { enrol } from '@countersign/testkit/verbs/enrol';
import { login } from '@countersign/testkit/verbs/login';
import { createOperator } from '@countersign/testkit/verbs/operator';
import type { Person } from '@countersign/testkit/verbs/person';
import { setup } from '@countersign/testkit/verbs/setup';
import { ARGON2_DEFAULT } from '../packages/server/src/adapters/password/argon2-settings.ts';
import { argon2Passwords } from '../packages/server/src/adapters/password/argon2-passwords.ts';
import { BoundedPool } from '../packages/server/src/adapters/password/bounded-pool.ts';
import { normalisePassword } from '@countersign/core/factor/normalise-password';
import { perSecond, type Bench } from './figures.ts';
import { costOf } from './node-cost.ts';

const PEOPLE = 8;
const ROUNDS = 5;

/** CPU of one bare argon2id hash at our cost: the physical limit of a password sign-in. */
async function bareHashMs(): Promise<number> {
  const hasher = argon2Passwords({
    keys: { currentId: 'k', byId: new Map([['k', randomBytes(32)]]) },
    cost: ARGON2_DEFAULT,
    pool: new BoundedPool({ concurrency: 1, queueLimit: 10, taskMs: 15 }),
    random: (size) => randomBytes(size),
  });
  const password = normalisePassword('quiet lantern over the harbour');
  if (!password.ok) throw new Error(password.error);
  await hasher.hash(password.value);
  const before = process.cpuUsage();
  for (let i = 0; i < 40; i++) await hasher.hash(password.value);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / 40;
}

/** Whole sign-ins over HTTP on a private PostgreSQL, one after another, so that CPU can be told apart from waiting. */
export const signinBench: Bench = {
  name: 'signin',
  says: 'password + TOTP and passkey sign-ins over HTTP, durable; CPU of the node beside the bare hash',
  run: async () => {
    const hashMs = await bareHashMs();
    const deployment = await startDeployment({ clock: 'controlled' });
    try {
      await setup.firstOwner(deployment);
      const operator = createOperator(deployment);
      const people: Person[] = [];
      for (let i = 0; i < PEOPLE; i++)
        people.push(
          await enrol.person(operator, { login: `p${i}`, password: true, totp: true, passkey: true }),
        );
      const all = async (by: 'totp' | 'passkey'): Promise<void> => {
        for (const person of people) {
          if (!(await login.full(deployment, person, { by })).granted)
            throw new Error('a sign-in of the bench was refused');
        }
      };
      const measure = async (by: 'totp' | 'passkey') => {
        await deployment.clock.advance(60_000);
        await all(by);
        let cpuMs = 0;
        let elapsedMs = 0;
        for (let round = 0; round < ROUNDS; round++) {
          await deployment.clock.advance(60_000);
          const cost = await costOf(deployment, () => all(by));
          cpuMs += cost.cpuMs;
          elapsedMs += cost.elapsedMs;
        }
        return {
          cpuMs: cpuMs / (PEOPLE * ROUNDS),
          rate: perSecond(`signin.${by}.serial`, PEOPLE * ROUNDS, elapsedMs),
        };
      };
      const totp = await measure('totp');
      const passkey = await measure('passkey');
      const ms = (name: string, value: number) => ({
        name,
        value: Math.round(value * 100) / 100,
        unit: 'ms',
      });
      return [
        ms('argon2.bare.cpu', hashMs),
        totp.rate,
        ms('signin.totp.cpu', totp.cpuMs),
        ms('signin.totp.cpu_beside_hash', totp.cpuMs - hashMs),
        passkey.rate,
        ms('signin.passkey.cpu', passkey.cpuMs),
      ];
    } finally {
      await deployment.stop();
    }
  },
};
