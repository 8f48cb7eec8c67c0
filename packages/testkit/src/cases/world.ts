import { type Deployment, type DeploymentOptions, startDeployment } from '../deployment/start-deployment.ts';
import { enrol } from '../verbs/enrol.ts';
import { createOperator, hasOperatorSocket } from '../verbs/operator.ts';
import { setup } from '../verbs/setup.ts';
import { absent } from './case.ts';
import type { Stage, StageKind, World } from './stage.ts';

async function prepare(deployment: Deployment, factor: 'totp' | 'passkey'): Promise<Stage> {
  const owner = await setup.firstOwner(deployment, { factor });
  const operator = createOperator(deployment);
  return {
    deployment,
    operator,
    owner,
    person: async (ask) => {
      if (!hasOperatorSocket(deployment))
        absent('the local socket of the operator is not built, so nobody can be invited');
      return enrol.person(operator, ask);
    },
  };
}

const SHARED: Readonly<Record<StageKind, DeploymentOptions>> = {
  controlled: { clock: 'controlled' },
  real: { clock: 'real' },
  nodes: { clock: 'real', nodes: 3, store: 'postgres' },
};

export function createWorld(): World {
  const stages = new Map<StageKind, Promise<Stage>>();
  const running: Deployment[] = [];
  const ofCase: Deployment[] = [];
  const begin = async (
    options: DeploymentOptions,
    keep: Deployment[],
    factor: 'totp' | 'passkey' = 'passkey',
  ): Promise<Stage> => {
    const deployment = await startDeployment(options);
    keep.push(deployment);
    return prepare(deployment, factor);
  };
  const stopAll = async (list: Deployment[]): Promise<void> => {
    await Promise.all(list.splice(0).map((deployment) => deployment.stop()));
  };
  return {
    shared: (kind) => {
      const found = stages.get(kind) ?? begin(SHARED[kind], running);
      stages.set(kind, found);
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
