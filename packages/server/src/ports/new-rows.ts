import type { Locale, Role } from '@countersign/core/account/account';
import type { FactorTraits } from '@countersign/core/factor/factor';
import type { Proof } from '@countersign/core/factor/proof';
import type { AccountId, FactorId, SessionId } from '@countersign/core/kernel/id';
import type { Duration, Instant } from '@countersign/core/kernel/time';
import type { Guessable } from '@countersign/core/ledger/guess-budget';
import type { SessionKind } from '@countersign/core/session/session';
import type { CodeSalt } from './password.ts';

export interface GuessKey {
  /** An account id, or a keyed hash of a name that nobody has. */
  readonly subject: string;
  readonly method: Guessable;
  readonly lane: string;
}

export type ChallengePurpose = 'signin' | 'enrol';

export interface NewFactor {
  readonly id: FactorId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly boundBy: 'set-up' | 'invitation' | 'temporary-pass' | 'recovery' | 'step-up' | 'administrator';
  readonly now: Instant;
  readonly traits: FactorTraits;
  readonly secret:
    | { readonly method: 'password'; readonly phc: string; readonly pepperKey: string }
    | { readonly method: 'totp'; readonly seed: Uint8Array; readonly lastStep: number }
    | {
        readonly method: 'passkey' | 'security-key';
        readonly credentialId: Uint8Array;
        readonly publicKey: Uint8Array;
        readonly algorithm: number;
        readonly counter: number;
      }
    | { readonly method: 'recovery-code'; readonly salt: CodeSalt; readonly digests: readonly Uint8Array[] }
    | {
        readonly method: 'temporary-pass';
        readonly salt: CodeSalt;
        readonly digest: Uint8Array;
        readonly issuedBy: string;
        readonly expiresAt: Instant;
      };
}

export interface NewSession {
  readonly id: SessionId;
  readonly secretHash: Uint8Array;
  readonly accountId: AccountId;
  readonly kind: SessionKind;
  readonly proofs: readonly Proof[];
  readonly boundBy: NewFactor['boundBy'] | null;
  readonly epoch: number;
  readonly now: Instant;
  readonly endsAt: Instant;
  readonly idle: Duration;
  readonly agent: string;
  readonly address: string;
}

export interface NewAccount {
  readonly id: AccountId;
  readonly kind: 'person';
  readonly login: string;
  /** Every canonical spelling that names the account: the login and the e-mail address. */
  readonly names: readonly string[];
  readonly displayName: string;
  readonly email: string | null;
  readonly locale: Locale;
  readonly roles: readonly Role[];
  readonly userHandle: Uint8Array;
  readonly now: Instant;
}

/** What an administrator may change of an account. */
export interface AccountFields {
  readonly displayName: string;
  readonly email: string | null;
  readonly locale: Locale;
  readonly roles: readonly Role[];
}

/** What an administrator may change of an app. */
export interface AppFields {
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly strength: string | null;
}

export interface NewApp {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly secret: string | null;
  readonly strength: string | null;
  readonly now: Instant;
}
