import { groupedKey } from '@countersign/core/factor/grouped-key';
import { newTotpSeed } from '@countersign/core/factor/new-totp-seed';
import { otpauthUri } from '@countersign/core/factor/otpauth-uri';
import { parseCode } from '@countersign/core/factor/parse-code';
import { verifyTotp } from '@countersign/core/factor/verify-totp';
import { minutes, type Instant } from '@countersign/core/kernel/time';
import { settleGuess } from '@countersign/core/ledger/charge-guess';
import { Conflict } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { done, lacking, no, type Answer } from './answer.ts';
import { chargeOwnGuess, wrongOwnGuess } from './charge-own-guess.ts';
import { bindFactor } from './bind-factor.ts';
import { factorAuthority } from './factor-authority.ts';

/** How long a factor begun may be confirmed (the binding code of design.md §10.13). */
export const PENDING_LIFE = minutes(10);

export interface BegunTotp {
  readonly pending: string;
  readonly uri: string;
  readonly groupedKey: string;
  readonly account: string;
  readonly issuer: string;
}

/** A fresh seed for the authenticator app, kept sealed until a code of it comes back from the same session. */
export async function beginTotp(
  deps: Pick<DeskDeps, 'random' | 'commit' | 'site'>,
  owner: SessionOwner,
  now: Instant,
): Promise<Answer<BegunTotp>> {
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const seed = newTotpSeed(deps.random.bytes(20));
  const pending = deps.random.uuid();
  const { account } = owner.person;
  await deps.commit([
    {
      kind: 'pending.open',
      id: pending,
      sessionId: owner.session.id,
      accountId: account.id,
      method: 'totp',
      secret: seed,
      expiresAt: now + PENDING_LIFE,
    },
  ]);
  return done(showTotp(deps.site().organisation, account.login, pending, seed));
}

/** The same seed again, for a page shown once more after a mistyped code. */
export async function resumeTotp(
  deps: Pick<DeskDeps, 'enrolments' | 'vault' | 'site'>,
  owner: SessionOwner,
  pending: string,
  now: Instant,
): Promise<BegunTotp | null> {
  const found = await deps.enrolments.pending(pending, owner.session.id, now);
  if (found?.method !== 'totp' || found.sealedSecret === null) return null;
  return showTotp(
    deps.site().organisation,
    owner.person.account.login,
    pending,
    deps.vault.openPendingSecret(pending, found.sealedSecret),
  );
}

const showTotp = (issuer: string, account: string, pending: string, seed: Uint8Array): BegunTotp => ({
  pending,
  uri: otpauthUri({ issuer, account, seed }),
  groupedKey: groupedKey(seed),
  account,
  issuer,
});

type Confirm = Pick<DeskDeps, 'random' | 'commit' | 'enrolments' | 'vault' | 'signins'>;

/** Binds the app once it has shown a right code; the guess is charged to the same budget as at sign-in (S-11). */
export async function confirmTotp(
  deps: Confirm,
  owner: SessionOwner,
  input: { readonly pending: string; readonly code: unknown; readonly name: string },
  visitor: Visitor,
  now: Instant,
): Promise<Answer<null>> {
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const code = parseCode(input.code);
  if (!code.ok) return no(code.error);
  const pending = await deps.enrolments.pending(input.pending, owner.session.id, now);
  if (pending?.method !== 'totp' || pending.sealedSecret === null) return no('enrolment.expired');

  const charged = await chargeOwnGuess(deps, owner, 'totp', visitor, now);
  if (charged.kind === 'refused') return no(charged.reason, charged.retryAt);

  const seed = deps.vault.openPendingSecret(pending.id, pending.sealedSecret);
  const verdict = verifyTotp(code.value, { seed, algorithm: 'SHA1', lastStep: null }, now);
  if (verdict.kind !== 'accepted') {
    const reason = verdict.kind === 'refused' && verdict.hint !== null ? 'otp.clock' : 'otp.wrong';
    await deps.commit(wrongOwnGuess(deps.random, owner, 'totp', reason, charged, visitor, now));
    return no(reason);
  }
  try {
    await deps.commit([
      { kind: 'pending.use', id: pending.id, sessionId: owner.session.id, now },
      { kind: 'guess.settle', key: charged.key, count: settleGuess(charged.count) },
      ...bindFactor(
        deps.random,
        owner,
        {
          name: input.name,
          boundBy: authority.boundBy,
          secret: { method: 'totp', seed, lastStep: verdict.step },
        },
        visitor,
        now,
      ),
    ]);
  } catch (error) {
    if (error instanceof Conflict) return no('enrolment.raced');
    throw error;
  }
  return done(null);
}
