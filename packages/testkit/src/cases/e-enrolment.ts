import { createWebAuthnKey } from '../authenticators/webauthn-key.ts';
import { admin, member } from '../verbs/admin.ts';
import { enrol } from '../verbs/enrol.ts';
import { factor } from '../verbs/factor.ts';
import { freshCode } from '../verbs/fresh-code.ts';
import { login } from '../verbs/login.ts';
import { held } from '../verbs/person.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { noGrant, refused, signedIn, wentOn } from './expect.ts';
import { sendsToSignIn } from './traces.ts';
import { typist } from './people.ts';
import type { Stage } from './stage.ts';

const PAGES = ['/enrol', '/enrol/password', '/enrol/totp', '/enrol/passkey', '/enrol/security-key'] as const;

const factorIds = async (stage: Stage, id: string): Promise<readonly string[]> =>
  (member(await admin.person(stage.operator, id), 'factors') as readonly { readonly id: string }[]).map(
    (each) => each.id,
  );

/** Every way to enrol, by somebody who may not. */
async function cannotEnrol(visitor: Visitor, what: string): Promise<void> {
  for (const path of PAGES) {
    const seen = await visitor.get(path);
    check(sendsToSignIn(seen) || seen.status >= 400, `${what}: ${path} answered ${brief(seen)}`);
  }
  const key = createWebAuthnKey();
  const options = { rp: { id: 'localhost' }, user: { id: 'AAAA' }, challenge: 'AAAA', pubKeyCredParams: [] };
  const forms = [
    ['/enrol/password', { password: 'violet-anchor-meadow-5' }],
    ['/enrol/totp', { pending: '00000000-0000-4000-8000-000000000000', code: '123456', name: 'x' }],
    [
      '/enrol/passkey',
      {
        kind: 'passkey',
        challenge: 'AAAA',
        response: JSON.stringify(key.create(options, visitor.deployment.origin)),
        name: 'x',
      },
    ],
    ['/enrol/recovery-codes', {}],
    ['/enrol/done', {}],
  ] as const;
  for (const [path, fields] of forms) {
    const seen = await visitor.post(path, fields);
    check(sendsToSignIn(seen) || seen.status >= 400, `${what}: a post to ${path} answered ${brief(seen)}`);
  }
}

const passwordOnly: Case = {
  id: 'S-37',
  title: 'a password alone enrols nothing',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const invited = await enrol.invite(operator, { login: `bare-${random.word(6)}` });
    const guest = createVisitor(deployment);
    wentOn(await enrol.open(guest, invited.link), 'the invitation');
    const password = 'marble-otter-lantern-3';
    wentOn(await enrol.password(guest, password), 'the password');
    await enrol.done(guest);
    const attempt = await login.start(createVisitor(deployment));
    await login.name(attempt, invited.login);
    refused(await login.password(attempt, password), 'the password of somebody without a factor');
    await noGrant(attempt.visitor, 'without a factor');
    await cannotEnrol(attempt.visitor, 'after the password of the invited');
    equal((await factorIds(stage, invited.id)).length, 1, 'factors of the invited');

    // Somebody who had a factor and lost it by an administrator's hand stands no better.
    const bereft = await typist(stage, random, 'bereft');
    for (const id of await factorIds(stage, bereft.id)) {
      const listed = member(await admin.person(operator, bereft.id), 'factors') as readonly {
        readonly id: string;
        readonly method: string;
      }[];
      if (listed.find((each) => each.id === id)?.method === 'totp')
        await admin.removeFactor(operator, bereft.id, id);
    }
    const later = await login.start(createVisitor(deployment));
    await login.name(later, bereft.login);
    refused(
      await login.password(later, held(bereft.password, 'password')),
      'the password of somebody whose factor was taken',
    );
    await noGrant(later.visitor, 'without the factor');
    await cannotEnrol(later.visitor, 'after the password of the bereft');
  },
};

const staleSession: Case = {
  id: 'S-39',
  title: 'changes of factors want a fresh proof',
  run: async (stage, random) => {
    const { deployment } = stage;
    const owner = await stage.person({ login: `fresh-${random.word(6)}`, passkey: true });
    const { visitor } = await login.full(deployment, owner);
    await deployment.clock.advance(6 * 60_000);
    const thief = visitor.copy();
    const [only] = await factor.list(visitor);
    check(only !== undefined, 'the page lists no passkey');
    const before = await factorIds(stage, owner.id);
    const acts = [
      ['adding an app', () => thief.get('/enrol/totp')],
      ['adding a passkey', () => thief.get('/enrol/passkey')],
      ['adding a key', () => thief.get('/enrol/security-key')],
      ['setting a password', () => enrol.password(thief, 'violet-anchor-meadow-5')],
      ['making recovery codes', () => thief.post('/enrol/recovery-codes', {})],
      ['removing', () => factor.remove(thief, only.id)],
      ['ending other sessions', () => thief.post('/account/sessions/end-others', {})],
    ] as const;
    for (const [what, act] of random.shuffled(acts)) {
      const seen = await act();
      check(sendsToSignIn(seen), `${what} with an old proof answered ${brief(seen)}`);
      refused(
        await login.passkey(login.at(thief, seen.location), createWebAuthnKey()),
        `${what}: a step-up with a key of the thief's`,
      );
    }
    equal(await factorIds(stage, owner.id), before, 'factors after the thief');

    wentOn(await login.stepUp(visitor, await visitor.get('/enrol/totp'), owner), 'the step-up of the owner');
    refused(await factor.remove(visitor, only.id), 'removing the last strong factor');
    await signedIn(visitor, 'after the refusal');
    equal(await factorIds(stage, owner.id), before, 'factors after the owner');
    const { totp } = await factor.add.totp(visitor);
    check(totp !== null, 'the owner cannot add a factor after the step-up');
  },
};

const destinations: Case = {
  id: 'S-40',
  title: 'mail goes to the stored address alone',
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const login1 = `dest-${random.word(6)}`;
    const evil = `evil-${random.word(6)}@evilexample.test`;
    const wrong = { email: evil, phone: '+15550100', recipient: evil, to: evil };
    const invited = await enrol.invite(operator, { login: login1 });
    const visitor = createVisitor(deployment);
    const token = new URL(invited.link).pathname.split('/').at(-1) ?? '';
    const ignoredOr400 = (seen: Seen, what: string): void =>
      check(seen.status <= 400, `${what} answered ${brief(seen)}`);
    ignoredOr400(
      await visitor.post('/invitation', { token, ...wrong }),
      'the invitation with another address',
    );
    if ((await visitor.get('/enrol')).status !== 200)
      wentOn(await enrol.open(visitor, invited.link), 'the invitation');
    ignoredOr400(
      await visitor.post('/enrol/password', { password: 'copper-violet-lake-8', ...wrong }),
      'the password with another address',
    );
    const offered = await enrol.offerTotp(visitor);
    check(offered !== null, 'no app was offered');
    const code = await freshCode(deployment, offered.totp);
    ignoredOr400(
      await visitor.post('/enrol/totp', { pending: offered.pending, code, name: 'Phone', ...wrong }),
      'the app with another address',
    );
    ignoredOr400(await visitor.post('/enrol/recovery-codes', wrong), 'recovery codes with another address');
    const query = new URLSearchParams(wrong).toString();
    ignoredOr400(
      await visitor.post(`/enrol/recovery-codes?${query}`, {}, { headers: { 'x-email': evil } }),
      'recovery codes with another address in the query',
    );
    wentOn(await enrol.password(visitor, 'copper-violet-lake-8'), 'the password');
    check((await enrol.totp(visitor)).totp !== null, 'the app was refused');
    await deployment.tick();
    await deployment.mailbox.wait(invited.email, ({ subject }) => /authenticator app/i.test(subject));
    const all = deployment.mailbox.all();
    check(
      !all.some(({ to, text }) => to.includes(evil) || text.includes(evil)),
      'a mail went to, or names, the address of the request',
    );
    check(deployment.mailbox.to(invited.email).length >= 2, 'the stored address got too few mails');
    equal(member(await admin.person(operator, invited.id), 'email'), invited.email, 'the stored address');
  },
};

export const ENROLMENT: readonly Case[] = [passwordOnly, staleSession, destinations];
