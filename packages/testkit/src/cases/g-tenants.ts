import { isSignedIn, login } from '../verbs/login.ts';
import { oidc } from '../verbs/oidc.ts';
import { held } from '../verbs/person.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check } from './case.ts';
import { SESSION } from './expect.ts';
import { newCode, newTokens } from './g-tokens.ts';
import { synced } from './people.ts';

const tenants: Case = {
  id: 'S-62',
  title: "another deployment's tokens, cut tokens, empty secrets",
  on: 'real',
  seeds: 1,
  run: async (stage, random, world) => {
    const { deployment, operator } = stage;
    const other = (await world.shared('controlled')).deployment;
    const [client, person] = [await oidc.register(operator), await synced(stage, random, 'tenant')];
    const home = createVisitor(deployment);
    const tokens = await newTokens(stage, client, person, home);
    const access = held(tokens.accessToken, 'access token');
    check((await oidc.userinfo(deployment, access)).status === 200, 'the token does not work at home');
    check((await oidc.userinfo(other, access)).status === 401, 'the token works at another deployment');
    const session = held(home.jar.get(SESSION), 'session');
    const abroad = createVisitor(other);
    abroad.jar.set(SESSION, session);
    check(!(await isSignedIn(abroad)), 'the session works at another deployment');

    for (const [what, value] of [
      ['shortened', access.slice(0, -1)],
      ['lengthened', `${access}A`],
      ['halved', access.slice(0, access.length / 2)],
      ['with a blank', `${access} `],
      ['with a nought byte', `${access}%00`],
      ['in other case', access.toUpperCase()],
      ['empty', ''],
    ] as const) {
      const seen = await oidc.userinfo(deployment, value);
      // A blank at the end of a header is not part of it (RFC 9110 §5.5).
      check(what === 'with a blank' || seen.status >= 400, `an access token ${what} answered ${brief(seen)}`);
    }
    for (const value of [session.slice(0, -1), `${session}A`, session.toLowerCase()]) {
      const visitor = createVisitor(deployment);
      visitor.jar.set(SESSION, value);
      check(!(await isSignedIn(visitor)), 'a cut or lengthened session works');
    }
    const secret = held(client.secret, 'client secret');
    for (const [what, wrong] of [
      ['an empty secret', ''],
      ['a shortened secret', secret.slice(0, -1)],
      ['a lengthened secret', `${secret}A`],
      ['a secret in other case', secret.toUpperCase()],
    ] as const) {
      for (const as of ['basic', 'post'] as const) {
        const code = await newCode(stage, client, person, {}, home);
        const answer = await oidc.redeem(deployment, { ...client, secret: wrong }, code, {}, { as });
        check(
          answer.accessToken === null && answer.seen.status >= 400,
          `${what} (${as}) answered ${brief(answer.seen)}`,
        );
      }
    }
    const bare = await oidc.redeem(
      deployment,
      { ...client, secret: null },
      await newCode(stage, client, person, {}, home),
    );
    check(bare.accessToken === null, 'no secret at all gave a token');
    check((await login.full(deployment, person)).granted, 'the person cannot sign in afterwards');
  },
};

export const TENANTS: readonly Case[] = [tenants];
