import type { Result } from '@countersign/core/kernel/result';

export interface FieldFault {
  readonly field: string;
  readonly reason: string;
}

export type ClientMetadata = Readonly<Record<string, unknown>>;

/** What the OIDC door says about a client. The desk asks, so that a door's rules stay in the door. */
export interface ClientRules {
  /** The metadata complete with defaults, or everything that is wrong with it. */
  check(input: unknown): Result<ClientMetadata, readonly FieldFault[]>;
  /** Of metadata that `check` returned. */
  needsSecret(metadata: ClientMetadata): boolean;
}

/** A refusal that may say field by field what is wrong. */
export interface AppRefusal {
  readonly reason: `${string}.${string}`;
  readonly errors?: readonly FieldFault[];
}
