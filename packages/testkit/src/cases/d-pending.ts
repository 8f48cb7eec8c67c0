import { freshCode } from '../verbs/fresh-code.ts';
import { login } from '../verbs/login.ts';
import { held } from '../verbs/person.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check } from './case.ts';
import { noGrant, refused, SESSION, wentOn } from './expect.ts';
import { apiRoutes, OIDC, PAGES } from './known-routes.ts';
import { sendsToSignIn, transactionSecrets } from './traces.ts';
import { typist } from './people.ts';

const pendingEverywhere: Case = {
  id: 'S-27',
  title: 'a password alone opens nothing',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'pend', { roles: ['administrator'] });
    const { visitor, id } = await login.withPassword(createVisitor(deployment), victim);
    // The pending secret also where sessions and tokens live.
    const [secret = ''] = transactionSecrets(visitor);
    const disguised = visitor.copy({ headers: { authorization: `Bearer ${secret}` } });
    disguised.jar.set(SESSION, secret);
    for (const browser of [visitor, disguised]) {
      for (const { method, path } of [...PAGES, ...OIDC]) {
        const seen = method === 'GET' ? await browser.get(path) : await browser.post(path, {});
        check(seen.status >= 400 || sendsToSignIn(seen), `${method} ${path} answered ${brief(seen)}`);
      }
      for (const { method, path } of await apiRoutes(deployment)) {
        const seen = await browser.json(
          method,
          path,
          method === 'GET' || method === 'DELETE' ? undefined : {},
        );
        const open = path === '/api/v1/openapi.json';
        check(
          open || seen.status === 401 || seen.status === 403,
          `${method} ${path} answered ${brief(seen)}`,
        );
      }
    }
    await noGrant(visitor, 'after calling everything');
    wentOn(
      await login.totp({ visitor, id }, await freshCode(deployment, held(victim.totp, 'app'))),
      'the challenge itself',
    );
  },
};

const replayedStep: Case = {
  id: 'S-28',
  title: 'nothing of the password step is a credential',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'step');
    const visitor = createVisitor(deployment);
    const attempt = await login.start(visitor);
    const answers = [
      visitor.last(),
      await login.show(attempt),
      await login.name(attempt, victim.login),
      await login.show(attempt),
      await login.password(attempt, held(victim.password, 'password')),
      await login.show(attempt),
    ];
    const texts = answers.flatMap((seen) =>
      seen === null ? [] : [seen.body, ...Object.values(seen.headers), ...seen.setCookies],
    );
    const values = new Set(texts.flatMap((text) => text.match(/[A-Za-z0-9_-]{20,}/g) ?? []));
    check(values.size > 3, 'the password step said nothing that could be replayed');
    for (const value of values) {
      const thief = createVisitor(deployment);
      for (const name of [SESSION, '__Host-cs-browser', 'session', 'token']) thief.jar.set(name, value);
      check(
        sendsToSignIn(await thief.get('/')),
        `the value ${value.slice(0, 8)}… as a cookie opened the portal`,
      );
      for (const scheme of ['Bearer', 'DPoP', 'Basic']) {
        const seen = await thief.raw('GET', '/api/v1/me', {
          authorization: `${scheme} ${value}`,
          accept: 'application/json',
        });
        check(
          seen.status === 401 || seen.status === 403 || seen.status === 404,
          `the value ${value.slice(0, 8)}… as ${scheme} answered ${brief(seen)}`,
        );
      }
      const info = await thief.raw('GET', '/oidc/userinfo', { authorization: `Bearer ${value}` });
      check(info.status >= 400, `the value ${value.slice(0, 8)}… opened userinfo`);
    }
  },
};

const STAGES = ['name', 'password', 'totp', 'passkey', 'recovery-code', 'temporary-pass'] as const;

const emptyPosts: Case = {
  id: 'S-29',
  title: 'empty and odd forms at every stage',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'empty', { passkey: true, recoveryCodes: true });
    const pelt = async (visitor: Visitor, id: string, what: string): Promise<void> => {
      const before = await visitor.get(`/signin/${id}`);
      for (const step of STAGES) {
        const path = `/signin/${id}/${step}`;
        const answers = [
          await visitor.post(path, {}),
          await visitor.post(path, ''),
          await visitor.post(path, { [random.word(5)]: 'x' }),
          await visitor.post(path, { action: 'skip', stage: 'done', result: 'success' }),
          await visitor.json('POST', path, {}),
          await visitor.json('POST', path, null),
          await visitor.raw('POST', path, { origin: deployment.origin }),
        ];
        for (const seen of answers) refused(seen, `${what}: an odd post to ${step}`);
      }
      for (const action of [
        'skip',
        'continue',
        'complete',
        'finish',
        'grant',
        'success',
        '..%2fpassword',
        '',
      ]) {
        const seen = await visitor.post(`/signin/${id}/${action}`, {});
        refused(seen, `${what}: the unknown action ${action}`);
      }
      const after = await visitor.get(`/signin/${id}`);
      check(
        after.status === 200 && after.page?.heading === before.page?.heading,
        `${what}: the stage changed from "${before.page?.heading}" to "${after.page?.heading}"`,
      );
      await noGrant(visitor, what);
    };
    const visitor = createVisitor(deployment);
    const attempt = await login.start(visitor);
    await pelt(visitor, attempt.id, 'before the name');
    wentOn(await login.name(attempt, victim.login), 'the name');
    await pelt(visitor, attempt.id, 'before the password');
    wentOn(await login.password(attempt, held(victim.password, 'password')), 'the password');
    await pelt(visitor, attempt.id, 'after the password');
    wentOn(await login.totp(attempt, await freshCode(deployment, held(victim.totp, 'app'))), 'the code');
  },
};

export const PENDING: readonly Case[] = [pendingEverywhere, replayedStep, emptyPosts];
