import type { ReasonId } from '@countersign/core/audit/event';
import type { FastifyRequest } from 'fastify';
import { mayRead } from '../../desk/admin/caller.ts';
import { recordRefusal } from '../../desk/admin/record-refusal.ts';
import type { Visitor } from '../../desk/deps.ts';
import { visitorOf } from '../../http/client-address.ts';
import type { ApiDeps } from './deps.ts';
import type { Identity } from './resolve-caller.ts';

/** Who is at the other end; a unix socket has no address. */
export const visitorFor = (request: FastifyRequest, identity: Identity): Visitor =>
  identity.kind === 'operator'
    ? { ...visitorOf(request), address: 'local socket', browser: null }
    : visitorOf(request);

/** Refusals that say: somebody reached for more than they have. */
const ESCALATIONS: ReadonlySet<ReasonId> = new Set([
  'role.missing',
  'role.own',
  'role.owner_only',
  'account.own',
  'caller.operator_only',
  'recovery.operator_only',
]);

/**
 * Writes an escalation attempt down (I-48, I-52). Only of callers with a role: of everybody else a log line is
 * enough, or anybody who can sign in could fill the audit log.
 */
export async function reportRefusal(
  deps: ApiDeps,
  request: FastifyRequest,
  identity: Identity,
  reason: ReasonId,
): Promise<void> {
  if (!ESCALATIONS.has(reason)) return;
  const act = `${request.method} ${request.routeOptions.url ?? ''}`;
  request.log.warn({ act, reason }, 'refused');
  if (!mayRead(identity.caller)) return;
  const params = request.params as Readonly<Record<string, string>> | undefined;
  const id = params?.['id'];
  const subject = id !== undefined && /^[0-9a-f-]{36}$/i.test(id) ? id : null;
  await recordRefusal(
    deps.desk,
    identity.caller,
    { reason, act, subject },
    visitorFor(request, identity),
    deps.clock(),
  );
}
