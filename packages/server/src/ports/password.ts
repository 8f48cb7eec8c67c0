import type { NormalisedPassword } from '@countersign/core/factor/normalise-password';

/** A password as the store keeps it: a PHC string (scheme, cost, salt, digest) and the id of the key it was peppered with. */
export interface StoredPassword {
  readonly phc: string;
  readonly keyId: string;
}

/** What codes of one set are digested under: a PHC string without a digest, and the id of the pepper key. */
export interface CodeSalt {
  readonly phc: string;
  readonly keyId: string;
}

/** Too many hashes are waiting. Nothing was evaluated; the door answers 503 (or its like), to everybody alike. */
export interface Overloaded {
  readonly kind: 'overloaded';
  readonly retryAfterS: number;
}

/** Hashes and verifies passwords, all at the same cost and on one bounded pool. */
export interface PasswordHasher {
  hash(
    password: NormalisedPassword,
  ): Promise<{ readonly kind: 'hashed'; readonly stored: StoredPassword } | Overloaded>;

  /**
   * `needsRehash` is only ever true beside `matches`: the caller then stores `hash(password)`, so that cost and key rise.
   * Throws when the stored value is damaged or its key is gone: that is the operator's fault and opens nothing.
   */
  verify(
    password: NormalisedPassword,
    stored: StoredPassword,
  ): Promise<
    { readonly kind: 'verified'; readonly matches: boolean; readonly needsRehash: boolean } | Overloaded
  >;

  /** Takes the path and the time of a verification that fails: for unknown accounts, malformed and blocked guesses. */
  spend(): Promise<{ readonly kind: 'spent' } | Overloaded>;
}

/** Digests recovery codes and temporary passes, on the same pool. */
export interface CodeDigester {
  /** A fresh salt for one set of recovery codes or one temporary pass. */
  freshSalt(): CodeSalt;

  /** The digest of a code in its one spelling; compare it with `matchRecoveryCode` or `equalBytes`. */
  digestCode(
    code: string,
    salt: CodeSalt,
  ): Promise<{ readonly kind: 'digested'; readonly digest: Uint8Array } | Overloaded>;
}

/** The offline list of common and leaked passwords. */
export interface CommonPasswords {
  /** Whether the text, in whatever case, is on the list. A stranger is taken for a member about once in 100,000 times. */
  has(password: string): boolean;
}
