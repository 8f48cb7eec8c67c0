import type { AccountState, Locale } from '@countersign/core/account/account';
import type { AuditEvent } from '@countersign/core/audit/event';
import type { FactorTraits, Method } from '@countersign/core/factor/factor';
import type { Proof } from '@countersign/core/factor/proof';
import type { GrantFacts } from '@countersign/core/grant/grant';
import type { AccountId, FactorId, GrantId, SessionId, TransactionId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { GuessCount, Guessable } from '@countersign/core/ledger/guess-budget';
import type { Signin } from '@countersign/core/signin/signin';
import type { FidoModel } from './webauthn.ts';

import type {
  GuessKey,
  ChallengePurpose,
  NewFactor,
  NewSession,
  NewAccount,
  AccountFields,
  AppFields,
  NewApp,
} from './new-rows.ts';

export type {
  GuessKey,
  ChallengePurpose,
  NewFactor,
  NewSession,
  NewAccount,
  AccountFields,
  AppFields,
  NewApp,
} from './new-rows.ts';

/**
 * What a step wants written, as data. `commit` writes all of it in one statement or none of it. A `once` effect
 * that finds its row used, changed or gone undoes the whole statement: that is how one-shot things are consumed
 * (I-10, I-29), and why no grant stands without its event (I-52).
 */
export type Effect =
  | {
      readonly kind: 'transaction.open';
      readonly id: TransactionId;
      readonly secretHash: Uint8Array;
      readonly ask: unknown;
      readonly state: Signin;
      readonly sessionId: SessionId | null;
      readonly now: Instant;
      readonly expiresAt: Instant;
    }
  /** Once: only while the transaction still has the version it was read at. */
  | {
      readonly kind: 'transaction.save';
      readonly id: TransactionId;
      readonly version: number;
      readonly state: Signin;
      readonly secretHash: Uint8Array | null;
    }
  | { readonly kind: 'guess.settle'; readonly key: GuessKey; readonly count: GuessCount }
  /** Everything counted against an account is forgotten: an administrator's act. */
  | { readonly kind: 'guess.clear'; readonly accountId: AccountId }
  /** What was counted against one method is forgotten, since what it counted guesses at is replaced. */
  | { readonly kind: 'guess.forget'; readonly accountId: AccountId; readonly method: Guessable }
  /**
   * A phishing-resistant proof lifts waits and suspensions, so that one guess is possible again; what was guessed stays
   * counted, or an owner's daily sign-in would buy a guesser a fresh budget (I-02). This browser's own lane is cleared.
   */
  | { readonly kind: 'guess.lift'; readonly accountId: AccountId; readonly lane: string | null }
  | { readonly kind: 'spray.mark'; readonly tag: string; readonly subject: string; readonly now: Instant }
  /** Once: only while no step so late was accepted (I-01). */
  | { readonly kind: 'totp.accept'; readonly factorId: FactorId; readonly step: number }
  | {
      readonly kind: 'recovery.use';
      readonly factorId: FactorId;
      readonly position: number;
      readonly now: Instant;
    }
  | { readonly kind: 'pass.use'; readonly factorId: FactorId; readonly now: Instant }
  | {
      readonly kind: 'webauthn.counter';
      readonly factorId: FactorId;
      readonly before: number;
      readonly after: number;
      readonly traits: FactorTraits;
      readonly now: Instant;
    }
  | {
      readonly kind: 'challenge.make';
      readonly hash: Uint8Array;
      readonly purpose: ChallengePurpose;
      readonly owner: string;
      readonly accountId: AccountId | null;
      readonly expiresAt: Instant;
    }
  | { readonly kind: 'factor.used'; readonly factorId: FactorId; readonly now: Instant }
  | { readonly kind: 'factor.bind'; readonly factor: NewFactor }
  | {
      readonly kind: 'factor.rename';
      readonly factorId: FactorId;
      readonly accountId: AccountId;
      readonly name: string;
    }
  | {
      readonly kind: 'factor.remove';
      readonly factorId: FactorId;
      readonly accountId: AccountId;
      readonly now: Instant;
    }
  /**
   * Once: only while the person's factors and epoch are those that the change was judged by, and the session that
   * changes them lives (I-15, I-31). `activates` an invited account and `revokes` what began before in the same write,
   * since one statement can change a row only once; the session at hand is carried along.
   */
  | {
      readonly kind: 'factors.changed';
      readonly accountId: AccountId;
      readonly version: number;
      readonly epoch: number;
      readonly activates: boolean;
      readonly revokes: boolean;
      readonly session: SessionId | null;
    }
  /** Removes every factor of a method, so that a new set, pass or password replaces the old one. */
  | {
      readonly kind: 'factor.replace';
      readonly accountId: AccountId;
      readonly method: Method;
      readonly now: Instant;
    }
  | {
      readonly kind: 'password.store';
      readonly factorId: FactorId;
      readonly phc: string;
      readonly pepperKey: string;
      readonly now: Instant;
    }
  | {
      readonly kind: 'pending.open';
      readonly id: string;
      readonly sessionId: SessionId;
      readonly accountId: AccountId;
      readonly method: Method;
      readonly secret: Uint8Array | null;
      readonly expiresAt: Instant;
    }
  | {
      readonly kind: 'pending.use';
      readonly id: string;
      readonly sessionId: SessionId;
      readonly now: Instant;
    }
  | { readonly kind: 'session.start'; readonly session: NewSession }
  /** Once: the old secret dies with the rise of assurance (I-11). */
  | {
      readonly kind: 'session.raise';
      readonly id: SessionId;
      readonly secretHash: Uint8Array;
      readonly proofs: readonly Proof[];
      readonly now: Instant;
    }
  | {
      readonly kind: 'session.end';
      readonly id: SessionId;
      readonly accountId: AccountId;
      readonly now: Instant;
    }
  | {
      readonly kind: 'sessions.end';
      readonly accountId: AccountId;
      readonly except: SessionId | null;
      readonly now: Instant;
    }
  | { readonly kind: 'grant.issue'; readonly grant: GrantFacts }
  | { readonly kind: 'grant.revoke'; readonly id: GrantId; readonly now: Instant }
  /** Once: ends every session, grant, token and pending sign-in that began before; `keep` is carried along (I-31). */
  | {
      readonly kind: 'account.revoke';
      readonly accountId: AccountId;
      readonly epoch: number;
      readonly keep: SessionId | null;
    }
  /** Once: writes nothing, but holds only while the account is as it was read (I-05). */
  | { readonly kind: 'account.unchanged'; readonly id: AccountId; readonly epoch: number }
  /** Ends what may only enrol, once the person has signed in. */
  | { readonly kind: 'enrolments.end'; readonly accountId: AccountId; readonly now: Instant }
  /** Browsers lose their lane of their own; this one may keep it. */
  | { readonly kind: 'browsers.forget'; readonly accountId: AccountId; readonly except: Uint8Array | null }
  | { readonly kind: 'account.create'; readonly account: NewAccount }
  /** An account of set-up that was never finished: it gives its names back and can do nothing any more. */
  | { readonly kind: 'account.abandon'; readonly id: AccountId }
  | {
      readonly kind: 'account.state';
      readonly id: AccountId;
      readonly from: readonly AccountState[];
      readonly to: AccountState;
    }
  /**
   * Once: only while the account still says what the change was judged by, so that no other change is lost (I-51).
   * `names` are the canonical spellings to find the account by from now on; earlier ones stay its own (I-43).
   */
  | {
      readonly kind: 'account.update';
      readonly id: AccountId;
      readonly from: AccountFields;
      readonly to: AccountFields;
      readonly names: readonly string[];
      readonly revoke: boolean;
    }
  /** Once: only while an active owner other than this one stands. Two owners cannot each remove the other (I-51). */
  | { readonly kind: 'owners.keep'; readonly without: AccountId }
  /** Takes what says who a human is from the account's sessions and mails; its events are the audit log's own matter. */
  | { readonly kind: 'personal.erase'; readonly accountId: AccountId }
  | {
      readonly kind: 'account.signed-in';
      readonly id: AccountId;
      readonly epoch: number;
      readonly factorsVersion: number;
      readonly now: Instant;
    }
  | {
      readonly kind: 'browser.know';
      readonly secretHash: Uint8Array;
      readonly accountId: AccountId;
      readonly lane: string;
      readonly now: Instant;
      readonly expiresAt: Instant;
    }
  | {
      readonly kind: 'invitation.make';
      readonly id: string;
      readonly tokenHash: Uint8Array;
      readonly accountId: AccountId;
      readonly boundBy: 'invitation' | 'set-up' | 'recovery';
      readonly issuedBy: string;
      readonly now: Instant;
      readonly expiresAt: Instant;
    }
  | { readonly kind: 'invitation.use'; readonly id: string; readonly now: Instant }
  /** A use, or a new one, ends the siblings (I-18). */
  | {
      readonly kind: 'invitations.end';
      readonly accountId: AccountId;
      readonly except: string | null;
      readonly now: Instant;
    }
  | {
      readonly kind: 'setup.owner';
      readonly accountId: AccountId;
      readonly organisation: string;
      readonly publicUrl: string;
      readonly unfinished: AccountId | null;
      readonly tokenHash: Uint8Array;
      readonly now: Instant;
    }
  /** For ever (I-49). `accountId`: once, by the owner that set-up made; null: an owner came another way, so it is over. */
  | { readonly kind: 'setup.close'; readonly accountId: AccountId | null; readonly now: Instant }
  | {
      readonly kind: 'mail';
      readonly id: string;
      readonly accountId: AccountId | null;
      readonly recipient: string;
      readonly template: string;
      readonly locale: Locale;
      readonly params: Readonly<Record<string, string>>;
      readonly now: Instant;
    }
  | { readonly kind: 'app.create'; readonly app: NewApp }
  /** Once: only while the app is as the change was judged by (I-51). */
  | {
      readonly kind: 'app.update';
      readonly id: string;
      readonly from: AppFields;
      readonly to: AppFields;
      readonly dropSecret: boolean;
    }
  | { readonly kind: 'app.secret'; readonly id: string; readonly secret: string }
  /** The grants of the app end with it. */
  | { readonly kind: 'app.remove'; readonly id: string; readonly now: Instant }
  /** Once: only if its number is higher than that of the metadata in use. */
  | {
      readonly kind: 'fido.store';
      readonly number: number;
      readonly models: readonly FidoModel[];
      readonly now: Instant;
    }
  | { readonly kind: 'audit'; readonly event: AuditEvent; readonly salt: Uint8Array };

/** A `once` effect lost: its thing was used, changed or never there. Nothing of the statement was written. */
export class Conflict extends Error {
  readonly effect: string;
  constructor(effect: string) {
    super(`nothing was written: ${effect} no longer applies`);
    this.effect = effect;
  }
}

export type Commit = (effects: readonly Effect[]) => Promise<void>;
