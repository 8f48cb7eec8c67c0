import {
  createWebAuthnKey,
  type WebAuthnKey,
  type WebAuthnKeySettings,
} from '../authenticators/webauthn-key.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { admin, textMember } from './admin.ts';
import {
  addKey,
  addTotp,
  confirmTotp,
  finishEnrolment,
  makeRecoveryCodes,
  offerKey,
  offerTotp,
  openLink,
  setPassword,
} from './enrol-steps.ts';
import type { Operator } from './operator.ts';
import type { Person } from './person.ts';

export interface PersonAsk {
  readonly login: string;
  readonly displayName?: string;
  /** Nobody can be told anything by mail when it is null. */
  readonly email?: string | null;
  readonly roles?: readonly string[];
  readonly password?: boolean | string;
  readonly totp?: boolean;
  readonly passkey?: boolean | WebAuthnKeySettings;
  readonly recoveryCodes?: boolean;
}

export interface Invited {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly email: string;
  readonly link: string;
}

const good = (seen: Seen, what: string): Seen => {
  if (seen.status >= 400) throw new Error(`${what}: ${brief(seen)}`);
  return seen;
};

/** Invites somebody who then has an account, a link, and nothing else. */
async function invite(
  operator: Operator,
  ask: Pick<PersonAsk, 'login' | 'displayName' | 'email' | 'roles'>,
): Promise<Invited> {
  const { login, displayName = `Person ${login}`, email = `${login}@example.test`, roles = [] } = ask;
  const seen = good(await admin.invite(operator, { login, displayName, email, roles }), `inviting ${login}`);
  return {
    id: textMember(seen, 'id'),
    login,
    displayName,
    email: email ?? '',
    link: textMember(seen, 'invitation', 'url'),
  };
}

/** Somebody who was invited and has enrolled all that is asked for, in a browser that was closed afterwards. */
async function person(operator: Operator, ask: PersonAsk): Promise<Person> {
  const invited = await invite(operator, ask);
  const visitor = createVisitor(operator.deployment);
  good(await openLink(visitor, invited.link), 'the invitation');
  const password = ask.password === true ? `quiet-${ask.login}-lantern-77` : (ask.password ?? false);
  if (password !== false) good(await setPassword(visitor, password), 'the password');
  const app = ask.totp === true ? await addTotp(visitor) : null;
  if (app !== null && app.totp === null) throw new Error(`the authenticator app: ${brief(app.seen)}`);
  const key = keyFor(ask.passkey ?? false);
  if (key !== null) good(await addKey(visitor, key), 'the passkey');
  const made = ask.recoveryCodes === true ? await makeRecoveryCodes(visitor) : null;
  good(await finishEnrolment(visitor), 'the end of enrolling');
  const { id, login, displayName, email } = invited;
  return {
    id,
    login,
    displayName,
    email,
    password: password === false ? null : password,
    totp: app?.totp ?? null,
    passkey: key,
    recoveryCodes: made?.codes ?? [],
  };
}

const keyFor = (ask: boolean | WebAuthnKeySettings): WebAuthnKey | null =>
  ask === false ? null : createWebAuthnKey(ask === true ? {} : ask);

/** The steps one by one, in the browser that opened a link or has signed in. */
export const enrol = {
  invite,
  person,
  open: openLink,
  password: setPassword,
  totp: addTotp,
  offerTotp,
  confirmTotp,
  key: (visitor: Visitor, key: WebAuthnKey, ask?: Parameters<typeof addKey>[2]): Promise<Seen> =>
    addKey(visitor, key, ask),
  offerKey,
  recoveryCodes: makeRecoveryCodes,
  done: finishEnrolment,
};
