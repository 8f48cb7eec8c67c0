import type { Instant } from '@countersign/core/kernel/time';

export type SigningAlgorithm = 'RS256' | 'ES256' | 'EdDSA';
export type KeyPurpose = 'oidc';
/** Published but unused, signing, or only published so that what it signed can still be verified. */
export type KeyState = 'next' | 'active' | 'retired';

export type Jwk = Readonly<Record<string, string>>;

export interface NewSigningKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicKey: Jwk;
  readonly privateKey: Jwk;
}

export type MakeSigningKey = (algorithm: SigningAlgorithm) => Promise<NewSigningKey>;

export interface KeyRow {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly state: KeyState;
  readonly createdAt: Instant;
  readonly activeAt: Instant | null;
  readonly retiredAt: Instant | null;
}

export interface SigningKey extends KeyRow {
  readonly privateKey: Jwk;
}

export interface SigningKeys {
  /** The keys without their secrets, oldest first. */
  rows(purpose: KeyPurpose): Promise<readonly KeyRow[]>;
  load(purpose: KeyPurpose): Promise<readonly SigningKey[]>;
  /** Runs `work` in a transaction that no other node's rotation overlaps. */
  exclusively<T>(purpose: KeyPurpose, work: () => Promise<T>): Promise<T>;
  add(purpose: KeyPurpose, key: NewSigningKey, state: 'next' | 'active', now: Instant): Promise<void>;
  activate(kid: string, now: Instant): Promise<void>;
  retire(kid: string, now: Instant): Promise<void>;
  remove(kid: string): Promise<void>;
}
