import type { Strength } from '@countersign/core/factor/strength';
import { asId } from '@countersign/core/kernel/id';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, mayAdminister, type Caller } from './caller.ts';
import type { AppRefusal, ClientRules } from './client-rules.ts';

export interface NewClient {
  readonly name: string;
  readonly strength: Strength | null;
  readonly metadata: unknown;
}

export interface CreatedApp {
  readonly id: string;
  readonly clientId: string;
  /** Shown this once; null for a client that proves itself otherwise, or not at all. */
  readonly clientSecret: string | null;
}

/** Registers an OpenID Connect client. Its id is ours, so that no client can be registered under another's. */
export async function createApp(
  deps: Pick<DeskDeps, 'random' | 'commit'> & { readonly clients: ClientRules },
  caller: Caller,
  client: NewClient,
  visitor: Visitor,
  now: Instant,
): Promise<Result<CreatedApp, AppRefusal>> {
  if (!mayAdminister(caller)) return err({ reason: 'role.missing' });
  const checked = deps.clients.check(client.metadata);
  if (!checked.ok) return err({ reason: 'app.invalid', errors: checked.error });
  const id = deps.random.uuid();
  const clientId = deps.random.uuid();
  const clientSecret = deps.clients.needsSecret(checked.value) ? deps.random.secret() : null;
  await deps.commit([
    {
      kind: 'app.create',
      app: {
        id,
        name: client.name,
        clientId,
        metadata: checked.value,
        secret: clientSecret,
        strength: client.strength,
        now,
      },
    },
    record(deps.random, visitor, now, {
      type: 'app.created',
      actor: actorOf(caller),
      outcome: 'ok',
      app: asId(id),
      detail: { client: clientId, strength: client.strength ?? '' },
    }),
  ]);
  return ok({ id, clientId, clientSecret });
}
