import type { Proof } from '../factor/proof.ts';
import type { AccountId, GrantId, SessionId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';
import type { Ask } from '../policy/ask.ts';
import { Decision } from '../policy/decide.ts';
import { acrFor, amrOf, authTimeOf } from './acr.ts';
import type { GrantFacts } from './grant.ts';

let make: (facts: GrantFacts) => Grant;

/** A grant that was truly issued: a door that holds one may answer yes, and no door can make one. */
export class Grant {
  readonly #made = true;
  readonly facts: GrantFacts;

  private constructor(facts: GrantFacts) {
    this.facts = Object.freeze(facts);
    Object.freeze(this);
  }

  static {
    make = (facts) => new Grant(facts);
  }

  static isGrant(value: unknown): value is Grant {
    return typeof value === 'object' && value !== null && #made in value && value.#made;
  }
}

export interface ToIssue {
  readonly id: GrantId;
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly ask: Ask;
  readonly proofs: readonly Proof[];
  /** The acr values the app asked for, in its order of preference. */
  readonly askedAcr: readonly string[];
  readonly now: Instant;
}

/**
 * The one grant issuer (I-07). Throws when handed anything but an allow that `decide` made: that is a programming
 * error of the caller, never something a person did. Nothing is established until the caller has stored the grant
 * and its audit event in one transaction (I-52).
 */
export function issue(decision: Decision, to: ToIssue): Grant {
  if (!Decision.isDecision(decision))
    throw new TypeError('a grant needs a decision of the decision function');
  if (decision.outcome.kind !== 'allow')
    throw new TypeError(`a grant needs an allow, not ${decision.outcome.kind}`);
  const { strength } = decision.outcome;
  return make({
    id: to.id,
    accountId: to.accountId,
    sessionId: to.sessionId,
    appId: to.ask.appId,
    door: to.ask.door,
    strength,
    acr: acrFor(strength, to.askedAcr),
    amr: amrOf(to.proofs, strength),
    authTime: authTimeOf(to.proofs),
    issuedAt: to.now,
    because: decision.because,
  });
}
