import { afterAll, describe, expect, it } from 'vitest';
import { findDebianPostgres } from '../postgres/debian-server.ts';
import { linkIn } from '../sinks/mailbox.ts';
import { admin, textMember } from '../verbs/admin.ts';
import { createWebAuthnKey } from '../authenticators/webauthn-key.ts';
import { enrol } from '../verbs/enrol.ts';
import { factor } from '../verbs/factor.ts';
import { isSignedIn, login } from '../verbs/login.ts';
import { createOperator, hasOperatorSocket } from '../verbs/operator.ts';
import type { Person } from '../verbs/person.ts';
import { setup } from '../verbs/setup.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { closeIdleConnections } from '../visitor/exchange.ts';
import { type Deployment, type DeploymentOptions, startDeployment } from './start-deployment.ts';

const stopping: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stopping) await stop();
  closeIdleConnections();
});

const started = async (options: DeploymentOptions): Promise<Deployment> => {
  const deployment = await startDeployment({ clock: 'controlled', ...options });
  stopping.push(deployment.stop);
  return deployment;
};

/** Set-up, an invitation by mail, and both of them signing in. */
async function story(deployment: Deployment): Promise<void> {
  const owner = await setup.firstOwner(deployment, { factor: 'totp' });
  const signedIn = await login.full(deployment, owner);
  expect(signedIn.granted).toBe(true);
  expect(await factor.list(signedIn.visitor)).toHaveLength(1);
  if (!hasOperatorSocket(deployment)) return;

  const invited = await admin.invite(createOperator(deployment), {
    login: 'ida',
    displayName: 'Ida Invited',
    email: 'ida@example.test',
  });
  expect(invited.status).toBe(201);
  await deployment.tick();
  const mail = await deployment.mailbox.wait('ida@example.test');
  const visitor = createVisitor(deployment);
  await enrol.open(visitor, linkIn(mail));
  const key = createWebAuthnKey();
  expect((await enrol.key(visitor, key)).status).toBe(303);
  await enrol.done(visitor);
  expect(await isSignedIn(visitor)).toBe(false);
  const ida: Person = {
    id: textMember(invited, 'id'),
    login: 'ida',
    displayName: 'Ida Invited',
    email: 'ida@example.test',
    password: null,
    totp: null,
    passkey: key,
    recoveryCodes: [],
  };
  const home = await login.full(deployment, ida);
  expect(home.granted).toBe(true);
  expect(home.visitor.last()?.body).toContain('Ida Invited');

  await deployment.kill9();
  await deployment.restart();
  expect(deployment.setupLink()).toBeNull();
  expect(await isSignedIn(home.visitor)).toBe(true);
}

describe('a deployment from set-up to sign-in', () => {
  it('on the embedded store', async () => story(await started({ store: 'embedded' })), 180_000);
  it.skipIf(findDebianPostgres() === undefined)(
    'on a PostgreSQL server',
    async () => story(await started({ store: 'postgres' })),
    180_000,
  );
});
