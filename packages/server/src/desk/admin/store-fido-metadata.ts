import type { ReasonId } from '@countersign/core/audit/event';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { Directory } from '../../ports/directory.ts';
import type { FidoMetadata, FidoMetadataReason, FidoMetadataTrust } from '../../ports/webauthn.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { record } from '../record.ts';
import { actorOf, mayAdminister, type Caller } from './caller.ts';
import { commitOr } from './reach-person.ts';

export type VerifyFidoMetadata = (
  blob: string,
  trust: FidoMetadataTrust,
) => Promise<Result<FidoMetadata, FidoMetadataReason>>;

/** Takes newer metadata of the FIDO Alliance into use, once its signature holds. An older one is never taken again. */
export async function storeFidoMetadata(
  deps: Pick<DeskDeps, 'random' | 'commit'> & {
    readonly directory: Pick<Directory, 'fidoMetadata'>;
    readonly verify: VerifyFidoMetadata;
  },
  caller: Caller,
  blob: string,
  visitor: Visitor,
  now: Instant,
): Promise<Result<FidoMetadata, ReasonId>> {
  if (!mayAdminister(caller)) return err('role.missing');
  const used = await deps.directory.fidoMetadata();
  const verified = await deps.verify(blob, used === null ? { now } : { now, after: used.number });
  if (!verified.ok) return verified;
  const { number, models, nextUpdate } = verified.value;
  const written = await commitOr(deps, 'fido_metadata.not_newer', [
    { kind: 'fido.store', number, models, now },
    record(deps.random, visitor, now, {
      type: 'settings.changed',
      actor: actorOf(caller),
      outcome: 'ok',
      detail: { setting: 'fido_metadata', release: number, next_update: nextUpdate },
    }),
  ]);
  return written.ok ? ok(verified.value) : written;
}
