import type { Deployment } from '../deployment/start-deployment.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { admin, textMember } from './admin.ts';
import { openLink } from './enrol-steps.ts';
import { login } from './login.ts';
import type { ApiCaller } from './operator.ts';
import type { Person } from './person.ts';

const asked = (seen: Seen, what: string): Seen => {
  if (seen.status !== 201) throw new Error(`${what}: ${brief(seen)}`);
  return seen;
};

/** A link with which somebody may enrol again: an invitation for the invited, else a supervised recovery. */
async function link(caller: ApiCaller, id: string): Promise<string> {
  return textMember(asked(await admin.renewLink(caller, id), 'the link'), 'url');
}

/** A temporary pass, as the administrator reads it out. */
async function temporaryPass(caller: ApiCaller, id: string, minutes = 60): Promise<string> {
  return textMember(asked(await admin.temporaryPass(caller, id, { minutes }), 'the pass'), 'pass');
}

export interface Recovering {
  readonly visitor: Visitor;
  readonly seen: Seen;
}

/** Opens a recovery link in a new browser. */
async function byLink(deployment: Deployment, url: string): Promise<Recovering> {
  const visitor = createVisitor(deployment);
  return { visitor, seen: await openLink(visitor, url) };
}

/** Password and recovery code in a new browser. */
async function byCode(deployment: Deployment, person: Person, code: string): Promise<Recovering> {
  const attempt = await login.withPassword(createVisitor(deployment), person);
  return { visitor: attempt.visitor, seen: await login.recoveryCode(attempt, code) };
}

/** Name and temporary pass in a new browser. */
async function byPass(
  deployment: Deployment,
  person: Pick<Person, 'login'>,
  pass: string,
): Promise<Recovering> {
  const attempt = await login.start(createVisitor(deployment));
  await login.name(attempt, person.login);
  return { visitor: attempt.visitor, seen: await login.temporaryPass(attempt, pass) };
}

export const recover = { link, temporaryPass, byLink, byCode, byPass };
