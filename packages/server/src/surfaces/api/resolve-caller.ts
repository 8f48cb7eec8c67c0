import type { Instant } from '@countersign/core/kernel/time';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../desk/admin/caller.ts';
import type { DeskDeps } from '../../desk/deps.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import { sessionOf } from '../kit/surface.ts';

/** Who is calling, established; whether they may is the gate's question. */
export type Identity =
  | { readonly kind: 'operator'; readonly caller: Extract<Caller, { kind: 'operator' }> }
  | {
      readonly kind: 'person';
      readonly caller: Extract<Caller, { kind: 'person' }>;
      readonly owner: SessionOwner;
    };

/** One way to be known. Null: this is not how the request says who it is. Service accounts' tokens will be another. */
export type CallerResolver = (request: FastifyRequest) => Promise<Identity | null>;

/** The first way that knows the caller; a request that is known in no way is nobody's. */
export async function resolveCaller(
  resolvers: readonly CallerResolver[],
  request: FastifyRequest,
): Promise<Identity | null> {
  for (const resolve of resolvers) {
    const identity = await resolve(request);
    if (identity !== null) return identity;
  }
  return null;
}

/** The session of a browser, read anew with its person at each request, so that a lost role is felt at once (I-31). */
export const sessionResolver =
  (desk: DeskDeps, clock: () => Instant): CallerResolver =>
  async (request) => {
    const owner = await sessionOf({ desk, clock, contact: null }, request);
    return owner === null
      ? null
      : { kind: 'person', caller: { kind: 'person', account: owner.person.account }, owner };
  };

const USER = /^[a-zA-Z_][a-zA-Z0-9_.-]{0,31}$/;

/**
 * Whoever reaches the local socket has the machine. For that listener only. The name is what the CLI says of the
 * user who ran it: a note for the log, proof of nothing.
 */
export const operatorResolver: CallerResolver = async (request) => {
  const said = request.headers['x-countersign-operator'];
  const name = typeof said === 'string' && USER.test(said) ? said : 'operator';
  return { kind: 'operator', caller: { kind: 'operator', name } };
};
