import type { SprayFacts } from '@countersign/core/factor/password-spray';
import type { Ask } from '@countersign/core/policy/ask';
import type { AccountId, SessionId, TransactionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { GuessCount, Guessable } from '@countersign/core/ledger/guess-budget';
import type { Signin } from '@countersign/core/signin/signin';
import type { ChallengePurpose, GuessKey } from './effects.ts';
import type { Person } from './person.ts';

/** What a transaction was opened for, and how the browser gets back. None of it comes from a later request. */
export interface StoredAsk {
  readonly ask: Ask;
  readonly appName: string;
  /** The acr values the app asked for, in its order. */
  readonly askedAcr: readonly string[];
  /** Where to send the browser after the grant: a path of ours, kept here and never taken from a request. */
  readonly returnTo: string;
  /** The registered origin the chain of redirects ends at, for the page's `form-action` (design.md §10.11). */
  readonly returnOrigin: string | null;
  /** The person a step-up or a hint is about; anybody else is refused. */
  readonly loginHint: string | null;
}

export interface Transaction {
  readonly id: TransactionId;
  readonly secretHash: Uint8Array;
  readonly version: number;
  readonly state: Signin;
  readonly opened: StoredAsk;
  /** The session this transaction would raise. The state began with its person and its proofs. */
  readonly sessionId: SessionId | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface GuessRow {
  readonly method: Guessable;
  readonly lane: string;
  readonly count: GuessCount;
  readonly version: number;
}

export interface SigninFacts {
  readonly transaction: Transaction;
  readonly person: Person | null;
  readonly guesses: readonly GuessRow[];
  /** The lane of this browser for this person, if it is known; else null. */
  readonly lane: string | null;
  /** Whether the cookie is one that we gave, to whomever: only then may it serve another account too. */
  readonly browserKnown: boolean;
}

export interface SigninStore {
  /** Everything a step needs, in one statement. `browserHash` is the hash of the known-browser cookie. */
  load(id: TransactionId, browserHash: Uint8Array | null): Promise<SigninFacts | null>;
  /** The counts of one subject, read again after a lost race. */
  guesses(subject: string): Promise<readonly GuessRow[]>;
  /**
   * Stores a charge, committed alone, so that no later rollback gives the guess back (design.md §10.3).
   * False when another guess was charged since `version` was read (null: there was no row).
   */
  charge(key: GuessKey, version: number | null, next: GuessCount): Promise<boolean>;
  /** The lane of a browser for a person who was not named before, as a passkey names its owner. */
  lane(accountId: AccountId, browserHash: Uint8Array, now: Instant): Promise<string | null>;
  /** Takes a challenge out of use, whatever the answer to it is worth; false if it is not ours to answer now. */
  consumeChallenge(
    hash: Uint8Array,
    purpose: ChallengePurpose,
    owner: string,
    now: Instant,
  ): Promise<boolean>;
  /** Who failed with this password since `since`, besides and including this subject (spray detection). */
  sprayFacts(tag: string, subject: string, since: Instant): Promise<SprayFacts>;
}
