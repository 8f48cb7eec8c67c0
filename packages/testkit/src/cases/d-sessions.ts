import { factor } from '../verbs/factor.ts';
import { login } from '../verbs/login.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { type Case, check } from './case.ts';
import { noGrant, SESSION, signedIn, wentOn } from './expect.ts';
import { transactionSecrets } from './traces.ts';

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
    const invited = await stage.operator.json('POST', '/api/v1/people', {
      login: `ids2-${random.word(6)}`,
      displayName: 'Ida',
    });
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
      check(
        (await thief.raw('GET', '/api/v1/me', bearer)).status >= 400,
        `the id ${value.slice(0, 8)}… opened the API`,
      );
      check(
        (await thief.raw('GET', '/oidc/userinfo', bearer)).status >= 400,
        `the id ${value.slice(0, 8)}… opened userinfo`,
      );
      check((await thief.get('/enrol')).status !== 200, `the id ${value.slice(0, 8)}… opened enrolment`);
    }
  },
};

export const SESSIONS: readonly Case[] = [rotation, otherPurposes];
