import type { ReasonId } from '@countersign/core/audit/event';
import type { Ask } from '@countersign/core/policy/ask';
import type { Instant } from '@countersign/core/kernel/time';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayAdminister, mayRead } from '../../desk/admin/caller.ts';
import { consoleAsk } from '../../desk/apps.ts';
import { decide } from '../../desk/decide.ts';
import { FRESH } from '../../desk/enrol/factor-authority.ts';
import type { ApiDeps } from './deps.ts';
import { reportRefusal } from './report-refusal.ts';
import { refuse } from './refuse.ts';
import { resolveCaller, type Identity } from './resolve-caller.ts';

/**
 * What a route demands. `role`: any role that reads here, and nothing of the session but that it lives (to step up).
 * `read`: people and the log. `administer`: everything else. `write`: that, and a proof of the last five minutes.
 * `operator`: the local socket.
 */
export type Access = 'anyone' | 'role' | 'read' | 'administer' | 'write' | 'operator';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

const identities = new WeakMap<FastifyRequest, Identity>();

/** Who got through the gate. */
export function identityOf(request: FastifyRequest): Identity {
  const identity = identities.get(request);
  if (identity === undefined) throw new TypeError('a route without a gate asked who is calling');
  return identity;
}

export const STEP_UP_URL = '/api/v1/me/step-up';

/**
 * Before anything of a request is parsed or looked up: who calls, whether their role allows the route, whether the
 * request is theirs, and whether their session is strong and fresh enough. Whoever is not allowed learns nothing of
 * what exists (I-48, S-52).
 */
export async function gate(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  void reply.header('cache-control', 'no-store');
  const { access } = request.routeOptions.config;
  if (access === undefined) throw new TypeError('a route says nothing of who may use it');
  if (access === 'anyone') return undefined;
  const identity = await resolveCaller(deps.resolvers, request);
  if (identity === null) return refuse(request, reply, 'identity.missing');
  identities.set(request, identity);
  const lacking = whyRefused(identity, access);
  if (lacking !== null) {
    await reportRefusal(deps, request, identity, lacking);
    return refuse(request, reply, lacking);
  }
  if (!isOurs(request, deps.desk.site().origin)) return refuse(request, reply, 'request.other_origin');
  const unproven = whyUnproven(identity, access, deps.clock());
  if (unproven === null) return undefined;
  return refuse(request, reply, unproven, unproven === 'step_up.required' ? { stepUpUrl: STEP_UP_URL } : {});
}

/** By kind and role alone, so that the answer tells nothing of anything else. */
function whyRefused(identity: Identity, access: Exclude<Access, 'anyone'>): ReasonId | null {
  if (identity.kind === 'operator') return null;
  if (identity.owner.session.kind !== 'full') return 'enrolment.restricted';
  switch (access) {
    case 'role':
    case 'read':
      return mayRead(identity.caller) ? null : 'role.missing';
    case 'administer':
    case 'write':
      return mayAdminister(identity.caller) ? null : 'role.missing';
    case 'operator':
      return mayAdminister(identity.caller) ? 'caller.operator_only' : 'role.missing';
  }
}

/**
 * A cookie goes along with whatever page makes the browser ask. What a browser says comes from another site is never
 * answered; a change must besides come from a page of ours, or carry a header that no foreign page can set without
 * being asked about it first (R-SES-10).
 */
function isOurs(request: FastifyRequest, origin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  const claimed = request.headers.origin;
  return claimed === undefined ? request.headers['x-countersign-request'] === '1' : claimed === origin;
}

/** Whether the session is good enough: decided anew at every request, by the one decision function (I-07, I-44). */
function whyUnproven(identity: Identity, access: Exclude<Access, 'anyone'>, now: Instant): ReasonId | null {
  if (identity.kind === 'operator' || access === 'role') return null;
  const ask: Ask = access === 'write' ? { ...consoleAsk, notBefore: now - FRESH } : consoleAsk;
  const { outcome } = decide(identity.owner.person, identity.owner.session.proofs, ask, now);
  switch (outcome.kind) {
    case 'allow':
      return null;
    case 'challenge':
      return 'step_up.required';
    case 'restricted':
      return 'enrolment.restricted';
    case 'block':
      return outcome.reason;
  }
}

/** Whether a write would pass now. */
export const isFresh = (identity: Identity, now: Instant): boolean =>
  whyUnproven(identity, 'write', now) === null;
