import type { Person } from '../verbs/person.ts';
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
