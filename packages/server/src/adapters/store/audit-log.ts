import type { Instant } from '@countersign/core/kernel/time';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { Sealer } from '../keys/sealer.ts';
import { signCheckpoint } from './audit-log-checkpoint.ts';
import type { AuditLogDeps, AuditLogSettings } from './audit-log-deps.ts';
import { erasePerson } from './audit-log-erase.ts';
import { exportExcerpt } from './audit-log-excerpt.ts';
import { exportLog } from './audit-log-export.ts';
import { loadCheckpointKeys } from './audit-log-keys.ts';
import { adoptEvents, numberEvents } from './audit-log-number.ts';
import { openNewOrigin, type Continued } from './audit-log-origin.ts';
import { lead, loadLogs } from './audit-log-rows.ts';
import { retain } from './audit-log-retention.ts';
import { createWitnessed } from './audit-log-witnessed.ts';

/** Ends the log that a restore brought back, even where no witness knows that it went on. */
async function openAsked(deps: AuditLogDeps, now: Instant): Promise<Continued> {
  await lead(deps.database);
  const current = (await loadLogs(deps.database)).at(-1);
  if (current === undefined) throw new Error('there is no audit log yet that another could go on from');
  return openNewOrigin(deps, current, 'asked', now);
}

/**
 * The audit log of the store. On return the key that signs it is there and opens. Calls must not be made inside a
 * transaction: each is its own, and ends when the log is safe.
 */
export async function openAuditLog(
  settings: AuditLogSettings,
  sealer: Sealer,
  now: Instant,
): Promise<AuditLog> {
  const { database, onOriginOpened } = settings;
  const keys = await loadCheckpointKeys(database, sealer, now);
  await adoptEvents(database);
  const deps: AuditLogDeps = { ...settings, keys, witnessed: createWitnessed(settings.witness, keys) };
  return {
    numberEvents: (at) => numberEvents(deps, at),
    signCheckpoint: (at, every = 0) => signCheckpoint(deps, at, every),
    openNewOrigin: async (at) => {
      const { opened } = await database.transaction(() => openAsked(deps, at));
      if (opened === null) throw new Error('no new audit log was opened');
      onOriginOpened(opened);
      return opened;
    },
    exportLog: async function* (at, options) {
      await signCheckpoint(deps, at, 0);
      yield* exportLog(deps, options);
    },
    exportExcerpt: async function* (person, at, options) {
      await signCheckpoint(deps, at, 0);
      yield* exportExcerpt(deps, person, options);
    },
    erasePerson: (person) => erasePerson(database, person),
    retain: (limits, at) => retain(deps, limits, at),
  };
}
