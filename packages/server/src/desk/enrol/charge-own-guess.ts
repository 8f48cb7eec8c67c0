import type { ReasonId } from '@countersign/core/audit/event';
import type { Guessable } from '@countersign/core/ledger/guess-budget';
import type { Instant } from '@countersign/core/kernel/time';
import type { Effect } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import { browserHash } from '../browser-hash.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { notify } from '../notify.ts';
import { byAccount, record } from '../record.ts';
import { chargeGuessAt, UNFAMILIAR, type Charged } from '../signin/guess.ts';

/** Charges a guess that a signed-in person makes, in the lane of their own browser if it has one (I-02, S-11). */
export async function chargeOwnGuess(
  { signins }: Pick<DeskDeps, 'signins'>,
  { person }: SessionOwner,
  method: Guessable,
  visitor: Visitor,
  now: Instant,
): Promise<Charged> {
  const subject = person.account.id;
  const hash = browserHash(visitor);
  const lane = hash === null ? null : await signins.lane(subject, hash, now);
  return chargeGuessAt(
    signins,
    { subject, method, lane: lane ?? UNFAMILIAR },
    await signins.guesses(subject),
    now,
  );
}

/** What a wrong guess on one's own pages leaves behind: its event, and those of a limit that it reached. */
export function wrongOwnGuess(
  random: DeskDeps['random'],
  { person: { account }, session }: SessionOwner,
  method: Guessable,
  reason: ReasonId,
  charged: Extract<Charged, { kind: 'charged' }>,
  visitor: Visitor,
  now: Instant,
): readonly Effect[] {
  const about = {
    actor: byAccount(account.id),
    outcome: 'refused',
    subject: account.id,
    session: session.id,
    detail: { method },
  } as const;
  const refusal = record(random, visitor, now, { ...about, type: 'signin.proof_refused', reasons: [reason] });
  if (charged.reached === 'none') return [refusal];
  const locked = charged.reached === 'wait' ? 'guess.locked' : 'guess.suspended';
  return [
    refusal,
    record(random, visitor, now, { ...about, type: locked, reasons: [locked] }),
    ...notify(
      random,
      account,
      'factor_locked',
      { method, until: String(charged.count.lockedUntil), address: visitor.address },
      now,
    ),
  ];
}
