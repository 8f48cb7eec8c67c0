import type { ReasonId } from '@countersign/core/audit/event';
import { asId } from '@countersign/core/kernel/id';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { Apps } from '../../ports/apps.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, mayAdminister, type Caller } from './caller.ts';
import type { ClientRules } from './client-rules.ts';
import { commitOr } from './reach-person.ts';

/** A new secret in place of the old, which is void at once. Shown this once. */
export async function rotateAppSecret(
  deps: Pick<DeskDeps, 'random' | 'commit'> & {
    readonly clients: ClientRules;
    readonly apps: Pick<Apps, 'byId'>;
  },
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<string, ReasonId>> {
  if (!mayAdminister(caller)) return err('role.missing');
  const app = await deps.apps.byId(asId(id));
  if (app === null) return err('app.unknown');
  if (!deps.clients.needsSecret(app.metadata)) return err('app.no_secret');
  const secret = deps.random.secret();
  const written = await commitOr(deps, 'app.unknown', [
    { kind: 'app.secret', id, secret },
    record(deps.random, visitor, now, {
      type: 'app.secret_rotated',
      actor: actorOf(caller),
      outcome: 'ok',
      app: asId(id),
    }),
  ]);
  return written.ok ? ok(secret) : written;
}
