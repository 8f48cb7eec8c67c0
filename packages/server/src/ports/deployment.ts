import type { AccountId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';

/** The one row of the deployment: who it is, where it is reached, and whether set-up is over. */
export interface Deployment {
  readonly organisation: string;
  readonly publicUrl: string;
  readonly addressFixedAt: Instant | null;
  readonly setup:
    | { readonly kind: 'open'; readonly tokenHash: Uint8Array | null; readonly accountId: AccountId | null }
    | { readonly kind: 'closed'; readonly at: Instant };
}

export interface DeploymentStore {
  load(): Promise<Deployment>;
}
