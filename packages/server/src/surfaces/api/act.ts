import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '@countersign/core/kernel/time';
import type { Caller } from '../../desk/admin/caller.ts';
import type { ClientRules } from '../../desk/admin/client-rules.ts';
import type { DeskDeps, Visitor } from '../../desk/deps.ts';
import type { Apps } from '../../ports/apps.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { Directory } from '../../ports/directory.ts';
import type { Effect } from '../../ports/effects.ts';
import type { ApiDeps } from './deps.ts';
import { identityOf } from './gate.ts';
import { visitorFor } from './report-refusal.ts';
import type { Identity } from './resolve-caller.ts';

/** What a use case is given: the desk, or, in a dry run, one whose commits are taken back. */
export interface Tools extends DeskDeps {
  readonly directory: Directory;
  readonly apps: Apps;
  readonly clients: ClientRules;
  readonly auditLog: Pick<AuditLog, 'erasePerson'>;
}

/** One request that got through the gate. */
export interface Act {
  readonly identity: Identity;
  readonly caller: Caller;
  readonly visitor: Visitor;
  /** Read once: everything in this request happens at this moment. */
  readonly now: Instant;
  readonly tools: Tools;
  /** In a dry run, what would have been written; else null. */
  readonly rehearsed: string[] | null;
  readonly reply: FastifyReply;
}

export function actOf(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): Act {
  const identity = identityOf(request);
  const query = request.query as Readonly<Record<string, unknown>>;
  const rehearsed = query['dryRun'] === 'true' ? [] : null;
  const { desk, directory, apps, clients, auditLog } = deps;
  const tools: Tools = { ...desk, directory, apps, clients, auditLog };
  return {
    identity,
    caller: identity.caller,
    visitor: visitorFor(request, identity),
    now: deps.clock(),
    tools: rehearsed === null ? tools : rehearsing(tools, deps, rehearsed),
    rehearsed,
    reply,
  };
}

/** Every check and every conditional write runs against the store as it is; nothing stays, and nothing goes out. */
function rehearsing(tools: Tools, { rehearse }: Pick<ApiDeps, 'rehearse'>, rehearsed: string[]): Tools {
  return {
    ...tools,
    commit: async (effects) => {
      rehearsed.push(...effects.map(nameOf));
      await rehearse(effects);
    },
    auditLog: { erasePerson: async () => 0 },
  };
}

const nameOf = (effect: Effect): string => {
  if (effect.kind === 'audit') return `event ${effect.event.type}`;
  return effect.kind === 'mail' ? `mail ${effect.template}` : effect.kind;
};
