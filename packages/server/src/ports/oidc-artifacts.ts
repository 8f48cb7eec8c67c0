import type { GrantId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';

/** What the OIDC library keeps between requests. Its ids are secrets: the store keeps their hashes only. */
export type ArtifactModel =
  | 'Grant'
  | 'AuthorizationCode'
  | 'AccessToken'
  | 'RefreshToken'
  | 'PushedAuthorizationRequest'
  | 'Interaction'
  | 'ReplayDetection';

export type ArtifactPayload = Readonly<Record<string, unknown>>;

export interface NewArtifact {
  readonly model: ArtifactModel;
  readonly id: string;
  readonly payload: ArtifactPayload;
  /** The grant it lives and dies with; codes and tokens always have one. */
  readonly grantId: GrantId | null;
  readonly expiresAt: Instant;
}

export interface StoredArtifact {
  readonly payload: ArtifactPayload;
  readonly consumedAt: Instant | null;
}

export interface OidcArtifacts {
  save(artifact: NewArtifact): Promise<void>;
  /** Stores it if nothing alive has this id: false for a replay. One conditional write, so one of many wins (I-29). */
  saveOnce(artifact: NewArtifact, now: Instant): Promise<boolean>;
  find(model: ArtifactModel, id: string, now: Instant): Promise<StoredArtifact | null>;
  /** Takes it out of use: false if it was used, expired or gone. Kept, as used, for as long as its grant. */
  consume(model: ArtifactModel, id: string, now: Instant): Promise<boolean>;
  remove(model: ArtifactModel, id: string): Promise<void>;
  /** Waits for its turn with the grant's family, and keeps it for the rest of the transaction. */
  holdFamily(grantId: GrantId): Promise<void>;
  /** Everything that lives under the grant, in one statement. */
  removeFamily(grantId: GrantId): Promise<void>;
  /** Cleaning: at most `limit` expired rows; how many went. */
  deleteExpired(now: Instant, limit: number): Promise<number>;
}
