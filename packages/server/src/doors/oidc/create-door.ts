import { seconds, type Instant } from '@countersign/core/kernel/time';
import type { IncomingMessage } from 'node:http';
import type { Visitor } from '../../desk/deps.ts';
import type { KeyRow, KeyState, SigningKey } from '../../ports/signing-keys.ts';
import { configurationFor } from './configuration.ts';
import { deliverLogouts } from './deliver-logouts.ts';
import type { OidcDeps } from './deps.ts';
import { newExchange, type Exchange, type Http } from './exchange.ts';
import { makeProvider, type LibraryJwk, type Provider } from './internals.ts';
import { mediator, statusOf } from './mediate.ts';
import { ALGORITHMS, rotateKeys } from './rotate-keys.ts';

export interface OidcDoor {
  /** Answers any request to `/oidc/*` or the two discovery addresses, and never rejects. */
  readonly handle: (http: Http, visitor: Visitor) => Promise<void>;
  /** Forgets the keys at hand: call when another node changed them. */
  readonly reloadKeys: () => void;
  /** Job: publishes, activates, retires and removes keys as due; `urgent` when one may be known to others. */
  readonly rotateKeys: (urgent?: boolean) => Promise<void>;
  /** Job: tells apps of ended sessions. */
  readonly deliverLogouts: () => Promise<number>;
  /** Job: removes what has expired; call again while it returns `limit`. */
  readonly clean: (limit: number) => Promise<number>;
}

/** How long a node may sign with keys that another node has replaced, if no message tells it (design.md §8: 5 s). */
const KEYS_FRESH = seconds(5);

interface Generation {
  readonly name: string;
  readonly provider: Provider;
  readonly answer: (req: Http['req'], res: Http['res']) => Promise<void>;
}

export function createOidcDoor(deps: OidcDeps): OidcDoor {
  const { clock, signingKeys, site } = deps;
  const exchanges = new WeakMap<IncomingMessage, Exchange>();
  let current: Generation | null = null;
  let checkedAt: Instant = -Infinity;

  /** The library fixes keys and addresses when it is made: a change of either makes a new one. */
  const generation = async (): Promise<Generation> => {
    const { origin } = site();
    const now = clock();
    if (
      current !== null &&
      current.name.startsWith(`${origin} `) &&
      now - checkedAt < KEYS_FRESH &&
      now >= checkedAt
    )
      return current;
    let rows = await signingKeys.rows('oidc');
    if (!rows.some((key) => key.state === 'active')) {
      await rotateKeys(deps, now);
      rows = await signingKeys.rows('oidc');
    }
    const name = `${origin} ${rows.map(({ kid, state }) => `${kid}:${state}`).join(' ')}`;
    if (current?.name !== name) current = await makeGeneration(deps, exchanges, origin, name);
    checkedAt = now;
    return current;
  };

  return {
    handle: async (http, visitor) => {
      try {
        const { answer } = await generation();
        exchanges.set(http.req, newExchange(http, visitor, clock()));
        await answer(http.req, http.res);
      } catch (error) {
        deps.report(error, visitor.requestId);
        await sendFault(deps, http, visitor.requestId, error);
      }
    },
    reloadKeys: () => {
      checkedAt = -Infinity;
    },
    rotateKeys: async (urgent = false) => {
      if (await rotateKeys(deps, clock(), urgent)) checkedAt = -Infinity;
    },
    deliverLogouts: async () => deliverLogouts(deps, (await generation()).provider),
    clean: async (limit) => {
      const now = clock();
      const artifacts = await deps.artifacts.deleteExpired(now, limit);
      return artifacts + (await deps.logoutTargets.deleteOld(now, limit));
    },
  };
}

/** The active key of an algorithm must come first: the library signs with the first that fits. */
const ORDER: Readonly<Record<KeyState, number>> = { active: 0, next: 1, retired: 2 };
const rankOf = ({ state, algorithm }: KeyRow): number =>
  ORDER[state] * ALGORITHMS.length + ALGORITHMS.indexOf(algorithm);

async function makeGeneration(
  deps: OidcDeps,
  exchanges: WeakMap<IncomingMessage, Exchange>,
  origin: string,
  name: string,
): Promise<Generation> {
  const keys = [...(await deps.signingKeys.load('oidc'))].sort((a, b) => rankOf(a) - rankOf(b));
  const provider = makeProvider(origin, configurationFor(deps, origin, keys.map(toJwk)));
  provider.use(mediator(deps, provider, exchanges));
  provider.on('server_error', (ctx, error) =>
    deps.report(error, exchanges.get(ctx.req)?.visitor.requestId ?? null),
  );
  provider.onerror = (error) => deps.report(error, null); // koa would print it
  return { name, provider, answer: provider.callback() };
}

const toJwk = ({ privateKey }: SigningKey): LibraryJwk => ({ ...privateKey });

/** Before the library had the request: nothing was written yet. */
async function sendFault({ pages }: OidcDeps, http: Http, requestId: string, error: unknown): Promise<void> {
  const { res } = http;
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const { status, retryAfterS } = statusOf(error);
  if (retryAfterS !== null) res.setHeader('retry-after', retryAfterS);
  try {
    const page = await pages.fault({ status, reason: 'oidc.failed', requestId }, http);
    res.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...page.headers,
    });
    res.end(page.html);
  } catch {
    res.writeHead(status).end();
  }
}
