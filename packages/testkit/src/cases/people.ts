import { type Attempt, login } from '../verbs/login.ts';
import type { Person } from '../verbs/person.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** Somebody with a password and an authenticator app, made for one case. */
export const typist = (stage: Stage, random: Random, name: string, more: object = {}): Promise<Person> =>
  stage.person({ login: `${name}-${random.word(6)}`, password: true, totp: true, ...more });

/** Somebody with a passkey on one device, which counts its uses. */
export const holder = (stage: Stage, random: Random, name: string, more: object = {}): Promise<Person> =>
  stage.person({ login: `${name}-${random.word(6)}`, passkey: true, ...more });

/** Somebody with a synced passkey, which does not count: two browsers may use it at once. */
export const synced = (stage: Stage, random: Random, name: string, more: object = {}): Promise<Person> =>
  stage.person({
    login: `${name}-${random.word(6)}`,
    passkey: { counter: 'zero', backupEligible: true, backedUp: true },
    ...more,
  });

const AT_ONCE = 10;

/** So many sign-ins of one person, each in a browser of its own, that wait for the second factor. */
export async function pending(
  { deployment }: Stage,
  person: Person,
  count: number,
  nodeOf: (place: number) => number = () => 0,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  while (attempts.length < count) {
    const places = Array.from(
      { length: Math.min(AT_ONCE, count - attempts.length) },
      (_, more) => attempts.length + more,
    );
    attempts.push(
      ...(await Promise.all(
        places.map((place) => login.withPassword(createVisitor(deployment, { node: nodeOf(place) }), person)),
      )),
    );
  }
  return attempts;
}
