import { hashSecret } from '@countersign/core/kernel/hash';
import { asId, type SessionId } from '@countersign/core/kernel/id';
import { days, minutes, type Instant } from '@countersign/core/kernel/time';
import type { Proof } from '@countersign/core/factor/proof';
import type { Decision } from '@countersign/core/policy/decide';
import { SESSION_LIVES } from '@countersign/core/session/session-lives';
import type { Effect, NewFactor } from '../../ports/effects.ts';
import type { Person } from '../../ports/person.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { byAccount, record } from '../record.ts';

export interface BegunSession {
  readonly id: SessionId;
  readonly secret: string;
  readonly endsAt: Instant;
  readonly effects: readonly Effect[];
}

/** How long someone with an invitation, a pass or a recovery code may take to enrol. */
export const ENROLMENT_LIFE = minutes(30);

/** How long a browser stays known to an account without signing in (the lane of its own in the guess budget). */
const BROWSER_LIFE = days(90);

/** A new full session for an allow, as long as the decision obliges. */
export function beginFullSession(
  random: DeskDeps['random'],
  person: Person,
  proofs: readonly Proof[],
  decision: Decision,
  visitor: Visitor,
  now: Instant,
): BegunSession {
  const { outcome } = decision;
  const obliged =
    outcome.kind === 'allow' ? outcome.obligations.find((one) => one.kind === 'maxSession') : undefined;
  const { absolute, idle } = obliged ?? SESSION_LIVES.privileged;
  return begin(
    random,
    person,
    { kind: 'full', proofs, boundBy: null, endsAt: now + absolute, idle },
    visitor,
    now,
  );
}

/** A session that may bind factors and nothing else. */
export function beginEnrolmentSession(
  random: DeskDeps['random'],
  person: Pick<Person, 'account'>,
  proofs: readonly Proof[],
  boundBy: NewFactor['boundBy'],
  visitor: Visitor,
  now: Instant,
): BegunSession {
  const life = {
    kind: 'enrolment',
    proofs,
    boundBy,
    endsAt: now + ENROLMENT_LIFE,
    idle: ENROLMENT_LIFE,
  } as const;
  return begin(random, person, life, visitor, now);
}

interface Life {
  readonly kind: 'full' | 'enrolment';
  readonly proofs: readonly Proof[];
  readonly boundBy: NewFactor['boundBy'] | null;
  readonly endsAt: Instant;
  readonly idle: number;
}

function begin(
  random: DeskDeps['random'],
  { account }: Pick<Person, 'account'>,
  life: Life,
  visitor: Visitor,
  now: Instant,
): BegunSession {
  const id = asId<'session'>(random.uuid());
  const secret = random.secret();
  const { address, agent } = visitor;
  const session = {
    ...life,
    id,
    secretHash: hashSecret(secret),
    accountId: account.id,
    epoch: account.epoch,
    now,
    agent,
    address,
  };
  const event = record(random, visitor, now, {
    type: 'session.started',
    actor: byAccount(account.id),
    outcome: 'ok',
    subject: account.id,
    session: id,
    detail: { kind: life.kind },
  });
  return { id, secret, endsAt: life.endsAt, effects: [{ kind: 'session.start', session }, event] };
}

/** Remembers this browser for this account. A cookie that we did not give is never taken over: it may be planted. */
export function knowBrowser(
  random: DeskDeps['random'],
  person: Person,
  visitor: Visitor,
  known: { readonly lane: string | null; readonly browserKnown: boolean },
  now: Instant,
): { readonly secret: string; readonly effect: Effect } {
  const secret = known.browserKnown && visitor.browser !== null ? visitor.browser : random.secret();
  return {
    secret,
    effect: {
      kind: 'browser.know',
      secretHash: hashSecret(secret),
      accountId: person.account.id,
      lane: known.lane ?? random.uuid(),
      now,
      expiresAt: now + BROWSER_LIFE,
    },
  };
}
