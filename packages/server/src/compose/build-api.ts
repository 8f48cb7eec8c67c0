import { readFile } from 'node:fs/promises';
import type { Instant } from '@countersign/core/kernel/time';
import { createApps } from '../adapters/store/apps.ts';
import { createDirectory } from '../adapters/store/directory.ts';
import { createRehearsal } from '../adapters/store/rehearse.ts';
import { verifyFidoMetadata } from '../adapters/webauthn/verify-fido-metadata.ts';
import type { DeskDeps } from '../desk/deps.ts';
import { checkClientMetadata, needsSecret } from '../doors/oidc/client-metadata.ts';
import type { AuditLog } from '../ports/audit-log.ts';
import type { ApiDeps } from '../surfaces/api/deps.ts';
import type { OpenStore } from './open-store.ts';

/** The API without who may call it: that is each listener's own. */
export async function buildApi(
  { database, sealer }: OpenStore,
  desk: DeskDeps,
  auditLog: AuditLog,
  clock: () => Instant,
  onFidoMetadata: () => Promise<void>,
): Promise<Omit<ApiDeps, 'resolvers'>> {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return {
    desk,
    clock,
    directory: createDirectory(database),
    apps: createApps(database, sealer),
    clients: {
      check: checkClientMetadata,
      needsSecret: (metadata) => {
        const checked = checkClientMetadata(metadata);
        return checked.ok && needsSecret(checked.value);
      },
    },
    auditLog,
    rehearse: createRehearsal(database, desk.commit),
    verifyFidoMetadata,
    onFidoMetadata,
    version,
    afterStepUp: '/',
  };
}
