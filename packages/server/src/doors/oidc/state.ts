import { asId } from '@countersign/core/kernel/id';
import { seconds } from '@countersign/core/kernel/time';
import type { AppWithSecret } from '../../ports/apps.ts';
import type { ArtifactModel, ArtifactPayload, NewArtifact } from '../../ports/oidc-artifacts.ts';
import { toClient } from './client-metadata.ts';
import type { OidcDeps } from './deps.ts';
import { currentExchange, type Exchange } from './exchange.ts';
import { endFamily, grantIdOf, recordRenewal, type FamilyEnd } from './family.ts';
import { currentContext, type LibraryAdapter, type LibraryPayload } from './internals.ts';
import { pushedTwiceError, replayError, reusedError } from './refuse.ts';

/**
 * What the library may keep. Its session is not among it: ours is the sole authority, so the library's lives for one
 * request (design.md §10.2). A model not named here cannot be stored, whatever a new version of the library does.
 */
const KEPT: Readonly<Record<string, ArtifactModel>> = {
  Grant: 'Grant',
  AuthorizationCode: 'AuthorizationCode',
  AccessToken: 'AccessToken',
  RefreshToken: 'RefreshToken',
  PushedAuthorizationRequest: 'PushedAuthorizationRequest',
  Interaction: 'Interaction',
  ReplayDetection: 'ReplayDetection',
};

const REUSE: Partial<Readonly<Record<ArtifactModel, FamilyEnd>>> = {
  AuthorizationCode: 'code_replayed',
  RefreshToken: 'refresh_reused',
};

type Deps = Pick<OidcDeps, 'artifacts' | 'apps' | 'grants' | 'commit' | 'random' | 'clock'>;

/** The library's storage, as it wants it: one adapter per model. */
export const storageFor =
  (deps: Deps) =>
  (name: string): LibraryAdapter => {
    if (name === 'Client') return clientAdapter(deps);
    if (name === 'Session') return NOTHING;
    const model = KEPT[name];
    return model === undefined ? NOTHING : artifactAdapter(deps, model);
  };

const nothing = async (): Promise<undefined> => undefined;
const NOTHING: LibraryAdapter = {
  upsert: nothing,
  find: nothing,
  findByUid: nothing,
  findByUserCode: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};

/** Apps are made by administrators only: the library reads them and never writes one. */
const clientAdapter = (deps: Deps): LibraryAdapter => ({
  ...NOTHING,
  find: async (id) => {
    const app = await appOf(deps, currentExchange(), id);
    return app === null ? undefined : ((toClient(app) ?? undefined) as LibraryPayload | undefined);
  },
});

/** Ids of ours are UUIDs. What is no such text is nobody's, and need not trouble the store, which refuses a NUL. */
const CLIENT_ID = /^[\x21-\x7e]{1,128}$/;

/** The app of a client id, read once a request. */
export async function appOf(
  { apps }: Pick<OidcDeps, 'apps'>,
  exchange: Exchange | null,
  clientId: string,
): Promise<AppWithSecret | null> {
  if (!CLIENT_ID.test(clientId)) return null;
  const app = exchange?.apps.get(clientId) ?? inTurn(() => apps.byClientId(clientId));
  exchange?.apps.set(clientId, app);
  return app;
}

function artifactAdapter(deps: Deps, model: ArtifactModel): LibraryAdapter {
  const { artifacts, clock } = deps;
  const now = (): number => currentExchange()?.now ?? clock();
  const route = (): string | undefined => currentContext()?.oidc.route;

  return {
    ...NOTHING,
    upsert: async (id, payload, expiresIn) => {
      if (expiresIn === undefined) throw new Error(`${model} without an end`);
      const artifact = toArtifact(model, id, { ...payload }, now() + seconds(expiresIn));
      if (model !== 'ReplayDetection') return inTurn(() => artifacts.save(artifact));
      // The library looked before it leapt; of two that looked at once, one is told here (libraries.md fact 4).
      if (!(await inTurn(() => artifacts.saveOnce(artifact, now())))) throw replayError(route());
    },
    find: async (id) => {
      // After a sign-in the request itself has been kept with it; the pushed copy was taken out of use (R-OIDC-15).
      if (model === 'PushedAuthorizationRequest' && route() === 'resume') return undefined;
      const stored = await inTurn(() => artifacts.find(model, id, now()));
      if (stored === null) return undefined;
      const { payload, consumedAt } = stored;
      if (consumedAt === null) return { ...payload };
      await endIfReplayed(deps, model, payload);
      return { ...payload, consumed: Math.floor(consumedAt / 1000) };
    },
    consume: async (id) => {
      const exchange = currentExchange();
      if (model === 'PushedAuthorizationRequest' && exchange?.pushed === id) return;
      if (await inTurn(() => artifacts.consume(model, id, now()))) {
        if (exchange === null) return;
        if (model === 'PushedAuthorizationRequest') exchange.pushed = id;
        if (model === 'RefreshToken') await inTurn(() => recordRenewal(deps, exchange));
        return;
      }
      // Another request was faster by a moment: the same as one that comes later, a replay.
      const stored = await inTurn(() => artifacts.find(model, id, now()));
      if (stored !== null) await endIfReplayed(deps, model, stored.payload);
      throw model === 'PushedAuthorizationRequest' ? pushedTwiceError() : reusedError();
    },
    destroy: (id) => inTurn(() => artifacts.remove(model, id)),
    // The library asks this of one model after the other; the first asking ends the whole family.
    revokeByGrantId: (grantId) => {
      const exchange = currentExchange();
      if (exchange === null) return nothing();
      const why: FamilyEnd = route() === 'token' ? (REUSE[model] ?? 'refresh_reused') : 'client_revoked';
      return inTurn(() => endFamily(deps, exchange, asId<'grant'>(grantId), why));
    },
  };
}

const toArtifact = (
  model: ArtifactModel,
  id: string,
  payload: ArtifactPayload,
  expiresAt: number,
): NewArtifact => ({
  model,
  id,
  payload,
  grantId: model === 'Grant' ? asId<'grant'>(id) : grantIdOf(payload),
  expiresAt,
});

/**
 * A used code or refresh token that its own app presents for tokens again: the family ends, whoever the thief is
 * (R-OIDC-05, R-OIDC-12). Elsewhere (introspection, revocation) it is merely dead.
 */
async function endIfReplayed(deps: Deps, model: ArtifactModel, payload: ArtifactPayload): Promise<void> {
  const why = REUSE[model];
  const ctx = currentContext();
  const exchange = currentExchange();
  const grantId = grantIdOf(payload);
  if (why === undefined || ctx === undefined || exchange === null || grantId === null) return;
  if (ctx.oidc.route !== 'token' || ctx.oidc.client?.clientId !== payload['clientId']) return;
  await inTurn(() => endFamily(deps, exchange, grantId, why));
  throw reusedError();
}

/**
 * Store calls of one request, one after the other: they share one connection. A call that fails marks the request,
 * since a library that swallows the error must not have its half-done work committed.
 */
export async function inTurn<T>(call: () => Promise<T>): Promise<T> {
  const exchange: Exchange | null = currentExchange();
  if (exchange === null) return call();
  const mine = exchange.tail.then(call);
  exchange.tail = mine.catch((error: unknown) => {
    exchange.failure ??= { error };
  });
  return mine;
}
