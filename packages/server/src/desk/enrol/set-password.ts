import { checkNewPassword } from '@countersign/core/factor/check-new-password';
import { normalisePassword } from '@countersign/core/factor/normalise-password';
import { seconds, type Instant } from '@countersign/core/kernel/time';
import { settleGuess } from '@countersign/core/ledger/charge-guess';
import { Conflict, type Effect } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { browserHash } from '../browser-hash.ts';
import { byAccount, record } from '../record.ts';
import { refundGuess } from '../signin/guess.ts';
import { done, lacking, no, type Answer } from './answer.ts';
import { chargeOwnGuess, wrongOwnGuess } from './charge-own-guess.ts';
import { bindFactor } from './bind-factor.ts';
import { factorAuthority } from './factor-authority.ts';

type Deps = Pick<DeskDeps, 'random' | 'commit' | 'passwords' | 'common' | 'site' | 'signins'>;

/**
 * Sets the password, or changes it: a change gives the current one too, unless the person is here by invitation,
 * pass or recovery (R-PWD-12). A change ends every other session of the person.
 */
export async function setPassword(
  deps: Deps,
  owner: SessionOwner,
  input: { readonly password: unknown; readonly current: unknown },
  visitor: Visitor,
  now: Instant,
): Promise<Answer<null>> {
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const { person, session } = owner;
  const { account } = person;
  const changes = person.password !== null;
  const current =
    changes && session.kind === 'full'
      ? await proveCurrent(deps, owner, input.current, visitor, now)
      : done<readonly Effect[]>([]);
  if (current.kind !== 'done') return current;

  const checked = checkNewPassword(input.password, {
    login: account.login,
    email: account.email,
    displayName: account.displayName,
    organisation: deps.site().organisation,
    standsAlone: false,
    isCommon: (password) => deps.common.has(password),
  });
  if (!checked.ok)
    return {
      ...no(checked.error[0]?.code ?? 'password.malformed'),
      reasons: checked.error.map(({ code }) => code),
    };
  const hashed = await deps.passwords.hash(checked.value);
  if (hashed.kind === 'overloaded') return no('signin.busy', now + seconds(hashed.retryAfterS));

  const { phc, keyId } = hashed.stored;
  const ends: readonly Effect[] = changes
    ? [
        { kind: 'sessions.end', accountId: account.id, except: session.id, now },
        { kind: 'browsers.forget', accountId: account.id, except: browserHash(visitor) },
        record(deps.random, visitor, now, {
          type: 'password.changed',
          actor: byAccount(account.id),
          outcome: 'ok',
          subject: account.id,
        }),
      ]
    : [];
  try {
    await deps.commit([
      ...current.value,
      ...bindFactor(
        deps.random,
        owner,
        {
          name: 'Password',
          boundBy: authority.boundBy,
          revokes: changes,
          secret: { method: 'password', phc, pepperKey: keyId },
        },
        visitor,
        now,
      ),
      ...ends,
    ]);
  } catch (error) {
    if (error instanceof Conflict) return no('enrolment.raced');
    throw error;
  }
  return done(null);
}

/** The current password is a proof like any other: charged to the same budget before it is evaluated (I-02). */
async function proveCurrent(
  deps: Deps,
  owner: SessionOwner,
  typed: unknown,
  visitor: Visitor,
  now: Instant,
): Promise<Answer<readonly Effect[]>> {
  const stored = owner.person.password;
  const password = normalisePassword(typed);
  if (!password.ok || stored === null) return no('password.current_wrong');
  const charged = await chargeOwnGuess(deps, owner, 'password', visitor, now);
  if (charged.kind === 'refused') return no(charged.reason, charged.retryAt);
  const answer = await deps.passwords.verify(password.value, { phc: stored.phc, keyId: stored.pepperKey });
  if (answer.kind === 'overloaded') {
    await refundGuess(deps.signins, charged);
    return no('signin.busy', now + seconds(answer.retryAfterS));
  }
  if (!answer.matches) {
    await deps.commit(
      wrongOwnGuess(deps.random, owner, 'password', 'password.current_wrong', charged, visitor, now),
    );
    return no('password.current_wrong');
  }
  return done([{ kind: 'guess.settle', key: charged.key, count: settleGuess(charged.count) }]);
}
