import type { Locale } from '@countersign/core/account/account';
import type { ReasonId } from '@countersign/core/audit/event';
import { equalBytes } from '@countersign/core/kernel/bytes';
import { hashSecret } from '@countersign/core/kernel/hash';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeploymentStore } from '../ports/deployment.ts';
import { Conflict } from '../ports/effects.ts';
import { newAccount } from './admin/invite-person.ts';
import type { DeskDeps, Visitor } from './deps.ts';
import { record, STRANGER } from './record.ts';
import { beginEnrolmentSession, type BegunSession } from './signin/begin-session.ts';

export interface FirstOwner {
  readonly publicUrl: string;
  readonly organisation: string;
  readonly login: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly locale: Locale;
}

type Deps = Pick<DeskDeps, 'random' | 'commit'> & { readonly deployment: DeploymentStore };

/** Whether this is the set-up link that was printed last, and set-up is still open. */
export async function checkSetupLink(
  { deployment }: Pick<Deps, 'deployment'>,
  token: string,
): Promise<Result<null, ReasonId>> {
  const { setup } = await deployment.load();
  if (setup.kind === 'closed') return err('setup.closed');
  if (setup.tokenHash === null || !equalBytes(setup.tokenHash, hashSecret(token)))
    return err('setup.link_void');
  return ok(null);
}

/**
 * Fixes the public address and makes the first owner, who can then only enrol. Until that owner has bound a factor
 * the link may be used again, and makes a new owner in place of the unfinished one; the binding closes set-up for
 * ever (I-49).
 */
export async function setUp(
  deps: Deps,
  token: string,
  first: FirstOwner,
  visitor: Visitor,
  now: Instant,
): Promise<Result<BegunSession, ReasonId>> {
  const link = await checkSetupLink(deps, token);
  if (!link.ok) return link;
  const { setup } = await deps.deployment.load();
  const made = newAccount(deps.random, { ...first, roles: ['owner'] }, now);
  if (!made.ok) return made;
  const account = { ...made.value, state: 'invited', epoch: 0, createdAt: now, lastSignInAt: null } as const;
  const begun = beginEnrolmentSession(deps.random, { account }, [], 'set-up', visitor, now);
  const unfinished = setup.kind === 'open' ? setup.accountId : null;
  const about = { actor: STRANGER, outcome: 'ok', subject: account.id } as const;
  try {
    await deps.commit([
      ...(unfinished === null ? [] : [{ kind: 'account.abandon', id: unfinished } as const]),
      { kind: 'account.create', account: made.value },
      {
        kind: 'setup.owner',
        accountId: account.id,
        organisation: first.organisation,
        publicUrl: first.publicUrl,
        unfinished,
        tokenHash: hashSecret(token),
        now,
      },
      record(deps.random, visitor, now, {
        ...about,
        type: 'setup.address_fixed',
        detail: { url: first.publicUrl },
      }),
      record(deps.random, visitor, now, {
        ...about,
        type: 'account.created',
        detail: { roles: ['owner'] },
        personal: { login: account.login },
      }),
      ...begun.effects,
    ]);
  } catch (error) {
    if (error instanceof Conflict) return err('setup.raced');
    throw error;
  }
  return ok(begun);
}
