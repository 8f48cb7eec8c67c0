import { setTimeout as sleep } from 'node:timers/promises';
import { login } from '../verbs/login.ts';
import { oidc } from '../verbs/oidc.ts';
import type { Authorized, Parameters } from '../verbs/oidc/authorize.ts';
import type { Client } from '../verbs/oidc/client.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { newCode } from './g-tokens.ts';
import { synced, typist } from './people.ts';
import type { Stage } from './stage.ts';

const STRONG = 'urn:countersign:acr:phishing-resistant';
const essential = (acr: string): string =>
  JSON.stringify({ id_token: { acr: { essential: true, values: [acr] } } });

async function claims(
  stage: Stage,
  client: Client,
  authorized: Authorized & { readonly code: string },
): Promise<Readonly<Record<string, unknown>>> {
  const { idToken, seen } = await oidc.redeem(stage.deployment, client, authorized);
  check(idToken !== null, `no ID token: ${brief(seen)}`);
  return oidc.claimsOf(idToken);
}

const methodsIn = ({ amr }: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Array.isArray(amr) ? amr : [];

const assurance: Case = {
  id: 'S-58',
  title: 'what an app asks of the sign-in is done, and what was done is said',
  on: 'real',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const client = await oidc.register(operator);
    const key = await synced(stage, random, 'acr');
    const code = await typist(stage, random, 'acr2');

    // A password alone leads nowhere, whatever was asked.
    const pending = await login.withPassword(createVisitor(deployment), code);
    for (const changes of [
      {},
      { prompt: 'none' },
      { acr_values: 'urn:countersign:acr:mfa' },
      { acr_values: '0' },
      { claims: essential('urn:countersign:acr:mfa') },
    ] satisfies Parameters[]) {
      const answer = await oidc.authorize(pending.visitor, client, null, changes);
      check(answer.code === null, `a password alone got a code with ${JSON.stringify(changes)}`);
    }
    const begun = await createVisitor(deployment).get(oidc.request(client).path);
    check(
      begun.location?.includes('/signin/') === true,
      `a request without a session answered ${brief(begun)}`,
    );

    // Password and code: mfa, and never more.
    const typing = createVisitor(deployment);
    const typed = await claims(stage, client, await newCode(stage, client, code, {}, typing));
    equal(typed['acr'], 'urn:countersign:acr:mfa-no-sms', 'acr of password and code');
    check(
      methodsIn(typed).includes('pwd') && methodsIn(typed).includes('otp'),
      `amr of password and code: ${JSON.stringify(typed['amr'])}`,
    );
    const wish = await oidc.authorize(typing, client, code, { acr_values: STRONG });
    if (wish.code !== null)
      check(
        (await claims(stage, client, { ...wish, code: wish.code }))['acr'] !== STRONG,
        'a wish for more was answered with more than was done',
      );
    for (const prompt of [null, 'none']) {
      const unmet = await oidc.authorize(typing, client, code, { claims: essential(STRONG), prompt });
      check(
        unmet.code === null,
        `an essential acr that the person cannot meet got a code (prompt ${prompt})`,
      );
      check(
        unmet.error !== null,
        `an essential acr that cannot be met was not answered to the app: ${brief(unmet.seen)}`,
      );
    }

    // A passkey: phishing-resistant, essential or not.
    const home = createVisitor(deployment);
    const first = await claims(
      stage,
      client,
      await newCode(stage, client, key, { claims: essential(STRONG) }, home),
    );
    equal(first['acr'], STRONG, 'the essential acr');
    const silent = await oidc.authorize(home, client, null, { prompt: 'none' });
    check(silent.code !== null, `a session was not used: ${silent.error ?? brief(silent.seen)}`);

    // A fresh sign-in when one is asked for.
    await sleep(2_100);
    for (const changes of [{ prompt: 'login' }, { max_age: '0' }, { max_age: '1' }] satisfies Parameters[]) {
      const asked = Math.floor(Date.now() / 1_000);
      const again = await newCode(stage, client, key, changes, home);
      check(again.proofs === 1, `${JSON.stringify(changes)} asked for ${again.proofs} proofs`);
      const said = await claims(stage, client, again);
      check(
        typeof said['auth_time'] === 'number' && said['auth_time'] >= asked - 1,
        `${JSON.stringify(changes)}: auth_time ${String(said['auth_time'])} lies before the request at ${asked}`,
      );
      await sleep(2_100);
    }
    const old = await oidc.authorize(home, client, null, { prompt: 'none', max_age: '1' });
    equal(old.error, 'login_required', 'prompt=none with a session that is too old');
    equal(
      (await oidc.authorize(createVisitor(deployment), client, null, { prompt: 'none' })).error,
      'login_required',
      'prompt=none without a session',
    );
    const other = await oidc.authorize(home, client, null, {
      prompt: 'none',
      claims: JSON.stringify({ id_token: { sub: { essential: true, value: 'somebody-else' } } }),
    });
    check(other.code === null, 'a demand for another subject got a code');
  },
};

export const ASSURANCE: readonly Case[] = [assurance];
