import { seconds, type Instant } from '@countersign/core/kernel/time';
import type { Visitor } from '../../desk/deps.ts';
import { configurationFor } from './configuration.ts';
import { deliverLogouts } from './deliver-logouts.ts';
import type { OidcDeps } from './deps.ts';
import { carry, newExchange, type Http } from './exchange.ts';
import { makeProvider, type LibraryJwk, type Provider } from './internals.ts';
import { mediate } from './mediate.ts';
import { rotateKeys } from './rotate-keys.ts';

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
  readonly answer: (http: Http) => Promise<void>;
}

export function createOidcDoor(deps: OidcDeps): OidcDoor {
  const { clock, signingKeys, site } = deps;
  let current: Generation | null = null;
  let checkedAt: Instant = -Infinity;

  /** The library fixes keys and addresses when it is made: a change of either makes a new one. */
  const generation = async (): Promise<Generation> => {
    const { origin } = site();
    const now = clock();
    if (current !== null && current.name.startsWith(`${origin} `) && now - checkedAt < KEYS_FRESH && now >= checkedAt) return current;
    let rows = await signingKeys.rows('oidc');
    if (!rows.some((key) => key.state === 'active')) {
      await rotateKeys(deps, now);
      rows = await signingKeys.rows('oidc');
    }
    const name = `${origin} ${rows.map(({ kid, state }) => `${kid}:${state}`).join(' ')}`;
    if (current?.name !== name) current = await makeGeneration(deps, origin, name);
    checkedAt = now;
    return current;
  };

  return {
    handle: async (http, visitor) => {
      try {
        const { provider, answer } = await generation();
        await mediate(deps, provider, http, visitor, answer);
      } catch (error) {
        await failed(deps, http, visitor, error);
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
