import { factor } from '../verbs/factor.ts';
import { freshCode, wrongCode } from '../verbs/fresh-code.ts';
import { type Attempt, login } from '../verbs/login.ts';
import { held, type Person } from '../verbs/person.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { ledger, noGrant, recorded, refused, refusedWith, signedIn, wentOn } from './expect.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** Budgets of `core/ledger`, as security.md §0 states them for codes. */
const FREE = 5;
const PER_DAY = 20;
const minutes = (count: number): number => count * 60_000;

const typist = (stage: Stage, random: Random, name: string, more: object = {}): Promise<Person> =>
  stage.person({ login: `${name}-${random.word(6)}`, password: true, totp: true, ...more });

const proven = (stage: Stage, person: Person): Promise<Attempt> => login.withPassword(createVisitor(stage.deployment), person);

const replay: Case = {
  id: 'S-01',
  title: 'a code is used once',
  run: async (stage, random) => {
    const victim = await typist(stage, random, 'replay');
    const code = await freshCode(stage.deployment, held(victim.totp, 'app'));
    const first = await proven(stage, victim);
    wentOn(await login.totp(first, code), 'the first use');
    await signedIn(first.visitor, 'the first use');
    const second = await proven(stage, victim);
    refused(await login.totp(second, code), 'the same code in a new sign-in');
    await noGrant(second.visitor, 'after the replay');
    await recorded(stage, { type: 'otp.replay', subject: victim.id });
  },
};

const raced: Case = {
  id: 'S-02',
  title: 'one code raced from fifty sign-ins',
  seeds: 1,
  run: async (stage, random) => {
    const victim = await typist(stage, random, 'race');
    const attempts: Attempt[] = [];
    for (let place = 0; place < 50; place += 1) attempts.push(await proven(stage, victim));
    const code = await freshCode(stage.deployment, held(victim.totp, 'app'));
    await Promise.all(attempts.map((attempt) => login.totp(attempt, code)));
    const opened = await Promise.all(attempts.map(({ visitor }) => visitor.get('/')));
    equal(opened.filter(({ status }) => status === 200).length, 1, 'browsers signed in');
  },
};

const FULL_WIDTH = '０１２３４５６７８９';

/** Spellings that are no code at all: refused before anything is evaluated. */
const malformed = (code: string): readonly string[] => [
  `${code}\n`,
  `${code}\r\n`,
  `\t${code}`,
  [...code].map((digit) => FULL_WIDTH.charAt(Number(digit))).join(''),
  `+${code}`,
  `0x${code}`,
  `${code}.0`,
  `${code}\u00a0`,
  `\u200b${code}`,
  `["${code}"]`,
  ...[1, 2, 3, 4, 5].map((length) => code.slice(0, length)),
  ...[7, 8, 9, 10, 11, 12].map((length) => code.padEnd(length, '0')),
  '',
];

const spellings: Case = {
  id: 'S-04',
  title: 'other spellings of a code',
  run: async (stage, random) => {
    const victim = await typist(stage, random, 'spell');
    const code = await freshCode(stage.deployment, held(victim.totp, 'app'));
    wentOn(await login.totp(await proven(stage, victim), code), 'the code itself');
    const thief = await proven(stage, victim);
    const try1 = async (text: string): Promise<void> => refused(await login.totp(thief, text), `the spelling ${JSON.stringify(text)}`);

    const before = await ledger(stage, victim.id, 'totp');
    for (const text of malformed(code)) await try1(text);
    const path = `/signin/${thief.id}/totp`;
    for (const body of [{ code: Number(code) }, { code: [code] }, { code: { value: code } }, code, [code]]) {
      refused(await thief.visitor.json('POST', path, body), `JSON ${JSON.stringify(body)}`);
    }
    refused(await thief.visitor.post(path, `code=${code}&code=${code}`), 'the code twice in a form');
    refused(await thief.visitor.post(path, `code[]=${code}`), 'the code as a list in a form');
    equal((await ledger(stage, victim.id, 'totp')).inWindow, before.inWindow, 'guesses counted for malformed codes');

    // Blanks are the page's own way to write a code, so these are read, and found used.
    for (const text of [` ${code}`, `${code.slice(0, 3)} ${code.slice(3)}`]) await try1(text);
    await noGrant(thief.visitor, 'after all spellings');
  },
};

const lockOut: Case = {
  id: 'S-05',
  title: 'five wrong codes lock, and the owner is told',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'lock');
    const app = held(victim.totp, 'app');
    const attempt = await proven(stage, victim);
    for (let guess = 1; guess <= FREE; guess += 1) refused(await login.totp(attempt, wrongCode(app, deployment.clock.now(), guess)), `wrong code ${guess}`);
    refusedWith(429, await login.totp(attempt, await freshCode(deployment, app)), 'the right code while locked');
    await noGrant(attempt.visitor, 'while locked');
    const lock = (await ledger(stage, victim.id, 'totp')).lanes[0]?.lockedUntil;
    check(lock !== null && lock !== undefined, 'the ledger shows no lock');
    await deployment.clock.set(Math.max(Date.parse(lock) - 1, deployment.clock.now()));
    refusedWith(429, await login.totp(await proven(stage, victim), app.code(deployment.clock.now())), 'the right code just before the end of the lock');
    await deployment.clock.set(Date.parse(lock));
    const later = await proven(stage, victim);
    wentOn(await login.totp(later, await freshCode(deployment, app)), 'the right code after the lock');
    await signedIn(later.visitor, 'after the lock');
    await recorded(stage, { type: 'guess.locked', subject: victim.id });
    await deployment.tick();
    await deployment.mailbox.wait(victim.email, ({ subject, text }) => /attempt|wrong|lock/i.test(`${subject} ${text}`));
  },
};

const AGENTS = ['curl/8.5', 'Mozilla/5.0 (iPhone)', 'okhttp/4.9', 'Mozilla/5.0 (Windows NT 10.0)'];

const everywhere: Case = {
  id: 'S-06',
  title: 'one budget whatever the guesser changes',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'budget');
    const app = held(victim.totp, 'app');
    const names = [victim.login, victim.login.toUpperCase(), victim.email, victim.email.toUpperCase(), ` ${victim.login} `];
    const began = deployment.clock.now();
    let evaluated = 0;
    let locked = 0;
    for (let round = 1; deployment.clock.now() - began < minutes(24 * 60) - 1 && round <= 60; round += 1) {
      const visitor = createVisitor(deployment, {
        agent: random.pick(AGENTS),
        headers: { 'x-forwarded-for': `198.51.100.${random.below(250)}`, forwarded: `for=203.0.113.${random.below(250)}`, 'x-real-ip': `192.0.2.${random.below(250)}` },
      });
      const attempt = await login.withPassword(visitor, { login: random.pick(names), password: victim.password });
      const seen = await login.totp(attempt, wrongCode(app, deployment.clock.now(), round * 31));
      refused(seen, `guess ${round}`);
      if (seen.status === 429) locked += 1;
      else evaluated += 1;
      const { lanes } = await ledger(stage, victim.id, 'totp');
      check(lanes.length <= 1, `the ledger has ${lanes.length} rows for one guesser`);
      if (lanes[0]?.suspended === true) break;
      const until = lanes[0]?.lockedUntil ?? null;
      // Half of the time an attacker waits for the end of the lock, else tries on.
      if (until !== null && (seen.status === 429 || round % 2 === 0)) await deployment.clock.set(Math.max(Date.parse(until), deployment.clock.now()));
    }
    check(evaluated <= PER_DAY, `${evaluated} guesses were evaluated within a day`);
    check(evaluated > FREE && locked > 0, `the case guessed ${evaluated} times and met the lock ${locked} times: too little to show anything`);
    const last = await proven(stage, victim);
    refusedWith(429, await login.totp(last, await freshCode(deployment, app)), 'the right code after the day');
  },
};

const parallel: Case = {
  id: 'S-07',
  title: 'two hundred guesses at once',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'burst');
    const app = held(victim.totp, 'app');
    const attempts: Attempt[] = [];
    for (let place = 0; place < 50; place += 1) attempts.push(await proven(stage, victim));
    const right = await freshCode(deployment, app);
    const now = deployment.clock.now();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, place) => {
        const attempt = attempts[place % attempts.length];
        if (attempt === undefined) throw new TypeError('no sign-in to guess in');
        return login.totp(attempt, place === 150 ? right : wrongCode(app, now, place + 1));
      }),
    );
    const evaluated = answers.filter(({ status }) => status !== 429);
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
    for (let guess = 1; guess < FREE; guess += 1) refused(await login.totp(attempt, wrongCode(app, deployment.clock.now(), guess)), `wrong code ${guess}`);
    await deployment.kill9();
    await deployment.restart();
    refused(await login.totp(attempt, wrongCode(app, deployment.clock.now(), 77)), 'one more wrong code');
    refusedWith(429, await login.totp(attempt, await freshCode(deployment, app)), 'the right code after the crash');
    await noGrant(attempt.visitor, 'after the crash');
  },
};

const steps: Case = {
  id: 'S-09',
  title: 'the time steps that count',
  run: async (stage, random) => {
    const { deployment } = stage;
    const victim = await typist(stage, random, 'steps');
    const app = held(victim.totp, 'app');
    await freshCode(deployment, app);
    await deployment.clock.advance(minutes(5));
    const now = deployment.clock.now();
    const attempt = await proven(stage, victim);
    refused(await login.totp(attempt, app.code(now, -2)), 'the code of two steps ago');
    refused(await login.totp(attempt, app.code(now, 2)), 'the code of two steps ahead');
    const path = `/signin/${attempt.id}/totp`;
    const claims = { date: new Date(now + 60_000).toUTCString(), 'x-client-time': String(now + 60_000), 'x-timezone': 'Pacific/Kiritimati' };
    refused(await attempt.visitor.post(path, { code: app.code(now, 2) }, { headers: claims }), 'a future code with a time of its own in headers');
    refused(await attempt.visitor.post(path, { code: app.code(now, 2), time: String(now + 60_000), zone: '+14:00' }), 'a future code with a time of its own in the form');
    await noGrant(attempt.visitor, 'before the right code');
    const good = await login.totp(attempt, app.code(now));
    check(good.status === 303, `the code of now: ${brief(good)}`);
    await signedIn(attempt.visitor, 'the code of now');
    const after = await proven(stage, victim);
    refused(await login.totp(after, app.code(now, -1)), 'the code of one step before the one accepted');
    await noGrant(after.visitor, 'after the older code');
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
    for (let guess = 1; guess <= 2; guess += 1) refused(await factor.confirm.totp(visitor, offered.pending, wrongCode(offered.totp, deployment.clock.now(), guess)), 'a wrong code of the new app');
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
    for (let guess = 0; guess < FREE; guess += 1) await login.totp(again, wrongCode(app, deployment.clock.now(), 100 + guess));
    const signin = await login.withPassword(visitor.copy(), victim);
    refusedWith(429, await login.totp(signin, await freshCode(deployment, app)), 'the right code at sign-in after the guesses elsewhere');
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
    check((await login.full(deployment, victim, { visitor: home, by: 'totp' })).granted, 'the owner did not sign in at home');
    await home.post('/signout', {});

    const drown = async (): Promise<void> => {
      const attempts = await Promise.all(Array.from({ length: 50 }, () => login.start(createVisitor(deployment))));
      const answers = await Promise.all(
        attempts.map(async (attempt, place) => {
          await login.name(attempt, victim.login);
          return login.password(attempt, `guess-${place}-${random.word(8)}`);
        }),
      );
      for (const seen of answers) check(seen.status >= 400, 'a wrong password went on');
      check(answers.some(({ status }) => status === 429), 'the flood was never stopped');
    };
    await drown();
    const stranger = await login.start(createVisitor(deployment));
    await login.name(stranger, victim.login);
    refused(await login.password(stranger, held(victim.password, 'password')), 'the right password from a stranger in the flood');
    const known = home.copy();
    check((await login.full(deployment, victim, { visitor: known, by: 'totp' })).granted, 'password and code from a known browser were refused in the flood');
    check((await login.full(deployment, victim, { by: 'passkey' })).granted, 'the passkey was refused in the flood');
    await drown();
    check((await login.full(deployment, victim, { by: 'passkey' })).granted, 'the passkey was refused in the second flood');
  },
};

export const GUESSING: readonly Case[] = [replay, raced, spellings, lockOut, everywhere, parallel, crash, steps, elsewhere, flood];
