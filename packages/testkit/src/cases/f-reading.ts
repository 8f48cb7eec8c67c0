import { admin, member } from '../verbs/admin.ts';
import { enrol } from '../verbs/enrol.ts';
import { factor } from '../verbs/factor.ts';
import { login } from '../verbs/login.ts';
import { oidc } from '../verbs/oidc.ts';
import { held } from '../verbs/person.ts';
import { recover } from '../verbs/recover.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { refused } from './expect.ts';
import { factorsOf } from './factors.ts';
import { apiOperations } from './known-routes.ts';
import { holder, typist } from './people.ts';

const marks: Case = {
  id: 'S-46',
  title: 'nobody marks their own address as verified, or a factor as theirs',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const [person, other] = [await holder(stage, random, 'mark'), await holder(stage, random, 'mark2')];
    const helper = await holder(stage, random, 'mark3', { roles: ['administrator'] });
    const { visitor } = await login.full(deployment, person);
    const before = [await factorsOf(stage, person), await factorsOf(stage, other)];
    const [own] = await factor.list(visitor);
    check(own !== undefined, 'the page lists no factor');
    const claims = [
      { email_verified: true },
      { emailVerified: true },
      { phone_verified: true },
      { phone: '+15550100' },
      { roles: ['owner'], owner: true },
      { factors: [{ id: own.id, accountId: other.id }] },
    ];
    for (const claim of claims) {
      const asPerson = await admin.update(visitor, person.id, claim);
      check(asPerson.status === 403, `a person setting ${JSON.stringify(claim)}: ${brief(asPerson)}`);
    }
    const { visitor: desk } = await login.full(deployment, helper);
    for (const claim of claims) {
      const asHelper = await admin.update(desk, person.id, claim);
      check(
        [400, 403].includes(asHelper.status),
        `a helper setting ${JSON.stringify(claim)}: ${brief(asHelper)}`,
      );
    }
    for (const field of ['accountId', 'owner', 'user', 'person']) {
      refused(
        await visitor.post(`/account/factors/${own.id}/rename`, { name: 'x', [field]: other.id }),
        `renaming with ${field}`,
      );
      refused(
        await visitor.post('/enrol/password', { password: 'copper-violet-lake-8', [field]: other.id }),
        `a password with ${field}`,
      );
    }
    equal([await factorsOf(stage, person), await factorsOf(stage, other)], before, 'factors afterwards');
    equal(member(await admin.person(operator, person.id), 'roles'), [], 'roles afterwards');
  },
};

const canaries: Case = {
  id: 'S-49',
  title: 'whoever may read, reads no secret',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const victim = await typist(stage, random, 'canary', {
      recoveryCodes: true,
      passkey: true,
      roles: ['auditor'],
    });
    const home = (await login.full(deployment, victim)).visitor;
    const offered = await enrol.offerTotp(home);
    const app = await oidc.register(operator);
    const pass = await recover.temporaryPass(operator, victim.id);
    const link = await recover.link(operator, victim.id);
    const seed = /secret=([A-Z2-7]+)/.exec(offered?.seen.body ?? '')?.[1];
    const secrets = [
      held(victim.password, 'password'),
      held(app.secret, 'client secret'),
      held(home.jar.get('__Host-cs-session'), 'session'),
      held(home.jar.get('__Host-cs-browser'), 'browser key'),
      pass,
      pass.replaceAll('-', ''),
      link.split('/').at(-1) ?? '',
      ...victim.recoveryCodes,
      ...(seed === undefined ? [] : [seed]),
    ];
    const ids = { people: victim.id, apps: app.id };
    const { visitor: auditor } = await login.full(
      deployment,
      await holder(stage, random, 'viewer', { roles: ['auditor'] }),
    );
    const { visitor: helper } = await login.full(
      deployment,
      await holder(stage, random, 'helper', { roles: ['administrator'] }),
    );
    let answered = 0;
    for (const caller of [auditor, helper, operator]) {
      for (const { method, path } of await apiOperations(deployment, ids)) {
        if (method !== 'GET') continue;
        const seen = await caller.json('GET', path);
        if (seen.status === 200) answered += 1;
        const said = [seen.body, ...Object.values(seen.headers)].join('\n');
        for (const secret of secrets)
          check(!said.includes(secret), `GET ${path} tells a secret (${secret.slice(0, 4)}…)`);
      }
    }
    check(answered > 15, `only ${answered} routes answered`);
    const logged = deployment.nodes[0]?.said() ?? '';
    for (const secret of secrets)
      check(!logged.includes(secret), `the node's log tells a secret (${secret.slice(0, 4)}…)`);
    equal((await createVisitor(deployment).get('/readyz')).status, 200, 'readiness afterwards');
  },
};

export const READING: readonly Case[] = [marks, canaries];
