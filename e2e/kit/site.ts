import type { Browser } from 'playwright-core';
import {
  startDeployment,
  type Deployment,
  type DeploymentOptions,
} from '@countersign/testkit/deployment/start-deployment';
import { createOperator, type Operator } from '@countersign/testkit/verbs/operator';
import { setup } from '@countersign/testkit/verbs/setup';
import { openBrowser } from './browser.ts';

/** A deployment, its operator, and a browser to look at it with. */
export interface Site {
  readonly deployment: Deployment;
  readonly operator: Operator;
  readonly browser: Browser;
  /** Makes the first owner, without a browser. */
  readonly setUp: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A new deployment, not set up yet. */
export async function openNewSite(options: DeploymentOptions = {}): Promise<Site> {
  const deployment = await startDeployment(options);
  const browser = await openBrowser();
  return {
    deployment,
    operator: createOperator(deployment),
    browser,
    setUp: async () => {
      await setup.firstOwner(deployment, { factor: 'passkey' });
    },
    close: async () => {
      await browser.close();
      await deployment.stop();
    },
  };
}

/** The same with an owner. */
export async function openSite(options: DeploymentOptions = {}): Promise<Site> {
  const site = await openNewSite(options);
  await site.setUp();
  return site;
}
