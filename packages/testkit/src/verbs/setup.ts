import { createWebAuthnKey } from '../authenticators/webauthn-key.ts';
import type { Deployment } from '../deployment/start-deployment.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { addKey, addTotp, finishEnrolment, setPassword } from './enrol-steps.ts';
import { held, type Person } from './person.ts';

const PASSWORD = 'tulip-anvil-harbour-9';

/** Posts the set-up form of a link with these answers. */
export async function fillIn(
  visitor: Visitor,
  link: string,
  answers: Readonly<Record<string, string>>,
): Promise<Seen> {
  const page = await visitor.get(new URL(link).pathname);
  return page.page?.forms.some(({ action }) => action === '/setup') === true
    ? visitor.submit('/setup', answers)
    : page;
}

/** Sets a new deployment up: the first owner, with one factor, whose session for enrolling has ended. */
async function firstOwner(
  deployment: Deployment,
  { factor = 'passkey' }: { readonly factor?: 'totp' | 'passkey' } = {},
): Promise<Person> {
  const link = held(deployment.setupLink(), 'set-up link: this deployment has an owner');
  const visitor = createVisitor(deployment);
  const owner = { login: 'olga', displayName: 'Olga Owner', email: 'olga@example.test' };
  const made = await fillIn(visitor, link, { organisation: 'Test Works', ...owner });
  if (made.status !== 303) throw new Error(`set-up: ${brief(made)}`);
  const key = factor === 'passkey' ? createWebAuthnKey() : null;
  const password = factor === 'totp' ? PASSWORD : null;
  if (password !== null) await setPassword(visitor, password);
  const app = factor === 'totp' ? (await addTotp(visitor)).totp : null;
  if (key !== null) await addKey(visitor, key);
  const done = await finishEnrolment(visitor);
  if (done.status !== 200) throw new Error(`set-up did not finish: ${brief(done)}`);
  return { id: '', ...owner, password, totp: app, passkey: key, recoveryCodes: [] };
}

export const setup = { firstOwner, fillIn };
