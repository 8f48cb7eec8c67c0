import { isPrivileged, type Account } from '../account/account.ts';
import type { Factor } from '../factor/factor.ts';
import type { Proof } from '../factor/proof.ts';
import { atLeast, strengthOf, stronger, type Strength } from '../factor/strength.ts';
import type { Instant } from '../kernel/time.ts';
import { SESSION_LIVES } from '../session/session-lives.ts';
import type { Ask } from './ask.ts';
import type { Obligation, Outcome, RuleId } from './outcome.ts';
import { offersTowards, strongestReachable } from './offers.ts';

let make: (outcome: Outcome, because: readonly RuleId[]) => Decision;

/**
 * What the decision function answered. Nothing but this module can make one: the private mark is checked at run
 * time too, because a type brand alone survives a spread and a cast (I-07).
 */
export class Decision {
  readonly #made = true;
  readonly outcome: Outcome;
  /** The rules that led here; the person's screen, the administrator's log and the audit event show the same. */
  readonly because: readonly RuleId[];

  private constructor(outcome: Outcome, because: readonly RuleId[]) {
    this.outcome = Object.freeze(outcome);
    this.because = Object.freeze([...because]);
    Object.freeze(this);
  }

  static {
    make = (outcome, because) => new Decision(outcome, because);
  }

  static isDecision(value: unknown): value is Decision {
    return typeof value === 'object' && value !== null && #made in value && value.#made;
  }
}

/** All that a decision depends on. What is not in here cannot change an answer. */
export interface Facts {
  readonly account: Pick<Account, 'kind' | 'state' | 'roles'>;
  readonly enrolled: readonly Pick<Factor, 'method' | 'traits'>[];
  readonly proofs: readonly Proof[];
  readonly ask: Ask;
  readonly now: Instant;
}

/**
 * The one decision: may this account have this grant on these proofs, and if not, what would be needed.
 * Unknown means no: an account that is not active, a proof from the future and a demand that no enrolled factor
 * can meet all end in a block, never in a weaker question (I-07, I-09, I-28, I-44).
 */
export function decide(facts: Facts): Decision {
  const { account, ask } = facts;
  if (account.state === 'disabled') return block('account.disabled', 'floor.account_state');
  if (account.kind === 'service') return block('account.not_interactive', 'floor.service_never_interactive');

  const proofs = facts.proofs.filter((proof) => proof.at <= facts.now);
  if (proofs.some((proof) => proof.method === 'temporary-pass' || proof.method === 'recovery-code')) {
    return make({ kind: 'restricted' }, ['enrolment.restricted']);
  }
  if (account.state === 'invited') return block('account.invited', 'floor.account_state');

  const { wanted, because } = demand(facts);
  const fresh = proofs.filter((proof) => ask.notBefore === null || proof.at >= ask.notBefore);
  const reached = strengthOf(fresh);
  if (atLeast(reached, wanted) && reached !== null) {
    return make({ kind: 'allow', strength: reached, obligations: obligations(facts) }, because);
  }
  const offers = offersTowards(wanted, facts.enrolled, fresh, ask.reach);
  if (offers.length > 0) return make({ kind: 'challenge', strength: wanted, offers }, because);
  const reason = facts.enrolled.length === 0 ? 'factor.none_enrolled' : 'factor.not_strong_enough';
  return make({ kind: 'block', reason }, because);
}

const block = (
  reason: 'account.disabled' | 'account.not_interactive' | 'account.invited',
  rule: RuleId,
): Decision => make({ kind: 'block', reason }, [rule]);

/** The strength that floor and request demand together: requirements add up, none lowers another. */
function demand({ account, ask, enrolled }: Facts): { wanted: Strength; because: RuleId[] } {
  let wanted: Strength = 'mfa';
  const because: RuleId[] = ['floor.mfa'];
  if (ask.appKind === 'console' && isPrivileged(account)) {
    const best = strongestReachable(enrolled);
    if (atLeast(best, 'phishing-resistant')) {
      wanted = stronger(wanted, 'phishing-resistant');
      because.push('floor.console_phishing_resistant');
    }
  }
  if (ask.strength !== null) {
    wanted = stronger(wanted, ask.strength);
    because.push('ask.strength');
  }
  if (ask.notBefore !== null) because.push('ask.fresh_proof');
  return { wanted, because };
}

function obligations({ account }: Facts): Obligation[] {
  const lives = isPrivileged(account) ? SESSION_LIVES.privileged : SESSION_LIVES.ordinary;
  return [{ kind: 'maxSession', ...lives }];
}
