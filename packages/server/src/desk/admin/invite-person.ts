import { canonicalName } from '@countersign/core/account/canonical-name';
import type { Locale, Role } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import { asId, type AccountId } from '@countersign/core/kernel/id';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { NewAccount } from '../../ports/effects.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, whyNot, type Caller } from './caller.ts';
import { makeLink, type Link } from './make-link.ts';
import { commitOr } from './reach-person.ts';

export interface NewPerson {
  readonly login: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly locale: Locale;
  readonly roles: readonly Role[];
}

/** The account as it will be stored, or why the names do not do. */
export function newAccount(
  random: DeskDeps['random'],
  person: NewPerson,
  now: Instant,
): Result<NewAccount, ReasonId> {
  const login = canonicalName(person.login);
  if (!login.ok) return login;
  const email = person.email === null ? ok(null) : canonicalName(person.email);
  if (!email.ok) return email;
  const names = email.value === null ? [login.value] : [...new Set([login.value, email.value])];
  return ok({
    id: asId(random.uuid()),
    kind: 'person',
    login: login.value,
    names,
    displayName: person.displayName,
    email: person.email,
    locale: person.locale,
    roles: person.roles,
    userHandle: random.bytes(32),
    now,
  });
}

/** Creates a person who may do nothing but enrol, and the link to enrol with. The link is mailed where mail goes out. */
export async function invitePerson(
  deps: Pick<DeskDeps, 'random' | 'commit' | 'site'>,
  caller: Caller,
  person: NewPerson,
  visitor: Visitor,
  now: Instant,
): Promise<Result<{ readonly id: AccountId; readonly link: Link }, ReasonId>> {
  const refused = whyNot(caller, null, person.roles);
  if (refused !== null) return err(refused);
  const account = newAccount(deps.random, person, now);
  if (!account.ok) return account;
  const link = makeLink(deps, account.value, 'invitation', caller, visitor, now);
  const made = await commitOr(deps, 'account.name_taken', [
    { kind: 'account.create', account: account.value },
    record(deps.random, visitor, now, {
      type: 'account.invited',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.value.id,
      detail: { roles: [...person.roles] },
      personal: { login: account.value.login },
    }),
    ...link.effects,
  ]);
  return made.ok ? ok({ id: account.value.id, link: link.link }) : made;
}
