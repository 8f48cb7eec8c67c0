import { login } from '../verbs/login.ts';
import type { Person } from '../verbs/person.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';

const LOGINS = 1_000;
const WORKERS = 50;
/** Sign-ins with password and code wait for a new step each, so they are few among the many with a passkey. */
const EVERY_TYPED = 100;

const bleed: Case = {
  id: 'S-34',
  title: 'two people interleave a thousand sign-ins',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment } = stage;
    // Synced keys have no counter, so two of their answers may be on the way at once.
    const ask = (name: string) =>
      ({
        login: `${name}-${random.word(6)}`,
        email: null,
        displayName: `Only ${name} ${random.word(12)}`,
        password: true,
        totp: true,
        passkey: { counter: 'zero', backupEligible: true, backedUp: true },
      }) as const;
    const people: readonly Person[] = [await stage.person(ask('anna')), await stage.person(ask('boris'))];
    const sequence = Array.from({ length: LOGINS }, () => random.pick(people));
    let next = 0;
    let done = 0;
    const secrets = new Set<string>();

    const one = async (person: Person, place: number): Promise<void> => {
      const typed = place % EVERY_TYPED === 0;
      const { visitor, seen, granted } = await login.full(deployment, person, {
        by: typed ? 'totp' : 'passkey',
      });
      check(
        granted,
        `sign-in ${place} of ${person.login} failed: ${brief(seen)}, then ${brief(visitor.last() ?? seen)}`,
      );
      const body = visitor.last()?.body ?? '';
      check(
        body.includes(person.displayName),
        `sign-in ${place}: the page of ${person.login} does not name them`,
      );
      for (const other of people)
        check(
          other === person || !body.includes(other.displayName),
          `sign-in ${place}: the page of ${person.login} names ${other.login}`,
        );
      const secret = visitor.jar.get('__Host-cs-session') ?? '';
      check(!secrets.has(secret), `sign-in ${place}: a session id was handed out twice`);
      secrets.add(secret);
      // Else every page would list hundreds of sessions.
      await visitor.post('/signout', {});
      done += 1;
    };
    let broken = false;
    const work = async (): Promise<void> => {
      for (;;) {
        const place = next++;
        const person = sequence[place];
        if (person === undefined || broken) return;
        if (place % EVERY_TYPED !== 0) await one(person, place);
      }
    };
    const typing = async (): Promise<void> => {
      for (let place = 0; place < LOGINS; place += EVERY_TYPED) {
        const person = sequence[place];
        if (person !== undefined && !broken) await one(person, place);
      }
    };
    // Nothing may go on behind the back of the next case: on a fault, all stop and are waited for.
    const workers = [typing(), ...Array.from({ length: WORKERS }, work)];
    for (const worker of workers) worker.catch(() => (broken = true));
    for (const end of await Promise.allSettled(workers)) if (end.status === 'rejected') throw end.reason;
    equal(done, LOGINS, 'sign-ins');
  },
};

export const CROWD: readonly Case[] = [bleed];
