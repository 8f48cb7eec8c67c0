import { createWebAuthnKey, type Overrides, type WebAuthnKey } from '../authenticators/webauthn-key.ts';
import { type KeyUse, login } from '../verbs/login.ts';
import { held } from '../verbs/person.ts';
import { type Case, check, equal } from './case.ts';
import { recorded } from './expect.ts';
import type { Stage } from './stage.ts';
import { factorsOf, flip, mustFail } from './factors.ts';
import { holder } from './people.ts';

const signatures: Case = {
  id: 'S-22',
  title: 'ids and signatures that do not fit',
  run: async (stage, random) => {
    const [victim, attacker] = [await holder(stage, random, 'sig'), await holder(stage, random, 'sig2')];
    const [key, evil] = [held(victim.passkey, 'passkey'), held(attacker.passkey, 'passkey')];
    check((await login.full(stage.deployment, victim)).granted, 'the owner cannot sign in');
    const before = await factorsOf(stage, victim);
    await stage.deployment.clock.advance(60_000);
    const far: Overrides = { counter: 5_000 };
    const unknown = createWebAuthnKey();
    const attempts: readonly (readonly [string, WebAuthnKey, KeyUse])[] = [
      ['id other than rawId', key, { overrides: { ...far, rawId: evil.credentialId } }],
      ['rawId other than id', key, { overrides: { ...far, id: evil.credentialId, rawId: key.credentialId } }],
      ['an unknown credential', unknown, {}],
      [
        "another person's credential id over an own signature",
        evil,
        { overrides: { ...far, id: key.credentialId, rawId: key.credentialId } },
      ],
      [
        "the victim's user handle with an own credential",
        evil,
        { overrides: { userHandle: handleOf(key, stage) } },
      ],
      ['an empty signature', key, { overrides: { ...far, signature: () => new Uint8Array() } }],
      ['a flipped signature', key, { overrides: { ...far, signature: flip } }],
      [
        'a signature of another algorithm',
        createWebAuthnKey({ algorithm: -8 }),
        {
          overrides: {
            ...far,
            id: key.credentialId,
            rawId: key.credentialId,
            userHandle: handleOf(key, stage),
          },
        },
      ],
      ['a type that is a registration', key, { overrides: { ...far, type: 'webauthn.create' } }],
      [
        'no signature at all',
        key,
        {
          answer: (response) => ({
            ...response,
            response: { ...response.response, signature: undefined },
          }),
        },
      ],
      ['an answer that is no object', key, { answer: () => 'null' }],
    ];
    for (const [what, of, use] of random.shuffled(attempts)) await mustFail(stage, of, use, what);
    equal(await factorsOf(stage, victim), before, 'the factor after the attempts');
    // Had a refused answer moved the counter to 5,000, the true key would now look like a clone.
    check((await login.full(stage.deployment, victim)).granted, 'the true key is refused after the attempts');
  },
};

/** What the key says of itself: the handle that it was given. */
const handleOf = (key: WebAuthnKey, stage: Stage): string =>
  key.clone().get({ rpId: 'localhost', challenge: 'AA' }, stage.deployment.origin).response.userHandle ?? '';

const flags: Case = {
  id: 'S-23',
  title: 'flags and counters',
  run: async (stage, random) => {
    const victim = await holder(stage, random, 'flag');
    const key = held(victim.passkey, 'passkey');
    await mustFail(
      stage,
      key,
      { overrides: { flags: { uv: false } } },
      'an answer without user verification',
    );
    await mustFail(stage, key, { overrides: { flags: { up: false } } }, 'an answer without user presence');
    await mustFail(stage, key, { overrides: { flags: { up: false, uv: false } } }, 'an answer with neither');
    const clone = key.clone();
    for (let use = 0; use < 3; use += 1)
      check((await login.full(stage.deployment, victim)).granted, 'the owner cannot sign in');
    await mustFail(stage, clone, {}, 'a clone whose counter lies behind');
    await mustFail(stage, key, { overrides: { counter: 0 } }, 'a counter of nought');
    const { outcome } = await recorded(stage, { type: 'webauthn.counter_regression', subject: victim.id });
    equal(outcome, 'refused', 'the outcome in the log');
  },
};

export const ASSERTIONS: readonly Case[] = [signatures, flags];
