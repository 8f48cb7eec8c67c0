import type { Strength } from '../factor/strength.ts';
import type { AccountId, AppId, GrantId, SessionId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';
import type { Door } from '../policy/ask.ts';
import type { RuleId } from '../policy/outcome.ts';

/** What a door hands out after an allow, as it is stored. */
export interface GrantFacts {
  readonly id: GrantId;
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly appId: AppId;
  readonly door: Door;
  readonly strength: Strength;
  readonly acr: string | null;
  readonly amr: readonly string[];
  readonly authTime: Instant;
  readonly issuedAt: Instant;
  readonly because: readonly RuleId[];
}
