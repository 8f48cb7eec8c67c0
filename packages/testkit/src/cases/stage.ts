import type { Deployment, DeploymentOptions } from '../deployment/start-deployment.ts';
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

/** `controlled` and `real` are one node by that clock; `nodes` are three of them, by the real clock. */
export type StageKind = 'controlled' | 'real' | 'nodes';

/** Where cases find deployments. Starting one takes seconds, so most share one and bring their own people. */
export interface World {
  /** `controlled` unless tokens of the OIDC library are in play, whose clock is the real one. */
  readonly shared: (kind: StageKind) => Promise<Stage>;
  /** A stage for this case alone; it is stopped with the case. */
  readonly own: (options?: DeploymentOptions, factor?: 'totp' | 'passkey') => Promise<Stage>;
  /** Stops what the case started for itself. */
  readonly endCase: () => Promise<void>;
  readonly end: () => Promise<void>;
}
