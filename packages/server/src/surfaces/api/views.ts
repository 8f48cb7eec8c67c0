import type { AppAnswer } from '@countersign/contract/api/apps';
import type { AuditEventAnswer } from '@countersign/contract/api/audit';
import { auditEvent } from '@countersign/contract/api/audit';
import type {
  FactorAnswer,
  LinkAnswer,
  PersonAnswer,
  PersonSummary,
  SessionAnswer,
} from '@countersign/contract/api/people';
import type { Account } from '@countersign/core/account/account';
import type { Factor } from '@countersign/core/factor/factor';
import { recoveryCodesLeft } from '@countersign/core/factor/match-recovery-code';
import type { Instant } from '@countersign/core/kernel/time';
import { z } from 'zod';
import type { Link } from '../../desk/admin/make-link.ts';
import { UNFAMILIAR } from '../../desk/signin/guess.ts';
import type { App } from '../../ports/apps.ts';
import type { EventRow, PersonRow, SessionRow } from '../../ports/directory.ts';
import type { Person } from '../../ports/person.ts';
import type { StoredSession } from '../../ports/session-store.ts';
import type { GuessRow } from '../../ports/signin-store.ts';

/** RFC 3339 in UTC, to the millisecond: reads back as the same moment. */
export const iso = (at: Instant): string => new Date(at).toISOString();
const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

export const showPersonRow = (row: PersonRow): PersonSummary => ({
  ...row,
  roles: [...row.roles],
  createdAt: iso(row.createdAt),
  lastSignInAt: isoOrNull(row.lastSignInAt),
});

/** Field by field: `Person` holds what verifies factors, and nothing of that may go out (I-48, S-49). */
export function showFactor(factor: Factor, person: Pick<Person, 'recovery'>): FactorAnswer {
  const { id, method, name, createdAt, lastUsedAt, boundBy, traits } = factor;
  const key =
    traits.kind === 'webauthn'
      ? {
          aaguid: traits.aaguid,
          synced: traits.backupEligible,
          userVerifying: traits.userVerifying,
          discoverable: traits.discoverable,
          attested: traits.attested,
        }
      : null;
  const codesLeft =
    method === 'recovery-code' && person.recovery !== null ? recoveryCodesLeft(person.recovery.codes) : null;
  return {
    id,
    method,
    name,
    createdAt: iso(createdAt),
    lastUsedAt: isoOrNull(lastUsedAt),
    boundBy,
    key,
    codesLeft,
  };
}

export const showSession = (
  { session, agent, address }: StoredSession,
  { login }: Pick<Account, 'login'>,
): SessionAnswer => ({
  id: session.id,
  personId: session.accountId,
  login,
  kind: session.kind,
  startedAt: iso(session.startedAt),
  lastSeenAt: iso(session.lastSeenAt),
  endsAt: iso(session.endsAt),
  agent,
  address,
});

export const showSessionRow = ({
  accountId,
  startedAt,
  lastSeenAt,
  endsAt,
  ...row
}: SessionRow): SessionAnswer => ({
  ...row,
  personId: accountId,
  startedAt: iso(startedAt),
  lastSeenAt: iso(lastSeenAt),
  endsAt: iso(endsAt),
});

const showGuess = ({ method, lane, count }: GuessRow): PersonAnswer['guesses'][number] => ({
  method,
  from: lane === UNFAMILIAR ? 'everyone' : 'known-browser',
  consecutive: count.consecutive,
  inWindow: count.inWindow,
  lockedUntil: count.lockedUntil === 0 ? null : iso(count.lockedUntil),
  suspended: count.suspended,
});

export function showPerson(
  person: Person,
  sessions: readonly StoredSession[],
  guesses: readonly GuessRow[],
): PersonAnswer {
  const { id, login, displayName, email, state, roles, locale, createdAt, lastSignInAt } = person.account;
  return {
    id,
    login,
    displayName,
    email,
    state,
    roles: [...roles],
    locale,
    methods: [...new Set(person.factors.map(({ method }) => method))].sort(),
    createdAt: iso(createdAt),
    lastSignInAt: isoOrNull(lastSignInAt),
    factors: person.factors.map((factor) => showFactor(factor, person)),
    sessions: sessions.map((session) => showSession(session, person.account)),
    guesses: guesses.map(showGuess),
  };
}

export const showLink = ({ url, expiresAt }: Link): LinkAnswer => ({ url, expiresAt: iso(expiresAt) });

const jsonRecord = z.record(z.string(), z.json());

export const showApp = ({ id, name, clientId, strength, metadata, createdAt }: App): AppAnswer => ({
  id,
  kind: 'oidc',
  name,
  clientId,
  strength,
  metadata: jsonRecord.parse(metadata),
  createdAt: iso(createdAt),
});

const { actor, subject, door, app, session, grant, outcome, reasons, detail, type } = auditEvent.shape;
/** The public part as `makeLeaf` wrote it; a row that is nothing of the kind was changed in the store, and is a fault. */
const storedEntry = z.object({ actor, subject, door, app, session, grant, outcome, reasons, detail, type });

export const showEvent = ({ id, index, at, class: kind, entry, personal }: EventRow): AuditEventAnswer => ({
  ...storedEntry.parse(entry),
  id,
  index,
  at: iso(at),
  class: kind,
  personal: personal === null ? null : { ...personal },
});
