import { factor } from '../verbs/factor.ts';
import { freshCode } from '../verbs/fresh-code.ts';
import { login } from '../verbs/login.ts';
import { held, type Person } from '../verbs/person.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { type Case, check } from './case.ts';
import { noGrant, refused, SESSION, signedIn, wentOn } from './expect.ts';
import { apiRoutes, OIDC, PAGES } from './known-routes.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

const typist = (stage: Stage, random: Random, name: string, more: object = {}): Promise<Person> =>
  stage.person({ login: `${name}-${random.word(6)}`, password: true, totp: true, ...more });

/** A page that only sends the browser to sign in shows nothing and grants nothing. */
const sendsToSignIn = ({ status, location }: Seen): boolean => status === 303 && /^(?:https?:\/\/[^/]+)?\/signin(?:\/|$)/.test(location ?? '');

/** The secrets that a browser holds of a sign-in: the values of its transaction cookies. */
const transactionSecrets = (visitor: Visitor): readonly string[] => visitor.jar.all().flatMap(({ name, value }) => (name.startsWith('__Host-cs-tx-') ? [value] : []));

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
        const seen = await browser.json(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
        const open = path === '/api/v1/openapi.json';
        check(open || seen.status === 401 || seen.status === 403, `${method} ${path} answered ${brief(seen)}`);
      }
    }
    await noGrant(visitor, 'after calling everything');
    wentOn(await login.totp({ visitor, id }, await freshCode(deployment, held(victim.totp, 'app'))), 'the challenge itself');
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
    const answers = [visitor.last(), await login.show(attempt), await login.name(attempt, victim.login), await login.show(attempt), await login.password(attempt, held(victim.password, 'password')), await login.show(attempt)];
    const texts = answers.flatMap((seen) => (seen === null ? [] : [seen.body, ...Object.values(seen.headers), ...seen.setCookies]));
    const values = new Set(texts.flatMap((text) => text.match(/[A-Za-z0-9_-]{20,}/g) ?? []));
    check(values.size > 3, 'the password step said nothing that could be replayed');
    for (const value of values) {
      const thief = createVisitor(deployment);
      for (const name of [SESSION, '__Host-cs-browser', 'session', 'token']) thief.jar.set(name, value);
      check(sendsToSignIn(await thief.get('/')), `the value ${value.slice(0, 8)}… as a cookie opened the portal`);
      for (const scheme of ['Bearer', 'DPoP', 'Basic']) {
        const seen = await thief.raw('GET', '/api/v1/me', { authorization: `${scheme} ${value}`, accept: 'application/json' });
        check(seen.status === 401 || seen.status === 403 || seen.status === 404, `the value ${value.slice(0, 8)}… as ${scheme} answered ${brief(seen)}`);
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
      for (const action of ['skip', 'continue', 'complete', 'finish', 'grant', 'success', '..%2fpassword', '']) {
        const seen = await visitor.post(`/signin/${id}/${action}`, {});
        refused(seen, `${what}: the unknown action ${action}`);
      }
      const after = await visitor.get(`/signin/${id}`);
      check(after.status === 200 && after.page?.heading === before.page?.heading, `${what}: the stage changed from "${before.page?.heading}" to "${after.page?.heading}"`);
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

const detours: Case = {
  id: 'S-30',
  title: 'restart, back, new tab, another way',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'detour', { recoveryCodes: true });
    const other = await typist(stage, random, 'detour2');
    const begin = () => login.withPassword(createVisitor(deployment), victim);
    const asksName = (seen: Seen): boolean => seen.page?.forms.some(({ action }) => action.endsWith('/name')) === true;

    const restarted = await begin();
    const again = await restarted.visitor.post(`/signin/${restarted.id}/restart`, {}, { follow: 1 });
    check(asksName(again), `restart led to ${brief(again)}`);
    await noGrant(restarted.visitor, 'after a restart');

    const tab = await begin();
    const second = await login.start(tab.visitor);
    check(asksName(await login.show(second)), 'a new tab goes on where the other stands');
    await noGrant(tab.visitor, 'with a second tab');

    const back = await begin();
    for (const wanted of ['password', 'choose', 'lost', 'passkey', 'sms', 'push', 'security-key', 'temporary-pass']) {
      const seen = await login.show(back, wanted);
      check(seen.status === 200 || seen.status === 400, `another way (${wanted}): ${brief(seen)}`);
      await noGrant(back.visitor, `another way (${wanted})`);
    }
    refused(await login.password(back, held(victim.password, 'password')), 'the password once more in place of the code');
    refused(await login.temporaryPass(back, 'ABCD-EFGH-JKMN-PQRS'), 'a temporary pass that was never given');
    wentOn(await login.name(back, victim.login), 'the same name again');
    await noGrant(back.visitor, 'after the same name again');
    // Naming somebody else starts over: what was proven for one serves nobody else.
    wentOn(await login.name(back, other.login), 'another name');
    refused(await login.totp(back, await freshCode(deployment, held(other.totp, 'app'))), "the other person's code without their password");
    wentOn(await login.name(back, victim.login), 'the first name again');
    refused(await login.totp(back, await freshCode(deployment, held(victim.totp, 'app'))), 'the code without the password that was dropped');
    await noGrant(back.visitor, 'after all detours');

    const mixed = await begin();
    await login.totp(mixed, await freshCode(deployment, held(other.totp, 'app')));
    await noGrant(mixed.visitor, "with another person's code");

    const recovering = await begin();
    await login.recoveryCode(recovering, held(victim.recoveryCodes[0] ?? null, 'recovery code'));
    const portal = await recovering.visitor.get('/');
    check(portal.location === '/enrol', `a recovery code opened ${brief(portal)}`);
  },
};

const fixation: Case = {
  id: 'S-31',
  title: 'a session or a sign-in that the attacker prepared',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'fix');
    const planted = random.secret();
    const home = createVisitor(deployment);
    home.jar.set(SESSION, planted);
    check((await login.full(deployment, victim, { visitor: home })).granted, 'the victim cannot sign in');
    check(home.jar.get(SESSION) !== planted, 'the planted session id was kept');
    const thief = createVisitor(deployment);
    thief.jar.set(SESSION, planted);
    await noGrant(thief, 'the planted session id');

    // A link to a sign-in that the attacker began: without its cookie it is nobody's.
    const prepared = await login.start(createVisitor(deployment));
    await login.name(prepared, victim.login);
    const opened = await createVisitor(deployment).get(`/signin/${prepared.id}`);
    check(opened.status === 410, `a foreign sign-in opened: ${brief(opened)}`);
    // Even with its cookie planted in the victim's browser, the secret changes with the first proof.
    const lured = prepared.visitor.copy();
    const attempt = { visitor: lured, id: prepared.id };
    wentOn(await login.password(attempt, held(victim.password, 'password')), 'the password in the prepared sign-in');
    const stolen = await login.show(prepared);
    check(stolen.status === 410, `the attacker's browser still follows the sign-in: ${brief(stolen)}`);
    wentOn(await login.totp(attempt, await freshCode(deployment, held(victim.totp, 'app'))), 'the code in the prepared sign-in');
    await signedIn(lured, 'the victim');
    await noGrant(prepared.visitor, "the attacker's browser");
  },
};

const rotation: Case = {
  id: 'S-32',
  title: 'a step-up makes a new session id',
  run: async (stage, random) => {
    const { deployment } = stage;
    const person = await stage.person({ login: `rot-${random.word(6)}`, passkey: true });
    const { visitor, granted } = await login.full(deployment, person);
    check(granted, 'the person cannot sign in');
    const old = visitor.copy();
    await deployment.clock.advance(6 * 60_000);
    const asked = await visitor.get('/enrol/totp');
    wentOn(await login.stepUp(visitor, asked, person), 'the step-up');
    check(visitor.jar.get(SESSION) !== old.jar.get(SESSION), 'the session id is the same after the step-up');
    await signedIn(visitor, 'after the step-up');
    await noGrant(old, 'the id from before the step-up');
    check((await factor.offer.totp(visitor)) !== null, 'the step-up gave no fresh proof');
  },
};

const otherPurposes: Case = {
  id: 'S-36',
  title: 'ids of another purpose as session or token',
  run: async (stage, random) => {
    const { deployment } = stage;
    const person = await stage.person({ login: `ids-${random.word(6)}`, passkey: true });
    const { visitor } = await login.full(deployment, person);
    const [listed] = await factor.list(visitor);
    const pending = await factor.offer.totp(visitor);
    const registration = await factor.offer.key(visitor);
    const attempt = await login.start(createVisitor(deployment));
    const challenge = await login.challenge(attempt);
    const invited = await stage.operator.json('POST', '/api/v1/people', { login: `ids2-${random.word(6)}`, displayName: 'Ida' });
    const link = JSON.stringify(invited.json).match(/invitation\/([\w-]{43})/)?.[1];
    const ids = [
      attempt.id,
      ...transactionSecrets(attempt.visitor),
      challenge?.challenge,
      registration?.challenge,
      pending?.pending,
      listed?.id,
      link,
      visitor.jar.get('__Host-cs-browser'),
      person.id,
      person.passkey?.credentialId,
      random.secret(),
    ].flatMap((value) => (typeof value === 'string' ? [value] : []));
    check(ids.length >= 10, `only ${ids.length} ids were found to try`);
    for (const value of ids) {
      const thief = createVisitor(deployment);
      thief.jar.set(SESSION, value);
      await noGrant(thief, `the id ${value.slice(0, 8)}… as a session`);
      const bearer = { authorization: `Bearer ${value}`, accept: 'application/json' };
      check((await thief.raw('GET', '/api/v1/me', bearer)).status >= 400, `the id ${value.slice(0, 8)}… opened the API`);
      check((await thief.raw('GET', '/oidc/userinfo', bearer)).status >= 400, `the id ${value.slice(0, 8)}… opened userinfo`);
      check((await thief.get('/enrol')).status !== 200, `the id ${value.slice(0, 8)}… opened enrolment`);
    }
  },
};

export const FLOW: readonly Case[] = [pendingEverywhere, replayedStep, emptyPosts, detours, fixation, rotation, otherPurposes];
