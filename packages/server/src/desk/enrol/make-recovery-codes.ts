import {
  makeRecoveryCodes as freshCodes,
  showRecoveryCode,
} from '@countersign/core/factor/make-recovery-codes';
import { seconds, type Instant } from '@countersign/core/kernel/time';
import { Conflict } from '../../ports/effects.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { DeskDeps, Visitor } from '../deps.ts';
import { done, lacking, no, type Answer } from './answer.ts';
import { bindFactor } from './bind-factor.ts';
import { factorAuthority } from './factor-authority.ts';

/** A new set of ten codes, shown this once; it replaces the old set (design.md §10.6). */
export async function makeRecoveryCodes(
  deps: Pick<DeskDeps, 'random' | 'commit' | 'codes'>,
  owner: SessionOwner,
  visitor: Visitor,
  now: Instant,
): Promise<Answer<readonly string[]>> {
  const authority = factorAuthority(owner, now);
  if (authority.kind !== 'may') return lacking(authority);
  const codes = freshCodes(deps.random.bytes(100));
  const salt = deps.codes.freshSalt();
  const digests: Uint8Array[] = [];
  for (const code of codes) {
    const digested = await deps.codes.digestCode(code, salt);
    if (digested.kind === 'overloaded') return no('signin.busy', now + seconds(digested.retryAfterS));
    digests.push(digested.digest);
  }
  try {
    await deps.commit(
      bindFactor(
        deps.random,
        owner,
        {
          name: 'Recovery codes',
          boundBy: authority.boundBy,
          secret: { method: 'recovery-code', salt, digests },
        },
        visitor,
        now,
      ),
    );
  } catch (error) {
    if (error instanceof Conflict) return no('enrolment.raced');
    throw error;
  }
  return done(codes.map(showRecoveryCode));
}
