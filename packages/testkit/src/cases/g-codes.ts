import { oidc } from '../verbs/oidc.ts';
import type { Parameters } from '../verbs/oidc/authorize.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { recorded } from './expect.ts';
import { dead, invalidGrant, newCode, OFFLINE } from './g-tokens.ts';
import { synced } from './people.ts';

const codeTwice: Case = {
  id: 'S-53',
  title: 'a code is redeemed once',
  on: 'real',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const [client, person] = [await oidc.register(operator), await synced(stage, random, 'code')];
    const first = await newCode(stage, client, person, OFFLINE);
    const tokens = await oidc.redeem(deployment, client, first);
    check(
      await oidc.isActive(deployment, client, tokens.accessToken),
      'the first redemption gave no living token',
    );
    invalidGrant(await oidc.redeem(deployment, client, first), 'the code again');
    await dead(stage, client, tokens, 'after the replay');
    await recorded(stage, { type: 'oidc.code_replayed' });

    const raced = await newCode(stage, client, person, OFFLINE);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => oidc.redeem(deployment, client, raced)),
    );
    const winners = answers.filter(({ seen }) => seen.status === 200);
    equal(winners.length, 1, 'successes of fifty parallel redemptions');
    for (const answer of answers) if (answer.seen.status !== 200) invalidGrant(answer, 'a loser of the race');
    for (const winner of winners) await dead(stage, client, winner, 'after the race');
  },
};

const boundCode: Case = {
  id: 'S-54',
  title: 'a code belongs to its app, address and verifier',
  on: 'real',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const person = await synced(stage, random, 'bound');
    const client = await oidc.register(operator, {
      metadata: { redirect_uris: ['https://bound.example.test/cb', 'https://bound.example.test/other'] },
    });
    const thief = await oidc.register(operator, {
      metadata: { redirect_uris: ['https://bound.example.test/cb', 'https://thief.example.test/cb'] },
    });
    const code = await newCode(stage, client, person);
    invalidGrant(await oidc.redeem(deployment, thief, code), 'the code at another app');
    invalidGrant(
      await oidc.redeem(deployment, client, code, { redirect_uri: 'https://bound.example.test/other' }),
      'another address of the same app',
    );
    for (const [what, changes] of [
      ['no verifier', { code_verifier: null }],
      ['another verifier', { code_verifier: oidc.makePkce().verifier }],
      ['the challenge as verifier', { code_verifier: code.request.pkce.challenge }],
      ['no address', { redirect_uri: null }],
      ['a shortened code', { code: code.code.slice(0, -1) }],
      ['a lengthened code', { code: `${code.code}A` }],
    ] as const) {
      const answer = await oidc.redeem(deployment, client, code, changes);
      check(answer.accessToken === null && answer.seen.status === 400, `${what}: ${brief(answer.seen)}`);
    }
    for (const changes of [
      { code_challenge_method: 'plain' },
      { code_challenge: null, code_challenge_method: null },
      { code_challenge_method: null },
    ] satisfies Parameters[]) {
      const answer = await oidc.authorize(createVisitor(deployment), client, person, changes);
      check(answer.code === null, `a request with ${JSON.stringify(changes)} got a code`);
    }
    const other = await newCode(stage, client, person);
    invalidGrant(
      await oidc.redeem(deployment, client, { code: other.code, request: code.request }),
      "another request's verifier",
    );
  },
};

export const CODE_CASES: readonly Case[] = [codeTwice, boundCode];
