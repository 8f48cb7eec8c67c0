import { canonicalName } from '@countersign/core/account/canonical-name';
import type { Account, Locale, Role } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import { hashSecret } from '@countersign/core/kernel/hash';
import { asId } from '@countersign/core/kernel/id';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import { days, hours, type Instant } from '@countersign/core/kernel/time';
import { Conflict, type Effect, type NewAccount } from '../../ports/effects.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { record } from '../record.ts';
import { actorOf, whyNot, type Caller } from './caller.ts';

export interface NewPerson {
  readonly login: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly locale: Locale;
  readonly roles: readonly Role[];
}

export interface Link {
  readonly url: string;
  readonly expiresAt: Instant;
}

/** An invitation lives a week and is used once (design.md §10.13); a recovery link an hour. */
export const INVITATION_LIFE = days(7);
const RECOVERY_LIFE = hours(1);

type Deps = Pick<DeskDeps, 'random' | 'commit' | 'site' | 'people'>;

/** The account as it will be stored, or why the names do not do. */
export function newAccount(random: DeskDeps['random'], person: NewPerson, now: Instant): Result<NewAccount, ReasonId> {
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
export async function invitePerson(deps: Deps, caller: Caller, person: NewPerson, visitor: Visitor, now: Instant): Promise<Result<{ readonly id: string; readonly link: Link }, ReasonId>> {
  const refused = whyNot(caller, null, person.roles);
  if (refused !== null) return err(refused);
  const account = newAccount(deps.random, person, now);
  if (!account.ok) return account;
  const link = makeLink(deps, account.value, 'invitation', caller, visitor, now);
  try {
    await deps.commit([
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
  } catch (error) {
    if (error instanceof Conflict) return err('account.name_taken');
    throw error;
  }
  return ok({ id: account.value.id, link: link.link });
}

/** A new link for someone who lost the first, or, for a person with factors, a way to enrol again (supervised recovery). */
export async function renewLink(deps: Deps, caller: Caller, id: string, visitor: Visitor, now: Instant): Promise<Result<Link, ReasonId>> {
  const person = await deps.people.byId(asId(id));
  if (person === null) return err('account.unknown');
  const { account } = person;
  const refused = whyNot(caller, account, null);
  if (refused !== null) return err(refused);
  if (account.state === 'disabled') return err('account.disabled');
  const boundBy = account.state === 'invited' ? 'invitation' : 'recovery';
  // An administrator's account comes back only through an owner at the machine itself (contract.md, admin-link).
  if (boundBy === 'recovery' && caller.kind !== 'operator') return err('recovery.operator_only');
  const link = makeLink(deps, account, boundBy, caller, visitor, now);
  await deps.commit([
    { kind: 'invitations.end', accountId: account.id, except: link.id, now },
    record(deps.random, visitor, now, {
      type: boundBy === 'invitation' ? 'account.invited' : 'recovery.approved',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
      detail: { again: true },
    }),
    ...link.effects,
  ]);
  return ok(link.link);
}

function makeLink(
  { random, site }: Deps,
  account: Pick<Account, 'id' | 'email' | 'locale' | 'displayName' | 'login'>,
  boundBy: 'invitation' | 'recovery',
  caller: Caller,
  visitor: Visitor,
  now: Instant,
): { readonly id: string; readonly link: Link; readonly effects: readonly Effect[] } {
  const id = random.uuid();
  const token = random.secret();
  const expiresAt = now + (boundBy === 'invitation' ? INVITATION_LIFE : RECOVERY_LIFE);
  const url = `${site().origin}/invitation/${token}`;
  const { id: issuedBy } = actorOf(caller);
  const params = { link: url, expires: String(expiresAt), address: visitor.address };
  return {
    id,
    link: { url, expiresAt },
    effects: [
      { kind: 'invitation.make', id, tokenHash: hashSecret(token), accountId: account.id, boundBy, issuedBy: issuedBy ?? 'operator', now, expiresAt },
      ...notify(random, account, boundBy === 'invitation' ? 'invitation' : 'recovery_link', params, now),
    ],
  };
}
