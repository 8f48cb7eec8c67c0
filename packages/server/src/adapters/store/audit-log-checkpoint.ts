import type { Checkpoint } from '@countersign/core/audit/checkpoint';
import { consistencyProof } from '@countersign/core/audit/consistency-proof';
import { frontierRoot } from '@countersign/core/audit/frontier';
import { nodesFor } from '@countersign/core/audit/range-hash';
import { signNextCheckpoint } from '@countersign/core/audit/sign-next-checkpoint';
import { equalBytes } from '@countersign/core/kernel/bytes';
import type { Duration, Instant } from '@countersign/core/kernel/time';
import type { Checkpointing, OriginOpened } from '../../ports/audit-log.ts';
import { sha256 } from '../keys/checkpoint-key.ts';
import type { AuditLogDeps } from './audit-log-deps.ts';
import { loadNodes } from './audit-log-nodes.ts';
import { lastStored, saveNote, type StoredNote } from './audit-log-notes.ts';
import { continueLog, openNewOrigin } from './audit-log-origin.ts';
import { lead, type LogRow } from './audit-log-rows.ts';
import { ownCheckpoint } from './audit-log-witnessed.ts';

interface Signing {
  readonly outcome: Checkpointing;
  readonly opened: OriginOpened | null;
  /** The newest note of the store, whoever signed it. */
  readonly newest: string | null;
}

const checkpointOf = ({ origin, frontier }: LogRow): Checkpoint => ({
  origin,
  size: frontier.size,
  root: frontierRoot(frontier, sha256),
});

/** Null when the store has a note that we did not sign: it cannot be gone on from. */
async function previousOf(
  deps: AuditLogDeps,
  log: LogRow,
  stored: StoredNote | null,
): Promise<{ readonly last: Checkpoint | null } | null> {
  const own = stored === null ? null : ownCheckpoint(stored.note, deps.keys);
  if (stored !== null && own?.origin !== log.origin) return null;
  const known = await deps.witnessed.latest();
  if (known === null || known.origin !== log.origin) return { last: own };
  return { last: own === null || known.size > own.size ? known : own };
}

/** The next note; null when it would contradict one that was signed before (R-AUD-09). */
async function signNote(deps: AuditLogDeps, log: LogRow, stored: StoredNote | null): Promise<string | null> {
  const previous = await previousOf(deps, log, stored);
  if (previous === null) return null;
  const { last } = previous;
  const next = checkpointOf(log);
  const from = last?.size ?? 0;
  const wanted = nodesFor((lookup) => consistencyProof(from, next.size, lookup, sha256));
  const lookup = await loadNodes(deps.database, log.first, wanted);
  const proof = consistencyProof(from, next.size, lookup, sha256);
  if (!proof.ok) return null;
  const step = { previous: last, next, proof: proof.value };
  const note = signNextCheckpoint(step, deps.keys.signer(log.origin), sha256);
  return note.ok ? note.value : null;
}

function isCovered(deps: AuditLogDeps, log: LogRow, stored: StoredNote | null): boolean {
  if (log.frontier.size === 0) return true;
  if (stored?.size !== log.frontier.size) return false;
  const own = ownCheckpoint(stored.note, deps.keys);
  return own !== null && own.origin === log.origin && equalBytes(own.root, checkpointOf(log).root);
}

async function save(deps: AuditLogDeps, log: LogRow, note: string, now: Instant): Promise<Checkpointing> {
  const { size } = log.frontier;
  await saveNote(deps.database, log.id, { size, note, at: now });
  return { kind: 'signed', origin: log.origin, size, at: now };
}

async function signInTurn(deps: AuditLogDeps, now: Instant, every: Duration): Promise<Signing> {
  await lead(deps.database);
  const { log, opened } = await continueLog(deps, now);
  const stored = await lastStored(deps.database, log.id, Number.MAX_SAFE_INTEGER);
  const newest = stored?.note ?? null;
  if (isCovered(deps, log, stored)) return { outcome: { kind: 'nothing_new' }, opened, newest };
  // A clock that was put back must not keep the log unsigned.
  if (stored !== null && now >= stored.at && now - stored.at < every) {
    return { outcome: { kind: 'not_due', at: stored.at }, opened, newest };
  }
  const note = await signNote(deps, log, stored);
  if (note !== null) return { outcome: await save(deps, log, note, now), opened, newest: note };

  const other = await openNewOrigin(deps, log, 'inconsistent', now);
  const first = await signNote(deps, other.log, null);
  if (first === null) throw new Error('a new audit log could not be signed');
  return { outcome: await save(deps, other.log, first, now), opened: other.opened, newest: first };
}

/**
 * Signs the log as it stands, if there is something new and it is time. Stored before it is published, so that no one
 * has seen a checkpoint that a crash could take back; what was stored and never published is published by the next call.
 */
export async function signCheckpoint(
  deps: AuditLogDeps,
  now: Instant,
  every: Duration,
): Promise<Checkpointing> {
  const { outcome, opened, newest } = await deps.database.transaction(() => signInTurn(deps, now, every));
  if (opened !== null) deps.onOriginOpened(opened);
  if (newest !== null) await deps.witnessed.publish(newest);
  return outcome;
}
