import { freshCode, wrongCode } from '../verbs/fresh-code.ts';
import { type Attempt, login } from '../verbs/login.ts';
import { held, type Person } from '../verbs/person.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { ledger, noGrant, recorded, refused, refusedWith, signedIn, wentOn } from './expect.ts';
import type { Stage } from './stage.ts';
import { typist } from './people.ts';

/** Budgets of `core/ledger`, as security.md §0 states them for codes. */
const FREE = 5;

const minutes = (count: number): number => count * 60_000;

const proven = (stage: Stage, person: Person): Promise<Attempt> =>
  login.withPassword(createVisitor(stage.deployment), person);

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
    const try1 = async (text: string): Promise<void> =>
      refused(await login.totp(thief, text), `the spelling ${JSON.stringify(text)}`);

    const before = await ledger(stage, victim.id, 'totp');
    for (const text of malformed(code)) await try1(text);
    const path = `/signin/${thief.id}/totp`;
    for (const body of [{ code: Number(code) }, { code: [code] }, { code: { value: code } }, code, [code]]) {
      refused(await thief.visitor.json('POST', path, body), `JSON ${JSON.stringify(body)}`);
    }
    refused(await thief.visitor.post(path, `code=${code}&code=${code}`), 'the code twice in a form');
    refused(await thief.visitor.post(path, `code[]=${code}`), 'the code as a list in a form');
    equal(
      (await ledger(stage, victim.id, 'totp')).inWindow,
      before.inWindow,
      'guesses counted for malformed codes',
    );

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
    for (let guess = 1; guess <= FREE; guess += 1)
      refused(
        await login.totp(attempt, wrongCode(app, deployment.clock.now(), guess)),
        `wrong code ${guess}`,
      );
    refusedWith(
      429,
      await login.totp(attempt, await freshCode(deployment, app)),
      'the right code while locked',
    );
    await noGrant(attempt.visitor, 'while locked');
    const lock = (await ledger(stage, victim.id, 'totp')).lanes[0]?.lockedUntil;
    check(lock !== null && lock !== undefined, 'the ledger shows no lock');
    await deployment.clock.set(Math.max(Date.parse(lock) - 1, deployment.clock.now()));
    refusedWith(
      429,
      await login.totp(await proven(stage, victim), app.code(deployment.clock.now())),
      'the right code just before the end of the lock',
    );
    await deployment.clock.set(Date.parse(lock));
    const later = await proven(stage, victim);
    wentOn(await login.totp(later, await freshCode(deployment, app)), 'the right code after the lock');
    await signedIn(later.visitor, 'after the lock');
    await recorded(stage, { type: 'guess.locked', subject: victim.id });
    await deployment.tick();
    await deployment.mailbox.wait(victim.email, ({ subject, text }) =>
      /attempt|wrong|lock/i.test(`${subject} ${text}`),
    );
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
    const claims = {
      date: new Date(now + 60_000).toUTCString(),
      'x-client-time': String(now + 60_000),
      'x-timezone': 'Pacific/Kiritimati',
    };
    refused(
      await attempt.visitor.post(path, { code: app.code(now, 2) }, { headers: claims }),
      'a future code with a time of its own in headers',
    );
    refused(
      await attempt.visitor.post(path, {
        code: app.code(now, 2),
        time: String(now + 60_000),
        zone: '+14:00',
      }),
      'a future code with a time of its own in the form',
    );
    await noGrant(attempt.visitor, 'before the right code');
    const good = await login.totp(attempt, app.code(now));
    check(good.status === 303, `the code of now: ${brief(good)}`);
    await signedIn(attempt.visitor, 'the code of now');
    const after = await proven(stage, victim);
    refused(await login.totp(after, app.code(now, -1)), 'the code of one step before the one accepted');
    await noGrant(after.visitor, 'after the older code');
  },
};

export const CODES: readonly Case[] = [replay, spellings, lockOut, steps];
