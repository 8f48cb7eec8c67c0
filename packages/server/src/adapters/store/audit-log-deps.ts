import type { CheckpointWitness, OriginOpened } from '../../ports/audit-log.ts';
import type { Commit } from '../../ports/effects.ts';
import type { Random } from '../../ports/random.ts';
import type { CheckpointKeys } from './audit-log-keys.ts';
import type { Witnessed } from './audit-log-witnessed.ts';
import type { Database } from './database.ts';

export interface AuditLogSettings {
  readonly database: Database;
  readonly commit: Commit;
  readonly random: Random;
  readonly witness: CheckpointWitness;
  /** Host (and port) of the deployment. Asked when a log is opened; its origin then never changes. */
  readonly host: () => string;
  /** Told after it is committed: the health turns red and people should look. */
  readonly onOriginOpened: (opened: OriginOpened) => void;
}

export interface AuditLogDeps extends AuditLogSettings {
  readonly keys: CheckpointKeys;
  readonly witnessed: Witnessed;
}
