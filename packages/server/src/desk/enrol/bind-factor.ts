import type { FactorTraits, Method } from '@countersign/core/factor/factor';
import { atLeast } from '@countersign/core/factor/strength';
import { asId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import { strongestReachable } from '@countersign/core/policy/offers';
import type { Effect, NewFactor } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { byAccount, record } from '../record.ts';

const PLAIN: FactorTraits = { kind: 'plain' };

export interface ToBind {
  readonly name: string;
  readonly boundBy: NewFactor['boundBy'];
  readonly traits?: FactorTraits;
  /** Whether what began before the change ends with it: a changed password. */
  readonly revokes?: boolean;
  readonly secret: NewFactor['secret'];
}

/** Kinds of which a person has one: a new one takes the place of the old. */
const SINGLE: ReadonlySet<Method> = new Set(['password', 'recovery-code', 'temporary-pass']);

/**
 * Everything that binding a factor means, as effects of one statement: the factor and its secret, the event, the
 * mail to the person (I-17), and, when the person can now sign in for the first time, the account's activation and,
 * for the first administrator, the end of set-up (I-49).
 */
export function bindFactor(
  random: DeskDeps['random'],
  owner: SessionOwner,
  to: ToBind,
  visitor: Visitor,
  now: Instant,
): readonly Effect[] {
  const { person, session } = owner;
  const { account } = person;
  const { method } = to.secret;
  const traits = to.traits ?? PLAIN;
  const factor: NewFactor = {
    id: asId(random.uuid()),
    accountId: account.id,
    name: to.name,
    boundBy: to.boundBy,
    now,
    traits,
    secret: to.secret,
  };
  const event = record(random, visitor, now, {
    type: method === 'recovery-code' ? 'recovery.codes_made' : 'factor.enrolled',
    actor: byAccount(account.id),
    outcome: 'ok',
    subject: account.id,
    session: session.id,
    detail: { method, factor: factor.id, source: to.boundBy, ...described(traits) },
  });
  const template =
    method === 'recovery-code'
      ? 'recovery_codes_made'
      : method === 'password'
        ? 'password_changed'
        : 'factor_added';
  const activates =
    account.state === 'invited' &&
    atLeast(strongestReachable([...person.factors, { method, traits }]), 'mfa');
  return [
    {
      kind: 'factors.changed',
      accountId: account.id,
      version: person.factorsVersion,
      epoch: account.epoch,
      activates,
      revokes: to.revokes ?? false,
      session: session.id,
    },
    ...(method === 'recovery-code' ? [{ kind: 'guess.forget', accountId: account.id, method } as const] : []),
    ...(SINGLE.has(method) ? [{ kind: 'factor.replace', accountId: account.id, method, now } as const] : []),
    // Links made for the old password end with it (S-42).
    ...(to.revokes === true
      ? [{ kind: 'invitations.end', accountId: account.id, except: null, now } as const]
      : []),
    { kind: 'factor.bind', factor },
    event,
    ...notify(random, account, template, { method, factor: to.name, address: visitor.address }, now),
    ...(activates ? activation(random, owner, visitor, now) : []),
  ];
}

/** What is remembered of a key beside its secret (R-REC-04). */
const described = (traits: FactorTraits): Readonly<Record<string, string | boolean>> =>
  traits.kind === 'plain'
    ? {}
    : {
        aaguid: traits.aaguid,
        synced: traits.backupEligible,
        userVerifying: traits.userVerifying,
        attested: traits.attested,
      };

function activation(
  random: DeskDeps['random'],
  { person: { account }, boundBy }: SessionOwner,
  visitor: Visitor,
  now: Instant,
): readonly Effect[] {
  const about = { actor: byAccount(account.id), outcome: 'ok', subject: account.id } as const;
  const active = record(random, visitor, now, { ...about, type: 'account.enabled', detail: { first: true } });
  // Links that were still open have done their work (I-18).
  const begun: readonly Effect[] = [
    active,
    { kind: 'invitations.end', accountId: account.id, except: null, now },
  ];
  if (!account.roles.includes('owner')) return begun;
  const maker = boundBy === 'set-up' ? account.id : null;
  return [
    ...begun,
    { kind: 'setup.close', accountId: maker, now },
    record(random, visitor, now, { ...about, type: 'setup.closed' }),
  ];
}
