import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GrantFacts } from '@countersign/core/grant/grant';
import type { Instant } from '@countersign/core/kernel/time';
import type { Visitor } from '../../desk/deps.ts';
import type { AppWithSecret } from '../../ports/apps.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { StoredAsk } from '../../ports/signin-store.ts';
import { currentContext } from './internals.ts';

export interface Http {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** What a request that must wait for a sign-in needs: the ask, and the session that the sign-in would raise. */
export interface ToSignIn {
  readonly opened: StoredAsk;
  readonly session: SessionOwner | null;
}

/** One HTTP request to the library: what was read once for it, and what became of it. Lives and dies with it. */
export interface Exchange {
  readonly http: Http;
  readonly visitor: Visitor;
  /** Read once, at entry. */
  readonly now: Instant;
  /** Apps already read in this request. */
  readonly apps: Map<string, Promise<AppWithSecret | null>>;
  /** Grants whose end this request already wrote. */
  readonly ended: Set<string>;
  /** A store call failed, by this error: nothing of the request may be committed, even if the library swallows it. */
  failure: { readonly error: unknown } | null;
  /** When the request that now waits or resumes began: what "prove it again" is measured from. */
  began: Instant;
  toSignIn: ToSignIn | null;
  /** The grant that was found alive, for lifetimes that count from it. */
  grant: GrantFacts | null;
  /** The pushed request that this request took out of use. */
  pushed: string | null;
  /** The tail of the store calls: one connection takes one statement at a time. */
  tail: Promise<unknown>;
}

export const newExchange = (http: Http, visitor: Visitor, now: Instant): Exchange => ({
  http,
  visitor,
  now,
  apps: new Map(),
  ended: new Set(),
  failure: null,
  began: now,
  toSignIn: null,
  grant: null,
  pushed: null,
  tail: Promise.resolve(),
});

interface Carrier {
  readonly state: { exchange?: Exchange };
}

export const carry = (ctx: Carrier, exchange: Exchange): void => {
  ctx.state.exchange = exchange;
};

export function exchangeOf(ctx: Carrier): Exchange {
  const { exchange } = ctx.state;
  if (exchange === undefined) throw new Error('a request reached the library without passing the door');
  return exchange;
}

/** The exchange of this async context; null in a job. */
export const currentExchange = (): Exchange | null => {
  const ctx = currentContext();
  return ctx === undefined ? null : exchangeOf(ctx);
};
