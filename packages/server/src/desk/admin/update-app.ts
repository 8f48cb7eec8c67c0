import { asId } from '@countersign/core/kernel/id';
import { err, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { Apps } from '../../ports/apps.ts';
import type { AppFields } from '../../ports/effects.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, mayAdminister, type Caller } from './caller.ts';
import type { AppRefusal, ClientRules } from './client-rules.ts';
import { commitOr } from './reach-person.ts';

type Deps = Pick<DeskDeps, 'random' | 'commit'> & {
  readonly clients: ClientRules;
  readonly apps: Pick<Apps, 'byId'>;
};

/** Only what is named changes; metadata is replaced as a whole. */
export interface AppChange {
  readonly name?: string;
  readonly strength?: AppFields['strength'];
  readonly metadata?: unknown;
}

/**
 * Changes an app. Its secret goes when it no longer uses one; the other way round is refused, since a secret is
 * shown only where it is made.
 */
export async function updateApp(
  deps: Deps,
  caller: Caller,
  id: string,
  change: AppChange,
  visitor: Visitor,
  now: Instant,
): Promise<Result<null, AppRefusal>> {
  if (!mayAdminister(caller)) return err({ reason: 'role.missing' });
  const app = await deps.apps.byId(asId(id));
  if (app === null) return err({ reason: 'app.unknown' });
  const from: AppFields = { name: app.name, strength: app.strength, metadata: app.metadata };
  const checked = change.metadata === undefined ? null : deps.clients.check(change.metadata);
  if (checked?.ok === false) return err({ reason: 'app.invalid', errors: checked.error });
  const to: AppFields = {
    name: change.name ?? from.name,
    strength: change.strength === undefined ? from.strength : change.strength,
    metadata: checked?.value ?? from.metadata,
  };
  const had = deps.clients.needsSecret(from.metadata);
  const needs = deps.clients.needsSecret(to.metadata);
  if (needs && !had) return err({ reason: 'app.needs_secret' });
  const written = await commitOr(deps, 'app.raced', [
    { kind: 'app.update', id, from, to, dropSecret: had && !needs },
    record(deps.random, visitor, now, {
      type: 'app.updated',
      actor: actorOf(caller),
      outcome: 'ok',
      app: asId(id),
      detail: { changed: Object.keys(change), strength: to.strength ?? '' },
    }),
  ]);
  return written.ok ? written : err({ reason: written.error });
}
