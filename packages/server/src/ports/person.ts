import type { Account } from '@countersign/core/account/account';
import type { Factor } from '@countersign/core/factor/factor';
import type { AccountId, FactorId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { CodeSalt } from './password.ts';

/** An account with its factors and what verifies them: everything a step needs to know of one person. */
export interface Person {
  readonly account: Account;
  readonly userHandle: Uint8Array;
  /** Which set of factors this is; a change is written only while it is still the same. */
  readonly factorsVersion: number;
  readonly factors: readonly Factor[];
  readonly password: PasswordSecret | null;
  readonly totp: readonly TotpSecret[];
  readonly credentials: readonly Credential[];
  readonly recovery: RecoverySet | null;
  readonly pass: PassSecret | null;
}

export interface PasswordSecret {
  readonly factorId: FactorId;
  readonly phc: string;
  readonly pepperKey: string;
}

/** The seed stays sealed until the step that verifies with it opens it. */
export interface TotpSecret {
  readonly factorId: FactorId;
  readonly sealedSeed: Uint8Array;
  readonly lastStep: number | null;
}

export interface Credential {
  readonly factorId: FactorId;
  readonly credentialId: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly algorithm: number;
  readonly counter: number;
}

export interface RecoverySet {
  readonly factorId: FactorId;
  readonly salt: CodeSalt;
  readonly codes: readonly {
    readonly position: number;
    readonly digest: Uint8Array;
    readonly usedAt: Instant | null;
  }[];
}

export interface PassSecret {
  readonly factorId: FactorId;
  readonly salt: CodeSalt;
  readonly digest: Uint8Array;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
}

export interface People {
  byId(id: AccountId): Promise<Person | null>;
  byName(name: string): Promise<Person | null>;
  byCredential(credentialId: Uint8Array): Promise<Person | null>;
}
