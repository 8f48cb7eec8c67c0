import { enrol } from '../verbs/enrol.ts';
import { login } from '../verbs/login.ts';
import { held } from '../verbs/person.ts';
import { recover } from '../verbs/recover.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { untilCalm } from '../visitor/patience.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { noGrant, recorded, refused, refusedWith, wentOn } from './expect.ts';
import { filesHolding } from './stored-bytes.ts';
import { factorsOf } from './factors.ts';
import { pending, typist } from './people.ts';

/** A session that may enrol and nothing else. */
async function onlyEnrols(visitor: Visitor, what: string): Promise<void> {
  equal((await visitor.get('/')).location, '/enrol', `${what}: where the portal leads`);
  equal((await visitor.get('/enrol')).status, 200, `${what}: the page to enrol`);
  const api = await visitor.json('GET', '/api/v1/people');
  check(api.status === 403, `${what}: the API answered ${brief(api)}`);
  const code = await visitor.json('POST', '/api/v1/me/step-up');
  check(code.status === 403, `${what}: a step-up for the console answered ${brief(code)}`);
}

const recoveryCodes: Case = {
  id: 'S-41',
  title: 'a recovery code opens once, and only re-enrolment',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'rec', { recoveryCodes: true });
    const [first = '', second = ''] = victim.recoveryCodes;
    const elsewhere = (await login.full(deployment, victim)).visitor;

    const once = await recover.byCode(deployment, victim, first);
    wentOn(once.seen, 'the recovery code');
    await onlyEnrols(once.visitor, 'after the recovery code');
    await noGrant(elsewhere, 'the session from before the recovery');
    const twice = await recover.byCode(deployment, victim, first);
    refused(twice.seen, 'the same recovery code again');
    await noGrant(twice.visitor, 'after the second use');

    const attempts = await pending(stage, victim, 50);
    const answers = await Promise.all(attempts.map((attempt) => login.recoveryCode(attempt, second)));
    equal(answers.filter(({ status }) => status === 303).length, 1, 'successes of fifty parallel uses');
    const opened = await Promise.all(attempts.map(({ visitor }) => untilCalm(() => visitor.get('/enrol'))));
    equal(opened.filter(({ status }) => status === 200).length, 1, 'sessions from fifty parallel uses');

    await recorded(stage, { type: 'recovery.code_used', subject: victim.id });
    await deployment.tick();
    await deployment.mailbox.wait(
      victim.email,
      ({ subject, text }) => /recovery code/i.test(subject) && /used/i.test(`${subject} ${text}`),
    );
    const bare = victim.recoveryCodes.map((code) => code.replaceAll(/[^A-Za-z0-9]/g, ''));
    const spellings = [...victim.recoveryCodes, ...bare, ...bare.map((code) => code.toLowerCase())];
    equal(
      await filesHolding(deployment.nodes[0]?.dataFolder ?? '', spellings),
      [],
      'stored files that hold a recovery code',
    );
  },
};

const WEEK = 7 * 24 * 60 * 60_000;

const links: Case = {
  id: 'S-42',
  title: 'links are for one use, one person, one purpose, one time',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const invited = await enrol.invite(operator, { login: `link-${random.word(6)}` });
    const other = await typist(stage, random, 'link2');
    const token = new URL(invited.link).pathname.split('/').at(-1) ?? '';
    for (const field of ['id', 'account', 'user', 'login']) {
      refusedWith(
        400,
        await createVisitor(deployment).post('/invitation', { token, [field]: other.id }),
        `the link with ${field} of another person`,
      );
    }
    const guest = createVisitor(deployment);
    wentOn(await enrol.open(guest, invited.link), 'the link');
    refusedWith(
      400,
      await guest.post('/enrol/password', { password: 'copper-violet-lake-8', id: other.id }),
      'a password for another person',
    );
    refusedWith(410, await enrol.open(createVisitor(deployment), invited.link), 'the link again');
    refusedWith(
      410,
      await createVisitor(deployment).post('/invitation', { token }),
      'the token of the link again',
    );

    // Recovery: earlier links end with a newer one, and a use changes no factor.
    const before = await factorsOf(stage, other);
    const replaced = await recover.link(operator, other.id);
    const link = await recover.link(operator, other.id);
    refusedWith(410, (await recover.byLink(deployment, replaced)).seen, 'a link that was replaced');
    const recovering = await recover.byLink(deployment, link);
    wentOn(recovering.seen, 'the recovery link');
    await onlyEnrols(recovering.visitor, 'after the recovery link');
    equal(await factorsOf(stage, other), before, 'factors after a recovery link');
    refusedWith(410, (await recover.byLink(deployment, link)).seen, 'the recovery link again');

    const late = await recover.link(operator, other.id);
    await deployment.clock.advance(60 * 60_000);
    refusedWith(410, (await recover.byLink(deployment, late)).seen, 'a recovery link after an hour');
    const forgotten = await enrol.invite(operator, { login: `link3-${random.word(6)}` });
    await deployment.clock.advance(WEEK);
    refusedWith(
      410,
      await enrol.open(createVisitor(deployment), forgotten.link),
      'an invitation after a week',
    );

    // A person who changed the password since is not the one who asked.
    const open = await recover.link(operator, other.id);
    const home = (await login.full(deployment, other)).visitor;
    wentOn(
      await enrol.password(home, 'orchid-signal-barrel-6', held(other.password, 'password')),
      'the change of the password',
    );
    refusedWith(
      410,
      (await recover.byLink(deployment, open)).seen,
      'a recovery link after a change of the password',
    );
  },
};

const outOfOrder: Case = {
  id: 'S-43',
  title: 'reset steps out of order',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'order', { recoveryCodes: true });
    const reset = async (visitor: Visitor, what: string): Promise<void> => {
      for (const path of ['/enrol/password', '/enrol', '/enrol/totp']) {
        const seen = await visitor.get(path);
        check(seen.status !== 200, `${what}: ${path} opened`);
      }
      const set = await visitor.post('/enrol/password', { password: 'copper-violet-lake-8' });
      check(
        set.status >= 400 || (set.location ?? '').startsWith('/signin'),
        `${what}: setting a password answered ${brief(set)}`,
      );
    };
    await reset(createVisitor(deployment), 'a stranger');
    for (const token of ['', 'A', random.secret(), `${random.secret()}x`, '../enrol', victim.id]) {
      const visitor = createVisitor(deployment);
      const link = await visitor.get(`/invitation/${encodeURIComponent(token)}`);
      check(link.status >= 400, `the token "${token}" opened ${brief(link)}`);
      refused(await visitor.post('/invitation', { token }), `the token "${token}"`);
      await reset(visitor, `after the token "${token}"`);
    }
    refused(await createVisitor(deployment).post('/invitation', {}), 'no token');
    const named = await login.start(createVisitor(deployment));
    await login.name(named, victim.login);
    await reset(named.visitor, 'after the name');
    refused(
      await login.recoveryCode(named, victim.recoveryCodes[0] ?? ''),
      'a recovery code before the password',
    );
    await reset(named.visitor, 'after a recovery code without the password');
    await named.visitor.get(`/signin/${named.id}?with=lost`);
    await reset(named.visitor, 'after "lost"');
    await login.password(named, held(victim.password, 'password'));
    await named.visitor.get(`/signin/${named.id}?with=recovery-code`);
    await reset(named.visitor, 'after the password');
    refused(await login.recoveryCode(named, 'AAAA-BBBB-CCCC-DDDD'), 'a recovery code that is none');
    await reset(named.visitor, 'after a wrong recovery code');
    check((await login.full(deployment, victim)).granted, 'the password of the victim was changed');
  },
};

const temporaryPass: Case = {
  id: 'S-45',
  title: 'a temporary pass is for enrolling',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const helper = await stage.person({
      login: `pass-${random.word(6)}`,
      roles: ['administrator'],
      passkey: true,
    });
    const pass = await recover.temporaryPass(operator, helper.id, 30);
    const { visitor, seen } = await recover.byPass(deployment, helper, pass);
    wentOn(seen, 'the pass');
    await onlyEnrols(visitor, 'after the pass');
    for (const [method, path] of [
      ['GET', '/api/v1/apps'],
      ['GET', '/api/v1/audit/events'],
      ['POST', '/api/v1/people'],
    ] as const) {
      const answer = await visitor.json(
        method,
        path,
        method === 'POST' ? { login: 'x', displayName: 'X' } : undefined,
      );
      check(answer.status === 403, `the console's ${method} ${path} answered ${brief(answer)}`);
    }
    const used = await recorded(
      stage,
      { type: 'signin.proof_accepted', subject: helper.id },
      ({ detail }) => detail['method'] === 'temporary-pass',
    );
    equal(used.detail['decision'], 'restricted', 'the decision in the log');
    await recorded(
      stage,
      { type: 'session.started', subject: helper.id },
      ({ detail }) => detail['kind'] === 'enrolment',
    );
    refused((await recover.byPass(deployment, helper, pass)).seen, 'the pass again');
  },
};

export const RECOVERY: readonly Case[] = [recoveryCodes, links, outOfOrder, temporaryPass];
