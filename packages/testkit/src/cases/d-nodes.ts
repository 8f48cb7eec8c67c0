import { setTimeout as sleep } from 'node:timers/promises';
import { admin } from '../verbs/admin.ts';
import { freshCode } from '../verbs/fresh-code.ts';
import { isSignedIn, login } from '../verbs/login.ts';
import { oidc } from '../verbs/oidc.ts';
import { held } from '../verbs/person.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { type Case, check, equal } from './case.ts';
import { newTokens } from './g-tokens.ts';
import { pending, synced, typist } from './people.ts';

const NODES = [0, 1, 2] as const;

const raced: Case = {
  id: 'S-02',
  title: 'one code raced from fifty sign-ins over three nodes',
  on: 'nodes',
  seeds: 1,
  run: async (stage, random) => {
    const victim = await typist(stage, random, 'race');
    const attempts = await pending(stage, victim, 50, () => random.pick(NODES));
    const code = await freshCode(stage.deployment, held(victim.totp, 'app'));
    await Promise.all(attempts.map((attempt) => login.totp(attempt, code)));
    const opened = await Promise.all(attempts.map(({ visitor }) => isSignedIn(visitor)));
    equal(opened.filter((open) => open).length, 1, 'browsers signed in');
  },
};

/** The bound of I-31; the case names it, so it may be measured. */
const LIMIT_MS = 5_000;

async function deadEverywhere(browsers: readonly Visitor[], what: string): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  for (const [place, browser] of browsers.entries()) {
    while (await isSignedIn(browser)) {
      check(Date.now() < deadline, `${what}: the session of browser ${place} is alive after five seconds`);
      await sleep(100);
    }
  }
}

const revoked: Case = {
  id: 'S-33',
  title: 'what is revoked is dead on every node',
  on: 'nodes',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const client = await oidc.register(operator);
    const acts = [
      ['signing out', {}, (_id: string, home: Visitor) => home.post('/signout', {})],
      ['disabling', {}, (id: string) => admin.disable(operator, id)],
      ['losing a role', { roles: ['auditor'] }, (id: string) => admin.update(operator, id, { roles: [] })],
      ['containing', {}, (id: string) => admin.endSessions(operator, id)],
    ] as const;
    for (const [what, more, act] of acts) {
      const person = await synced(stage, random, 'gone', more);
      const home = createVisitor(deployment, { node: 0 });
      const tokens = await newTokens(stage, client, person, home);
      // The same session at each node, and used there, so that whatever a node may remember it does.
      const browsers = NODES.map((node) => home.copy({ node }));
      for (const browser of browsers)
        equal((await browser.get('/')).status, 200, `${what}: the portal before it`);
      await act(person.id, home);
      await deadEverywhere(browsers, what);
      for (const node of NODES) {
        const refreshed = await oidc.refresh(deployment, client, tokens.refreshToken, { node });
        check(refreshed.accessToken === null, `${what}: node ${node} still refreshes`);
      }
      check(
        !(await oidc.isActive(deployment, client, tokens.accessToken)),
        `${what}: the access token is alive`,
      );
    }
  },
};

export const NODES_CASES: readonly Case[] = [raced, revoked];
