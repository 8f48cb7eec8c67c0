import type { Proof } from '@countersign/core/factor/proof';
import { issue, type Grant } from '@countersign/core/grant/issue';
import type { AccountId, SessionId } from '@countersign/core/kernel/id';
import { asId } from '@countersign/core/kernel/id';
import type { Instant } from '@countersign/core/kernel/time';
import type { Ask } from '@countersign/core/policy/ask';
import type { Decision } from '@countersign/core/policy/decide';
import type { Effect } from '../ports/effects.ts';
import type { Visitor } from './deps.ts';
import type { Random } from '../ports/random.ts';
import { byAccount, record } from './record.ts';

export interface GrantOrder {
  readonly decision: Decision;
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly ask: Ask;
  readonly proofs: readonly Proof[];
  readonly askedAcr: readonly string[];
}

/**
 * Turns an allow into a grant and the effects that make it real: the grant's row and its event. The grant means
 * nothing until the caller has committed both together with what was consumed for it (I-52).
 */
export function issueGrant(
  random: Random,
  order: GrantOrder,
  visitor: Visitor | null,
  now: Instant,
): { readonly grant: Grant; readonly effects: readonly Effect[] } {
  const { decision, ...to } = order;
  const grant = issue(decision, { ...to, id: asId(random.uuid()), now });
  const { id, accountId, sessionId, appId, door, strength, acr, amr, because } = grant.facts;
  const event = record(random, visitor, now, {
    type: 'grant.issued',
    actor: byAccount(accountId),
    outcome: 'ok',
    subject: accountId,
    door,
    app: appId,
    session: sessionId,
    grant: id,
    detail: { strength, acr: acr ?? '', amr: [...amr], rules: [...because] },
  });
  return { grant, effects: [{ kind: 'grant.issue', grant: grant.facts }, event] };
}
