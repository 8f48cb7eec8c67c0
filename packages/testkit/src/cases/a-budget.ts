import { factor } from '../verbs/factor.ts';
import { freshCode, wrongCode } from '../verbs/fresh-code.ts';
import { type Attempt, login } from '../verbs/login.ts';
import { held, type Person } from '../verbs/person.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { type Case, check, equal } from './case.ts';
import { ledger, noGrant, refused, refusedWith } from './expect.ts';
import type { Stage } from './stage.ts';
import { pending, typist } from './people.ts';

/** Budgets of `core/ledger`, as security.md §0 states them for codes. */
const FREE = 5;

const PER_DAY = 20;

const minutes = (count: number): number => count * 60_000;

const proven = (stage: Stage, person: Person): Promise<Attempt> =>
  login.withPassword(createVisitor(stage.deployment), person);

const AGENTS = ['curl/8.5', 'Mozilla/5.0 (iPhone)', 'okhttp/4.9', 'Mozilla/5.0 (Windows NT 10.0)'];

const everywhere: Case = {
  id: 'S-06',
  title: 'one budget whatever the guesser changes',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'budget');
    const app = held(victim.totp, 'app');
    const names = [
      victim.login,
      victim.login.toUpperCase(),
      victim.email,
      victim.email.toUpperCase(),
      ` ${victim.login} `,
    ];
    const began = deployment.clock.now();
    let evaluated = 0;
    let locked = 0;
    for (let round = 1; deployment.clock.now() - began < minutes(24 * 60) - 1 && round <= 60; round += 1) {
      const visitor = createVisitor(deployment, {
        agent: random.pick(AGENTS),
        headers: {
          'x-forwarded-for': `198.51.100.${random.below(250)}`,
          forwarded: `for=203.0.113.${random.below(250)}`,
          'x-real-ip': `192.0.2.${random.below(250)}`,
        },
      });
      const attempt = await login.withPassword(visitor, {
        login: random.pick(names),
        password: victim.password,
      });
      const seen = await login.totp(attempt, wrongCode(app, deployment.clock.now(), round * 31));
      refused(seen, `guess ${round}`);
      if (seen.status === 429) locked += 1;
      else evaluated += 1;
      const { lanes } = await ledger(stage, victim.id, 'totp');
      check(lanes.length <= 1, `the ledger has ${lanes.length} rows for one guesser`);
      if (lanes[0]?.suspended === true) break;
      const until = lanes[0]?.lockedUntil ?? null;
      // Half of the time an attacker waits for the end of the lock, else tries on.
      if (until !== null && (seen.status === 429 || round % 2 === 0))
        await deployment.clock.set(Math.max(Date.parse(until), deployment.clock.now()));
    }
    check(evaluated <= PER_DAY, `${evaluated} guesses were evaluated within a day`);
    check(
      evaluated > FREE && locked > 0,
      `the case guessed ${evaluated} times and met the lock ${locked} times: too little to show anything`,
    );
    const last = await proven(stage, victim);
    refusedWith(
      429,
      await login.totp(last, await freshCode(deployment, app)),
      'the right code after the day',
    );
  },
};

const parallel: Case = {
  id: 'S-07',
  title: 'two hundred guesses at once',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'burst');
    const app = held(victim.totp, 'app');
    const attempts = await pending(stage, victim, 50);
    const right = await freshCode(deployment, app);
    const now = deployment.clock.now();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, place) => {
        const attempt = attempts[place % attempts.length];
        if (attempt === undefined) throw new TypeError('no sign-in to guess in');
        return login.totp(attempt, place === 150 ? right : wrongCode(app, now, place + 1));
      }),
    );
    // 429 is the lock, 5xx a server that was too busy to look.
    const evaluated = answers.filter(({ status }) => status < 429);
    check(evaluated.length <= FREE, `${evaluated.length} of 200 guesses were evaluated`);
    for (const { visitor } of attempts) await noGrant(visitor, 'after the burst');
    const counted = await ledger(stage, victim.id, 'totp');
    check(counted.inWindow <= FREE, `the ledger counts ${counted.inWindow} evaluations`);
  },
};

const crash: Case = {
  id: 'S-08',
  title: 'a crash gives no guess back',
  seeds: 1,
  run: async (_stage, random, world) => {
    const stage = await world.own();
    const { deployment } = stage;
    const victim = await typist(stage, random, 'crash');
    const app = held(victim.totp, 'app');
    const attempt = await proven(stage, victim);
    for (let guess = 1; guess < FREE; guess += 1)
      refused(
        await login.totp(attempt, wrongCode(app, deployment.clock.now(), guess)),
        `wrong code ${guess}`,
      );
    await deployment.kill9();
    await deployment.restart();
    refused(await login.totp(attempt, wrongCode(app, deployment.clock.now(), 77)), 'one more wrong code');
    refusedWith(
      429,
      await login.totp(attempt, await freshCode(deployment, app)),
      'the right code after the crash',
    );
    await noGrant(attempt.visitor, 'after the crash');
  },
};

const elsewhere: Case = {
  id: 'S-11',
  title: 'guesses at other pages count at the same place',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'other', { recoveryCodes: true });
    const app = held(victim.totp, 'app');
    const { visitor, granted } = await login.full(deployment, victim);
    check(granted, 'the owner did not sign in');
    const [listed] = await factor.list(visitor);
    check(listed !== undefined, 'the page lists no app');

    // Confirming an enrolment, while the proof is fresh: a seed of the guesser's own choice costs guesses all the same.
    const offered = await factor.offer.totp(visitor);
    check(offered !== null, 'no app was offered');
    for (let guess = 1; guess <= 2; guess += 1)
      refused(
        await factor.confirm.totp(
          visitor,
          offered.pending,
          wrongCode(offered.totp, deployment.clock.now(), guess),
        ),
        'a wrong code of the new app',
      );
    equal((await ledger(stage, victim.id, 'totp')).consecutive, 2, 'guesses after confirming wrongly');

    // Each act wants a fresh proof; its step-up is where a thief of the session guesses.
    await deployment.clock.advance(minutes(6));
    const acts = [
      () => factor.remove(visitor, listed.id),
      () => visitor.post('/enrol/recovery-codes', {}),
      () => visitor.get('/enrol/totp'),
    ];
    let wrong = 2;
    for (const act of acts) {
      const attempt = login.at(visitor, (await act()).location);
      await login.password(attempt, held(victim.password, 'password'));
      const seen = await login.totp(attempt, wrongCode(app, deployment.clock.now(), (wrong += 1)));
      refused(seen, 'a wrong code at a step-up');
    }
    equal((await ledger(stage, victim.id, 'totp')).consecutive, wrong, 'guesses over all places');
    const again = login.at(visitor, (await factor.remove(visitor, listed.id)).location);
    await login.password(again, held(victim.password, 'password'));
    for (let guess = 0; guess < FREE; guess += 1)
      await login.totp(again, wrongCode(app, deployment.clock.now(), 100 + guess));
    const signin = await login.withPassword(visitor.copy(), victim);
    refusedWith(
      429,
      await login.totp(signin, await freshCode(deployment, app)),
      'the right code at sign-in after the guesses elsewhere',
    );
  },
};

const flood: Case = {
  id: 'S-12',
  title: 'a flood from a stranger leaves the owner a way in',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'flood', { passkey: true });
    const home = createVisitor(deployment);
    check(
      (await login.full(deployment, victim, { visitor: home, by: 'totp' })).granted,
      'the owner did not sign in at home',
    );
    await home.post('/signout', {});

    const drown = async (): Promise<void> => {
      const attempts = await Promise.all(
        Array.from({ length: 50 }, () => login.start(createVisitor(deployment))),
      );
      const answers = await Promise.all(
        attempts.map(async (attempt, place) => {
          await login.name(attempt, victim.login);
          return login.password(attempt, `guess-${place}-${random.word(8)}`);
        }),
      );
      for (const seen of answers) check(seen.status >= 400, 'a wrong password went on');
      check(
        answers.some(({ status }) => status === 429),
        'the flood was never stopped',
      );
    };
    await drown();
    const stranger = await login.start(createVisitor(deployment));
    await login.name(stranger, victim.login);
    refused(
      await login.password(stranger, held(victim.password, 'password')),
      'the right password from a stranger in the flood',
    );
    const known = home.copy();
    check(
      (await login.full(deployment, victim, { visitor: known, by: 'totp' })).granted,
      'password and code from a known browser were refused in the flood',
    );
    check(
      (await login.full(deployment, victim, { by: 'passkey' })).granted,
      'the passkey was refused in the flood',
    );
    await drown();
    check(
      (await login.full(deployment, victim, { by: 'passkey' })).granted,
      'the passkey was refused in the second flood',
    );
  },
};

export const BUDGET: readonly Case[] = [everywhere, parallel, crash, elsewhere, flood];
