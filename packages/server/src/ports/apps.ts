import type { Strength } from '@countersign/core/factor/strength';
import type { AppId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';

/** An app that people sign in to, as administrators made it. */
export interface App {
  readonly id: AppId;
  readonly name: string;
  readonly clientId: string;
  /** As the door's `checkClientMetadata` returned it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The least strength for this app beyond the floor, or null. */
  readonly strength: Strength | null;
  readonly createdAt: Instant;
}

export interface AppWithSecret extends App {
  readonly secret: string | null;
}

export interface Apps {
  byClientId(clientId: string): Promise<AppWithSecret | null>;
  byId(id: AppId): Promise<App | null>;
  /** Apps that were not removed, by name. */
  all(): Promise<readonly App[]>;
}
