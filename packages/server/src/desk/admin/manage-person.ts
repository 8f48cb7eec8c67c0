import type { Locale, Role } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import { makeTemporaryPass, showTemporaryPass } from '@countersign/core/factor/make-temporary-pass';
import { temporaryPassLife } from '@countersign/core/factor/check-temporary-pass';
import { isStrong } from '@countersign/core/factor/factor';
import { asId } from '@countersign/core/kernel/id';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Duration, Instant } from '@countersign/core/kernel/time';
import { Conflict, type Effect } from '../../ports/effects.ts';
import type { Person } from '../../ports/person.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { record } from '../record.ts';
import { actorOf, whyNot, type Caller } from './caller.ts';

type Deps = Pick<DeskDeps, 'random' | 'commit' | 'people'>;

export interface PersonChange {
  readonly displayName: string;
  readonly email: string | null;
  readonly locale: Locale;
  readonly roles: readonly Role[];
}

async function reach(deps: Deps, caller: Caller, id: string, roles: readonly Role[] | null): Promise<Result<Person, ReasonId>> {
  const person = await deps.people.byId(asId(id));
  if (person === null) return err('account.unknown');
  const refused = whyNot(caller, person.account, roles);
  return refused === null ? ok(person) : err(refused);
}

/** Losing a role must be felt at once: the epoch rises and every session and grant from before is void (I-31). */
export async function updatePerson(deps: Deps, caller: Caller, id: string, change: PersonChange, visitor: Visitor, now: Instant): Promise<Result<null, ReasonId>> {
  const reached = await reach(deps, caller, id, change.roles);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  const loses = account.roles.some((role) => !change.roles.includes(role));
  const changesRoles = loses || change.roles.some((role) => !account.roles.includes(role));
  await deps.commit([
    { kind: 'account.update', id: account.id, ...change, revoke: loses },
    ...(loses ? [{ kind: 'sessions.end', accountId: account.id, except: null, now } as const] : []),
    record(deps.random, visitor, now, {
      type: changesRoles ? 'account.roles_changed' : 'account.updated',
      actor: actorOf(caller),
      outcome: 'ok',
      subject: account.id,
      detail: changesRoles ? { before: [...account.roles], after: [...change.roles] } : {},
    }),
  ]);
  return ok(null);
}

export async function disablePerson(deps: Deps, caller: Caller, id: string, visitor: Visitor, now: Instant): Promise<Result<null, ReasonId>> {
  const reached = await reach(deps, caller, id, null);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  if (caller.kind === 'person' && caller.account.id === account.id) return err('account.own');
  return committed(deps, 'account.disabled_already', [
    { kind: 'account.state', id: account.id, from: ['active', 'invited'], to: 'disabled' },
    { kind: 'sessions.end', accountId: account.id, except: null, now },
    { kind: 'invitations.end', accountId: account.id, except: null, now },
    record(deps.random, visitor, now, { type: 'account.disabled', actor: actorOf(caller), outcome: 'ok', subject: account.id }),
    ...notify(deps.random, account, 'account_disabled', {}, now),
  ]);
}

export async function enablePerson(deps: Deps, caller: Caller, id: string, visitor: Visitor, now: Instant): Promise<Result<null, ReasonId>> {
  const reached = await reach(deps, caller, id, null);
  if (!reached.ok) return reached;
  const { account, factors } = reached.value;
  const to = factors.some(({ method }) => isStrong(method)) ? 'active' : 'invited';
  return committed(deps, 'account.enabled_already', [
    { kind: 'account.state', id: account.id, from: ['disabled'], to },
    record(deps.random, visitor, now, { type: 'account.enabled', actor: actorOf(caller), outcome: 'ok', subject: account.id }),
  ]);
}

/** Ends every session and grant of a person, whatever they are signed in to. */
export async function endSessions(deps: Deps, caller: Caller, id: string, visitor: Visitor, now: Instant): Promise<Result<null, ReasonId>> {
  const reached = await reach(deps, caller, id, null);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  await deps.commit([
    { kind: 'account.revoke', accountId: account.id, now },
    { kind: 'sessions.end', accountId: account.id, except: null, now },
    record(deps.random, visitor, now, { type: 'session.ended', actor: actorOf(caller), outcome: 'ok', subject: account.id, detail: { all: true } }),
    ...notify(deps.random, account, 'sessions_ended', {}, now),
  ]);
  return ok(null);
}

/** Gives back what guesses used up, for a person who is locked out and was recognised. */
export async function unlockPerson(deps: Deps, caller: Caller, id: string, visitor: Visitor, now: Instant): Promise<Result<null, ReasonId>> {
  const reached = await reach(deps, caller, id, null);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  await deps.commit([
    { kind: 'guess.clear', accountId: account.id },
    record(deps.random, visitor, now, { type: 'guess.cleared', actor: actorOf(caller), outcome: 'ok', subject: account.id }),
  ]);
  return ok(null);
}

/**
 * A lost or broken factor goes by an administrator's hand (supervised). The last strong one may go this way: the
 * account is then as good as invited, and the person needs a pass or a link to come back (I-14, I-15).
 */
export async function removeFactorOf(deps: Deps, caller: Caller, id: string, factorId: string, visitor: Visitor, now: Instant): Promise<Result<null, ReasonId>> {
  const reached = await reach(deps, caller, id, null);
  if (!reached.ok) return reached;
  const { account, factors, factorsVersion } = reached.value;
  const factor = factors.find((each) => each.id === factorId);
  if (factor === undefined) return err('factor.unknown');
  return committed(deps, 'factor.raced', [
    { kind: 'factors.changed', accountId: account.id, version: factorsVersion, activates: false },
    { kind: 'factor.remove', factorId: factor.id, accountId: account.id, now },
    { kind: 'sessions.end', accountId: account.id, except: null, now },
    record(deps.random, visitor, now, { type: 'factor.removed', actor: actorOf(caller), outcome: 'ok', subject: account.id, detail: { method: factor.method, factor: factor.id } }),
    ...notify(deps.random, account, 'factor_removed', { method: factor.method, factor: factor.name }, now),
  ]);
}

/** A pass to enrol with: shown once to the administrator, single use, at most an hour (I-18). */
export async function issueTemporaryPass(
  deps: Deps & Pick<DeskDeps, 'codes'>,
  caller: Caller,
  id: string,
  lasts: Duration,
  visitor: Visitor,
  now: Instant,
): Promise<Result<{ readonly pass: string; readonly expiresAt: Instant }, ReasonId>> {
  const reached = await reach(deps, caller, id, null);
  if (!reached.ok) return reached;
  const { account, factorsVersion } = reached.value;
  if (account.state === 'disabled') return err('account.disabled');
  // Whoever could make themselves a pass would have a second way past their own factors (I-19).
  if (caller.kind === 'person' && caller.account.id === account.id) return err('account.own');
  const life = temporaryPassLife(now, lasts);
  if (!life.ok) return life;
  const pass = makeTemporaryPass(deps.random.bytes(10));
  const salt = deps.codes.freshSalt();
  const digested = await deps.codes.digestCode(pass, salt);
  if (digested.kind === 'overloaded') return err('signin.busy');
  const { id: issuedBy } = actorOf(caller);
  const expiresAt = life.value.validUntil;
  const made = await committed(deps, 'factor.raced', [
    { kind: 'factors.changed', accountId: account.id, version: factorsVersion, activates: false },
    { kind: 'factor.replace', accountId: account.id, method: 'temporary-pass', now },
    {
      kind: 'factor.bind',
      factor: {
        id: asId(deps.random.uuid()),
        accountId: account.id,
        name: 'Temporary pass',
        boundBy: 'administrator',
        now,
        traits: { kind: 'plain' },
        secret: { method: 'temporary-pass', salt, digest: digested.digest, issuedBy: issuedBy ?? 'operator', expiresAt },
      },
    },
    record(deps.random, visitor, now, { type: 'temporary_pass.issued', actor: actorOf(caller), outcome: 'ok', subject: account.id, detail: { minutes: lasts / 60_000 } }),
    ...notify(deps.random, account, 'temporary_pass_issued', { expires: String(expiresAt) }, now),
  ]);
  return made.ok ? ok({ pass: showTemporaryPass(pass), expiresAt }) : made;
}

async function committed({ commit }: Pick<DeskDeps, 'commit'>, conflict: ReasonId, effects: readonly Effect[]): Promise<Result<null, ReasonId>> {
  try {
    await commit(effects);
    return ok(null);
  } catch (error) {
    if (error instanceof Conflict) return err(conflict);
    throw error;
  }
}

