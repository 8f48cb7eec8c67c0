import { type Deployment, type DeploymentOptions, startDeployment } from '../deployment/start-deployment.ts';
import { enrol } from '../verbs/enrol.ts';
import { createOperator, hasOperatorSocket } from '../verbs/operator.ts';
import { setup } from '../verbs/setup.ts';
import { absent } from './case.ts';
import type { Stage } from './stage.ts';

/** Where cases find deployments. Starting one takes seconds, so most share one and bring their own people. */
export interface World {
  /** The shared stage of a clock: `controlled` unless tokens of the OIDC library are in play, whose clock is the real one. */
  readonly shared: (clock: 'controlled' | 'real') => Promise<Stage>;
  /** A stage for this case alone; it is stopped with the case. */
  readonly own: (options?: DeploymentOptions, factor?: 'totp' | 'passkey') => Promise<Stage>;
  /** Stops what the case started for itself. */
  readonly endCase: () => Promise<void>;
  readonly end: () => Promise<void>;
}

async function prepare(deployment: Deployment, factor: 'totp' | 'passkey'): Promise<Stage> {
  const owner = await setup.firstOwner(deployment, { factor });
  const operator = createOperator(deployment);
  return {
    deployment,
    operator,
    owner,
    person: async (ask) => {
      if (!hasOperatorSocket(deployment)) absent('the local socket of the operator is not built, so nobody can be invited');
      return enrol.person(operator, ask);
    },
  };
}

export function createWorld(): World {
  const stages = new Map<'controlled' | 'real', Promise<Stage>>();
  const running: Deployment[] = [];
  const ofCase: Deployment[] = [];
  const begin = async (options: DeploymentOptions, keep: Deployment[], factor: 'totp' | 'passkey' = 'passkey'): Promise<Stage> => {
    const deployment = await startDeployment(options);
    keep.push(deployment);
    return prepare(deployment, factor);
  };
  const stopAll = async (list: Deployment[]): Promise<void> => {
    await Promise.all(list.splice(0).map((deployment) => deployment.stop()));
  };
  return {
    shared: (clock) => {
      const found = stages.get(clock) ?? begin({ clock, store: 'embedded' }, running);
      stages.set(clock, found);
      return found;
    },
    own: (options = {}, factor = 'passkey') => begin({ clock: 'controlled', ...options }, ofCase, factor),
    endCase: () => stopAll(ofCase),
    end: async () => {
      await stopAll(ofCase);
      await stopAll(running);
    },
  };
}
