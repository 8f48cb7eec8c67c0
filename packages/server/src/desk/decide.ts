import type { Proof } from '@countersign/core/factor/proof';
import type { Instant } from '@countersign/core/kernel/time';
import type { Ask } from '@countersign/core/policy/ask';
import { decide as decidePolicy, type Decision } from '@countersign/core/policy/decide';
import type { Person } from '../ports/person.ts';

/** The only caller of the policy: gathers the facts of a person and asks (I-07). */
export function decide(person: Person, proofs: readonly Proof[], ask: Ask, now: Instant): Decision {
  const { account, factors } = person;
  return decidePolicy({ account, enrolled: factors, proofs, ask, now });
}
