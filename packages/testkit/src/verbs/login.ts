import type { Overrides, WebAuthnKey } from '../authenticators/webauthn-key.ts';
import type { AuthenticationResponseJson, RequestOptionsJson } from '../authenticators/webauthn-json.ts';
import type { Deployment } from '../deployment/start-deployment.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { untilCalm } from '../visitor/patience.ts';
import type { Seen } from '../visitor/seen.ts';
import { freshCode } from './fresh-code.ts';
import { held, type Person } from './person.ts';

/** A sign-in that a browser has begun. */
export interface Attempt {
  readonly visitor: Visitor;
  readonly id: string;
}

/** The sign-in that a redirect leads to. */
export function at(visitor: Visitor, location: string | null): Attempt {
  const id = /^(?:https?:\/\/[^/]+)?\/signin\/([0-9a-f-]{36})(?:$|\?)/.exec(location ?? '')?.[1];
  if (id === undefined) throw new Error(`this leads to no sign-in: ${location ?? 'no redirect'}`);
  return { visitor, id };
}

const start = async (visitor: Visitor): Promise<Attempt> =>
  at(visitor, (await visitor.get('/signin')).location);

const step =
  (path: string, field: string) =>
  ({ visitor, id }: Attempt, value: string): Promise<Seen> =>
    visitor.post(`/signin/${id}/${path}`, { [field]: value });

const name = step('name', 'name');
const password = step('password', 'password');
const totp = step('totp', 'code');
const recoveryCode = step('recovery-code', 'code');
const temporaryPass = step('temporary-pass', 'code');

const show = ({ visitor, id }: Attempt, wanted?: string): Promise<Seen> =>
  visitor.get(`/signin/${id}${wanted === undefined ? '' : `?with=${wanted}`}`);

/** The request options of the page of this sign-in; null when it offers no passkey. */
async function challenge(attempt: Attempt): Promise<RequestOptionsJson | null> {
  const seen = await show(attempt, 'passkey');
  const options = seen.page?.forms.find(({ data }) => data['ceremony'] === 'get')?.data['options'];
  return options === undefined || options === 'null' ? null : (JSON.parse(options) as RequestOptionsJson);
}

export interface KeyUse {
  readonly overrides?: Overrides;
  readonly origin?: string;
  /** Changes what the key answered, after it signed. */
  readonly answer?: (response: AuthenticationResponseJson) => unknown;
}

/** Answers the challenge of this sign-in's page with a key. */
async function passkey(attempt: Attempt, key: WebAuthnKey, use: KeyUse = {}): Promise<Seen> {
  const options = await challenge(attempt);
  if (options === null) return attempt.visitor.last() ?? (await show(attempt));
  const response = key.get(options, use.origin ?? attempt.visitor.deployment.origin, use.overrides);
  return sendAssertion(attempt, options.challenge, (use.answer ?? ((same) => same))(response));
}

const sendAssertion = ({ visitor, id }: Attempt, given: string, response: unknown): Promise<Seen> =>
  visitor.post(`/signin/${id}/passkey`, {
    challenge: given,
    response: typeof response === 'string' ? response : JSON.stringify(response),
  });

export interface Outcome {
  readonly visitor: Visitor;
  readonly seen: Seen;
  /** A session that opens the person's own page. */
  readonly granted: boolean;
}

/** Whether this browser holds a session that opens the person's own page: what a grant is good for. */
export const isSignedIn = async (visitor: Visitor): Promise<boolean> =>
  (await untilCalm(() => visitor.get('/'))).status === 200;

/** A sign-in up to the password: what the attacks on second factors begin with. */
async function withPassword(visitor: Visitor, person: Pick<Person, 'login' | 'password'>): Promise<Attempt> {
  const attempt = await start(visitor);
  await name(attempt, person.login);
  await password(attempt, held(person.password, 'password'));
  return attempt;
}

/** Proves what is asked in a sign-in, by the passkey if there is one, else by password and app. */
async function prove(
  attempt: Attempt,
  person: Person,
  by: 'passkey' | 'totp' = person.passkey === null ? 'totp' : 'passkey',
): Promise<Seen> {
  if (by === 'passkey') return passkey(attempt, held(person.passkey, 'passkey'));
  await name(attempt, person.login);
  const first = await password(attempt, held(person.password, 'password'));
  if (first.status !== 303) return first;
  return totp(attempt, await freshCode(attempt.visitor.deployment, held(person.totp, 'authenticator app')));
}

/** A whole sign-in to the person's own page, in a new browser unless one is given. */
async function full(
  deployment: Deployment,
  person: Person,
  {
    visitor = createVisitor(deployment),
    by,
  }: { readonly visitor?: Visitor; readonly by?: 'passkey' | 'totp' } = {},
): Promise<Outcome> {
  const seen = await untilCalm(async () => {
    const begun = await visitor.get('/signin');
    return begun.status === 503 ? begun : prove(at(visitor, begun.location), person, by);
  });
  return { visitor, seen, granted: await isSignedIn(visitor) };
}

/** Goes through the sign-in that an answer leads to, if it leads to one. */
const stepUp = async (
  visitor: Visitor,
  seen: Seen,
  person: Person,
  by?: 'passkey' | 'totp',
): Promise<Seen> => {
  const attempt = at(visitor, seen.location);
  if (by === 'totp' || person.passkey === null) {
    const shown = await show(attempt);
    const asksPassword = shown.page?.forms.some(({ action }) => action.endsWith('/password')) === true;
    if (asksPassword) {
      const first = await password(attempt, held(person.password, 'password'));
      if (first.location === '/' || first.status !== 303) return first;
    }
    return totp(attempt, await freshCode(visitor.deployment, held(person.totp, 'authenticator app')));
  }
  return passkey(attempt, person.passkey);
};

export const login = {
  start,
  at,
  show,
  name,
  password,
  totp,
  recoveryCode,
  temporaryPass,
  challenge,
  passkey,
  sendAssertion,
  withPassword,
  prove,
  full,
  stepUp,
};
