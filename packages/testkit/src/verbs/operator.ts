import { existsSync } from 'node:fs';
import type { Deployment } from '../deployment/start-deployment.ts';
import { exchange } from '../visitor/exchange.ts';
import { type Seen, toSeen } from '../visitor/seen.ts';

/** Whoever may call the API: the operator on the socket of the machine, or a visitor with a session. */
export interface ApiCaller {
  readonly json: (method: string, path: string, body?: unknown) => Promise<Seen>;
}

export interface Operator extends ApiCaller {
  readonly deployment: Deployment;
  readonly node: number;
}

/** Whether the node has the socket at all. */
export const hasOperatorSocket = (deployment: Deployment, node = 0): boolean =>
  existsSync(deployment.nodes[node]?.controlSocket ?? '');

/** The operator of the machine that a node runs on: whoever can open its socket in the data folder. */
export function createOperator(deployment: Deployment, node = 0): Operator {
  const socketPath = deployment.nodes[node]?.controlSocket ?? '';
  return {
    deployment,
    node,
    json: async (method, path, body) => {
      const headers = {
        host: 'localhost',
        accept: 'application/json',
        'x-countersign-request': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      return toSeen(
        await exchange(
          { socketPath },
          { method, path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
        ),
      );
    },
  };
}
