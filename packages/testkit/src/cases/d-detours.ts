import { freshCode } from '../verbs/fresh-code.ts';
import { login } from '../verbs/login.ts';
import { held } from '../verbs/person.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { type Case, check } from './case.ts';
import { noGrant, refused, SESSION, signedIn, wentOn } from './expect.ts';
import { typist } from './people.ts';

const detours: Case = {
  id: 'S-30',
  title: 'restart, back, new tab, another way',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'detour', { recoveryCodes: true });
    const other = await typist(stage, random, 'detour2');
    const begin = () => login.withPassword(createVisitor(deployment), victim);
    const asksName = (seen: Seen): boolean =>
      seen.page?.forms.some(({ action }) => action.endsWith('/name')) === true;

    const restarted = await begin();
    const again = await restarted.visitor.post(`/signin/${restarted.id}/restart`, {}, { follow: 1 });
    check(asksName(again), `restart led to ${brief(again)}`);
    await noGrant(restarted.visitor, 'after a restart');

    const tab = await begin();
    const second = await login.start(tab.visitor);
    check(asksName(await login.show(second)), 'a new tab goes on where the other stands');
    await noGrant(tab.visitor, 'with a second tab');

    const back = await begin();
    for (const wanted of [
      'password',
      'choose',
      'lost',
      'passkey',
      'sms',
      'push',
      'security-key',
      'temporary-pass',
    ]) {
      const seen = await login.show(back, wanted);
      check(seen.status === 200 || seen.status === 400, `another way (${wanted}): ${brief(seen)}`);
      await noGrant(back.visitor, `another way (${wanted})`);
    }
    refused(
      await login.password(back, held(victim.password, 'password')),
      'the password once more in place of the code',
    );
    refused(await login.temporaryPass(back, 'ABCD-EFGH-JKMN-PQRS'), 'a temporary pass that was never given');
    wentOn(await login.name(back, victim.login), 'the same name again');
    await noGrant(back.visitor, 'after the same name again');
    // Naming somebody else starts over: what was proven for one serves nobody else.
    wentOn(await login.name(back, other.login), 'another name');
    refused(
      await login.totp(back, await freshCode(deployment, held(other.totp, 'app'))),
      "the other person's code without their password",
    );
    wentOn(await login.name(back, victim.login), 'the first name again');
    refused(
      await login.totp(back, await freshCode(deployment, held(victim.totp, 'app'))),
      'the code without the password that was dropped',
    );
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
    wentOn(
      await login.password(attempt, held(victim.password, 'password')),
      'the password in the prepared sign-in',
    );
    const stolen = await login.show(prepared);
    check(stolen.status === 410, `the attacker's browser still follows the sign-in: ${brief(stolen)}`);
    wentOn(
      await login.totp(attempt, await freshCode(deployment, held(victim.totp, 'app'))),
      'the code in the prepared sign-in',
    );
    await signedIn(lured, 'the victim');
    await noGrant(prepared.visitor, "the attacker's browser");
  },
};

export const DETOURS: readonly Case[] = [detours, fixation];
