import { startDeployment } from '@countersign/testkit/deployment/start-deployment';
import { enrol } from '@countersign/testkit/verbs/enrol';
import { login } from '@countersign/testkit/verbs/login';
import { oidc } from '@countersign/testkit/verbs/oidc';
import { createOperator } from '@countersign/testkit/verbs/operator';
import { setup } from '@countersign/testkit/verbs/setup';
import { perSecond, type Bench, type Figure } from './figures.ts';
import { costOf } from './node-cost.ts';

const COUNT = 60;

/** The OpenID Connect door over HTTP, one request after another, with a session at hand. */
export const oidcBench: Bench = {
  name: 'oidc',
  says: 'code + PKCE with a session, refresh, userinfo and introspection over HTTP; durable and audited',
  run: async () => {
    const deployment = await startDeployment();
    try {
      await setup.firstOwner(deployment);
      const operator = createOperator(deployment);
      const person = await enrol.person(operator, { login: 'ana', passkey: true });
      const client = await oidc.register(operator);
      const { visitor } = await login.full(deployment, person);
      const code = async () =>
        oidc.redeem(
          deployment,
          client,
          await oidc.authorize(visitor, client, person, { scope: 'openid offline_access', prompt: null }),
        );
      let tokens = await code();
      if (tokens.accessToken === null)
        throw new Error(`the bench got no token: ${tokens.error ?? 'no error either'}`);
      const figures: Figure[] = [];
      const measure = async (name: string, work: () => Promise<unknown>): Promise<void> => {
        for (let i = 0; i < 10; i++) await work();
        const cost = await costOf(deployment, async () => {
          for (let i = 0; i < COUNT; i++) await work();
        });
        figures.push(perSecond(`oidc.${name}.serial`, COUNT, cost.elapsedMs));
        figures.push({
          name: `oidc.${name}.cpu`,
          value: Math.round((cost.cpuMs / COUNT) * 100) / 100,
          unit: 'ms',
        });
        figures.push({
          name: `oidc.${name}.statements`,
          value: Math.round((cost.statements / COUNT) * 10) / 10,
          unit: 'each',
        });
      };
      await measure('code', async () => {
        tokens = await code();
      });
      await measure('userinfo', () => oidc.userinfo(deployment, tokens.accessToken));
      await measure('introspection', () => oidc.introspect(deployment, client, tokens.accessToken));
      return figures;
    } finally {
      await deployment.stop();
    }
  },
};
