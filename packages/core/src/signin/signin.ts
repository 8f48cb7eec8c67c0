import type { ReasonId } from '../audit/event.ts';
import type { Proof } from '../factor/proof.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { AccountId } from '../kernel/id.ts';
import { minutes, type Duration } from '../kernel/time.ts';

/**
 * One attempt to get a grant, from first request to end. Positive evidence is the only way forward: there is no
 * event that lowers a requirement, because requirements are not in the state; `decide` states them anew (I-08, I-09).
 */
export type Signin =
  | { readonly kind: 'naming' }
  /** A name was given. `accountId` is null for a name nobody has: the steps are the same, and never succeed (I-60). */
  | {
      readonly kind: 'proving';
      readonly name: string;
      readonly accountId: AccountId | null;
      /** What guesses are counted under: the account, or a keyed hash of a name that nobody has. */
      readonly subject: string;
      /** The account's epoch when it was named: a revocation since then voids what was proven (I-31). */
      readonly epoch: number;
      readonly proofs: readonly Proof[];
    }
  | { readonly kind: 'granted'; readonly accountId: AccountId; readonly proofs: readonly Proof[] }
  | { readonly kind: 'ended'; readonly reason: ReasonId };

export type SigninEvent =
  | {
      readonly kind: 'named';
      readonly name: string;
      readonly accountId: AccountId | null;
      readonly subject: string;
      readonly epoch: number;
    }
  | {
      readonly kind: 'proven';
      readonly accountId: AccountId;
      readonly name: string;
      readonly epoch: number;
      readonly proof: Proof;
    }
  | { readonly kind: 'granted' }
  | { readonly kind: 'ended'; readonly reason: ReasonId };

export type SigninRefusal = 'signin.over' | 'signin.other_person' | 'signin.no_evidence';

/** How long a sign-in may take: long enough to fetch a key from another room, short enough to bind to one sitting. */
export const SIGNIN_LIFE: Duration = minutes(15);

/** The state after the event, or why the event does not fit. One arrow per event; nothing else changes a sign-in. */
export function advance(state: Signin, event: SigninEvent): Result<Signin, SigninRefusal> {
  if (state.kind === 'granted' || state.kind === 'ended') return err('signin.over');
  switch (event.kind) {
    case 'named':
      // Naming someone else starts over: nothing proven for one person serves another.
      if (state.kind === 'proving' && state.accountId === event.accountId && state.name === event.name)
        return ok(state);
      return ok({
        kind: 'proving',
        name: event.name,
        accountId: event.accountId,
        subject: event.subject,
        epoch: event.epoch,
        proofs: [],
      });
    case 'proven':
      return proven(state, event);
    case 'granted':
      if (state.kind !== 'proving' || state.accountId === null || state.proofs.length === 0)
        return err('signin.no_evidence');
      return ok({ kind: 'granted', accountId: state.accountId, proofs: state.proofs });
    case 'ended':
      return ok({ kind: 'ended', reason: event.reason });
  }
}

function proven(
  state: Extract<Signin, { kind: 'naming' | 'proving' }>,
  event: Extract<SigninEvent, { kind: 'proven' }>,
): Result<Signin, SigninRefusal> {
  const { name, accountId, epoch, proof } = event;
  const earlier = state.kind === 'proving' ? state.proofs : [];
  // A discoverable passkey names its owner by itself; with proofs at hand it must be the same person.
  const samePerson = state.kind === 'proving' && state.accountId === accountId && state.epoch === epoch;
  if (!samePerson && earlier.length > 0) return err('signin.other_person');
  const others = samePerson ? earlier.filter((done) => done.method !== proof.method) : [];
  return ok({ kind: 'proving', name, accountId, subject: accountId, epoch, proofs: [...others, proof] });
}
