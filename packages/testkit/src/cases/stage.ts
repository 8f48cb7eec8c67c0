import type { Deployment } from '../deployment/start-deployment.ts';
import type { Operator } from '../verbs/operator.ts';
import type { Person } from '../verbs/person.ts';
import type { PersonAsk } from '../verbs/enrol.ts';

/** A deployment that is set up, as a case finds it. Others have played on it before; people are made afresh. */
export interface Stage {
  readonly deployment: Deployment;
  readonly operator: Operator;
  /** The first owner; only for cases that have the stage to themselves. */
  readonly owner: Person;
  readonly person: (ask: PersonAsk) => Promise<Person>;
}
