import { admin } from '../verbs/admin.ts';
import { factor } from '../verbs/factor.ts';
import { login } from '../verbs/login.ts';
import { oidc } from '../verbs/oidc.ts';
import type { Person } from '../verbs/person.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { recorded } from './expect.ts';
import { dead, invalidGrant, newTokens } from './g-tokens.ts';
import { synced } from './people.ts';

const refreshRace: Case = {
  id: 'S-55',
  title: 'a refresh token is used once',
  on: 'real',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const [client, person] = [await oidc.register(operator), await synced(stage, random, 'fresh')];
    const tokens = await newTokens(stage, client, person);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => oidc.refresh(deployment, client, tokens.refreshToken)),
    );
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
  on: 'real',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const client = await oidc.register(operator);
    const ends: readonly (readonly [string, object, (person: Person, home: Visitor) => Promise<unknown>])[] =
      [
        ['disabling', {}, (person) => admin.disable(operator, person.id)],
        [
          'losing a role',
          { roles: ['auditor'] },
          (person) => admin.update(operator, person.id, { roles: [] }),
        ],
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
      const person = await synced(stage, random, 'after', more);
      const home = createVisitor(deployment);
      const first = await newTokens(stage, client, person, home);
      const tokens = await oidc.refresh(deployment, client, first.refreshToken);
      check(tokens.accessToken !== null, `${what}: the refresh before it failed: ${brief(tokens.seen)}`);
      await end(person, home);
      await dead(stage, client, tokens, `after ${what}`);
    }
  },
};

export const REFRESH: readonly Case[] = [refreshRace, refreshAfter];
