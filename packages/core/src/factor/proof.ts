import type { FactorId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';
import type { Category, Method } from './factor.ts';

/**
 * The server-recorded result of verifying one factor in one transaction. Says what happened, never more (I-12).
 * Only the verifiers of this folder make one.
 */
export interface Proof {
  readonly method: Method;
  readonly factorId: FactorId;
  readonly at: Instant;
  readonly categories: readonly Category[];
  readonly phishingResistant: boolean;
  /** The private key cannot leave its hardware (a WebAuthn credential that is not backup-eligible). */
  readonly hardwareBound: boolean;
}
