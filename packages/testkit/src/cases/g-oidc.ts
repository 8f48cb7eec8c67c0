import { admin } from '../verbs/admin.ts';
import { factor } from '../verbs/factor.ts';
import { login } from '../verbs/login.ts';
import { oidc } from '../verbs/oidc.ts';
import type { Authorized, Parameters } from '../verbs/oidc/authorize.ts';
import type { Client } from '../verbs/oidc/client.ts';
import type { Tokens } from '../verbs/oidc/tokens.ts';
import type { Person } from '../verbs/person.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { recorded } from './expect.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** Synced keys have no counter, so that a person may sign in in two browsers at once. */
export const member = (stage: Stage, random: Random, name: string, more: object = {}): Promise<Person> =>
  stage.person({ login: `${name}-${random.word(6)}`, passkey: { counter: 'zero', backupEligible: true, backedUp: true }, ...more });

const OFFLINE: Parameters = { scope: 'openid offline_access', prompt: 'consent' };

/** A code for a person in a browser of their own, or in the one given. */
export async function newCode(stage: Stage, client: Client, person: Person, changes: Parameters = {}, visitor: Visitor = createVisitor(stage.deployment)): Promise<Authorized & { readonly code: string }> {
  const authorized = await oidc.authorize(visitor, client, person, changes);
  check(authorized.code !== null, `no code: ${authorized.error ?? brief(authorized.seen)}`);
  return { ...authorized, code: authorized.code };
}

async function newTokens(stage: Stage, client: Client, person: Person, visitor?: Visitor): Promise<Tokens> {
  const tokens = await oidc.redeem(stage.deployment, client, await newCode(stage, client, person, OFFLINE, visitor));
  check(tokens.accessToken !== null && tokens.refreshToken !== null, `no tokens: ${brief(tokens.seen)}`);
  return tokens;
}

const invalidGrant = ({ seen, error, accessToken }: Tokens, what: string): void => {
  check(accessToken === null, `${what} gave a token`);
  check(seen.status === 400 && error === 'invalid_grant', `${what} answered ${brief(seen)}`);
};

async function dead(stage: Stage, client: Client, tokens: Tokens, what: string): Promise<void> {
  check(!(await oidc.isActive(stage.deployment, client, tokens.accessToken)), `${what}: the access token is alive`);
  check((await oidc.userinfo(stage.deployment, tokens.accessToken)).status === 401, `${what}: userinfo still answers`);
  invalidGrant(await oidc.refresh(stage.deployment, client, tokens.refreshToken), `${what}: the refresh token`);
}

const codeTwice: Case = {
  id: 'S-53',
  title: 'a code is redeemed once',
  clock: 'real',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const [client, person] = [await oidc.register(operator), await member(stage, random, 'code')];
    const first = await newCode(stage, client, person, OFFLINE);
    const tokens = await oidc.redeem(deployment, client, first);
    check(await oidc.isActive(deployment, client, tokens.accessToken), 'the first redemption gave no living token');
    invalidGrant(await oidc.redeem(deployment, client, first), 'the code again');
    await dead(stage, client, tokens, 'after the replay');
    await recorded(stage, { type: 'oidc.code_replayed' });

    const raced = await newCode(stage, client, person, OFFLINE);
    const answers = await Promise.all(Array.from({ length: 50 }, () => oidc.redeem(deployment, client, raced)));
    const winners = answers.filter(({ seen }) => seen.status === 200);
    equal(winners.length, 1, 'successes of fifty parallel redemptions');
    for (const answer of answers) if (answer.seen.status !== 200) invalidGrant(answer, 'a loser of the race');
    for (const winner of winners) await dead(stage, client, winner, 'after the race');
  },
};

const boundCode: Case = {
  id: 'S-54',
  title: 'a code belongs to its app, address and verifier',
  clock: 'real',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const person = await member(stage, random, 'bound');
    const client = await oidc.register(operator, { metadata: { redirect_uris: ['https://bound.example.test/cb', 'https://bound.example.test/other'] } });
    const thief = await oidc.register(operator, { metadata: { redirect_uris: ['https://bound.example.test/cb', 'https://thief.example.test/cb'] } });
    const code = await newCode(stage, client, person);
    invalidGrant(await oidc.redeem(deployment, thief, code), 'the code at another app');
    invalidGrant(await oidc.redeem(deployment, client, code, { redirect_uri: 'https://bound.example.test/other' }), 'another address of the same app');
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
    for (const changes of [{ code_challenge_method: 'plain' }, { code_challenge: null, code_challenge_method: null }, { code_challenge_method: null }] satisfies Parameters[]) {
      const answer = await oidc.authorize(createVisitor(deployment), client, person, changes);
      check(answer.code === null, `a request with ${JSON.stringify(changes)} got a code`);
    }
    const other = await newCode(stage, client, person);
    invalidGrant(await oidc.redeem(deployment, client, { code: other.code, request: code.request }), "another request's verifier");
  },
};

const refreshRace: Case = {
  id: 'S-55',
  title: 'a refresh token is used once',
  clock: 'real',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const [client, person] = [await oidc.register(operator), await member(stage, random, 'fresh')];
    const tokens = await newTokens(stage, client, person);
    const answers = await Promise.all(Array.from({ length: 50 }, () => oidc.refresh(deployment, client, tokens.refreshToken)));
    const winners = answers.filter(({ seen }) => seen.status === 200);
    equal(winners.length, 1, 'successes of fifty parallel refreshes');
    for (const winner of winners) await dead(stage, client, winner, 'after the race');

    const first = await newTokens(stage, client, person);
    const second = await oidc.refresh(deployment, client, first.refreshToken);
    const third = await oidc.refresh(deployment, client, second.refreshToken);
    check(await oidc.isActive(deployment, client, third.accessToken), 'refreshing in turn does not work');
    invalidGrant(await oidc.refresh(deployment, client, first.refreshToken), 'the oldest refresh token');
    await dead(stage, client, third, 'after the reuse');
    await recorded(stage, { type: 'oidc.refresh_reused' });
  },
};

const refreshAfter: Case = {
  id: 'S-56',
  title: 'refreshing ends with what the grant stood on',
  clock: 'real',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const client = await oidc.register(operator);
    const ends: readonly (readonly [string, object, (person: Person, home: Visitor) => Promise<unknown>])[] = [
      ['disabling', {}, (person) => admin.disable(operator, person.id)],
      ['losing a role', { roles: ['auditor'] }, (person) => admin.update(operator, person.id, { roles: [] })],
      ['ending all sessions', {}, (person) => admin.endSessions(operator, person.id)],
      ['signing out', {}, (_person, home) => home.post('/signout', {})],
      [
        'removing a factor elsewhere',
        { password: true, totp: true },
        async (person) => {
          const { visitor } = await login.full(deployment, person, { by: 'passkey' });
          const phone = (await factor.list(visitor)).find(({ name }) => name === 'Phone');
          check(phone !== undefined, 'the page lists no app');
          const seen = await factor.remove(visitor, phone.id);
          check(seen.location === '/?done=removed', `the factor was not removed: ${brief(seen)}`);
        },
      ],
    ];
    for (const [what, more, end] of ends) {
      const person = await member(stage, random, 'after', more);
      const home = createVisitor(deployment);
      const first = await newTokens(stage, client, person, home);
      const tokens = await oidc.refresh(deployment, client, first.refreshToken);
      check(tokens.accessToken !== null, `${what}: the refresh before it failed: ${brief(tokens.seen)}`);
      await end(person, home);
      await dead(stage, client, tokens, `after ${what}`);
    }
  },
};

/** Addresses that are almost the registered one. */
function almost(registered: string): readonly string[] {
  const { host, pathname } = new URL(registered);
  return [
    `${registered}/`,
    `${registered}x`,
    `${registered}/../evil`,
    `${registered}?x=1`,
    `${registered}?`,
    `${registered}#`,
    `${registered}#x`,
    `https://${host}.evilexample.test${pathname}`,
    `https://evil${host}${pathname}`,
    `https://${host}@evilexample.test${pathname}`,
    `https://evilexample.test@${host}${pathname}`,
    `https://evilexample.test:x@${host}${pathname}`,
    `https://${host}\\@evilexample.test${pathname}`,
    `https:\\\\${host}${pathname}`,
    `https://evilexample.test\\${host}${pathname}`,
    `https://${host}%2f${pathname.slice(1)}`,
    `https://${host}/%2fevilexample.test`,
    `https://${host}${pathname.replace('c', '%63')}`,
    `https://${host}/%2e%2e${pathname}`,
    `https://${host}:443${pathname}`,
    `https://${host}:8443${pathname}`,
    `http://${host}${pathname}`,
    `HTTPS://${host}${pathname}`,
    `https://${host.toUpperCase()}${pathname}`,
    `https://${host}.${pathname}`,
    `https://${host.replace('a', 'а')}${pathname}`,
    `https://xn--${host}${pathname}`,
    `https:/${host}${pathname}`,
    `https:${host}${pathname}`,
    `//${host}${pathname}`,
    pathname,
    `https://localhost${pathname}`,
    `http://localhost${pathname}`,
    `http://127.0.0.1${pathname}`,
    `http://127.1${pathname}`,
    `http://[::1]${pathname}`,
    `http://0.0.0.0${pathname}`,
    `https://localhost.evilexample.test${pathname}`,
    'javascript:alert(1)',
    'data:text/html,x',
    'https://evilexample.test/cb',
    ` ${registered}`,
    `${registered} `,
    `${registered}\n`,
    `${registered}\u0000`,
    `${registered}%00`,
    `${registered};x`,
    `${registered}*`,
    '',
  ];
}

const redirects: Case = {
  id: 'S-57',
  title: 'addresses that are almost registered',
  clock: 'real',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const person = await member(stage, random, 'redir');
    const client = await oidc.register(operator, { metadata: { redirect_uris: ['https://redir.example.test/cb', 'http://127.0.0.1:9876/cb'] } });
    const visitor = createVisitor(deployment);
    await newCode(stage, client, person, {}, visitor);
    for (const signedIn of [visitor, createVisitor(deployment)]) {
      for (const redirectUri of [...almost('https://redir.example.test/cb'), 'http://127.0.0.1:9877/cb', 'http://localhost:9876/cb', null]) {
        const { path } = oidc.request(client, { redirect_uri: redirectUri });
        const seen = await signedIn.get(path);
        check(seen.location === null && seen.status === 400 && seen.page !== null, `the address ${JSON.stringify(redirectUri)} answered ${brief(seen)}`);
      }
      const twice = `${oidc.request(client).path}&redirect_uri=${encodeURIComponent('https://evilexample.test/cb')}`;
      const seen = await signedIn.get(twice);
      check(seen.location === null || !seen.location.includes('evilexample'), `two addresses answered ${brief(seen)}`);
      check(seen.status >= 400, `two addresses went on: ${brief(seen)}`);
    }
  },
};

export const OIDC_CODES: readonly Case[] = [codeTwice, boundCode, refreshRace, refreshAfter, redirects];
