import type { Instant } from '@countersign/core/kernel/time';
import type { ClientRules } from '../../desk/admin/client-rules.ts';
import type { VerifyFidoMetadata } from '../../desk/admin/store-fido-metadata.ts';
import type { DeskDeps } from '../../desk/deps.ts';
import type { Apps } from '../../ports/apps.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { Directory } from '../../ports/directory.ts';
import type { Commit } from '../../ports/effects.ts';
import type { CallerResolver } from './resolve-caller.ts';

export interface ApiDeps {
  readonly desk: DeskDeps;
  readonly clock: () => Instant;
  readonly directory: Directory;
  readonly apps: Apps;
  /** The OIDC door's rules for a client. */
  readonly clients: ClientRules;
  readonly auditLog: Pick<AuditLog, 'exportLog' | 'exportExcerpt' | 'erasePerson'>;
  /** As `desk.commit`, but taken back: what a dry run writes with. */
  readonly rehearse: Commit;
  readonly verifyFidoMetadata: VerifyFidoMetadata;
  /** Metadata was stored: `desk.models()` should answer from it. */
  readonly onFidoMetadata: () => Promise<void>;
  readonly version: string;
  /** The path of ours that a browser comes back to after a step-up. */
  readonly afterStepUp: string;
  /** Who may call here: sessions on the public listener, the operator on the local socket. */
  readonly resolvers: readonly CallerResolver[];
}
