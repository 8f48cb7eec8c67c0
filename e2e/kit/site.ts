import type { Browser } from 'playwright-core';
import { startDeployment, type Deployment, type DeploymentOptions } from '@countersign/testkit/deployment/start-deployment';
import { createOperator, type Operator } from '@countersign/testkit/verbs/operator';
import { setup } from '@countersign/testkit/verbs/setup';
import { openBrowser } from './browser.ts';

/** A deployment that is set up, its operator, and a browser to look at it with. */
export interface Site {
  readonly deployment: Deployment;
  readonly operator: Operator;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

export async function openSite(options: DeploymentOptions = {}): Promise<Site> {
  const deployment = await startDeployment(options);
  const browser = await openBrowser();
  await setup.firstOwner(deployment, { factor: 'passkey' });
  return {
    deployment,
    operator: createOperator(deployment),
    browser,
    close: async () => {
      await browser.close();
      await deployment.stop();
    },
  };
}
