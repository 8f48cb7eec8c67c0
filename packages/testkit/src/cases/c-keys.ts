import { createWebAuthnKey, type Overrides, type WebAuthnKey } from '../authenticators/webauthn-key.ts';
import { enrol } from '../verbs/enrol.ts';
import { factor } from '../verbs/factor.ts';
import { login } from '../verbs/login.ts';
import { held } from '../verbs/person.ts';
import { type Visitor } from '../visitor/create-visitor.ts';
import { type Case, check, equal } from './case.ts';
import { refused, signedIn } from './expect.ts';
import { factorsOf, flip } from './factors.ts';
import { holder } from './people.ts';

const registrations: Case = {
  id: 'S-24',
  title: 'keys that may not be registered',
  seeds: 1,
  run: async (stage, random, world) => {
    const { deployment } = stage;
    const [victim, attacker] = [await holder(stage, random, 'reg'), await holder(stage, random, 'reg2')];
    const { visitor } = await login.full(deployment, attacker);
    const add = (key: WebAuthnKey, what: string, overrides: Overrides = {}, at: Visitor = visitor) =>
      enrol.key(at, key, { overrides }).then((seen) => refused(seen, what));
    const taken = Buffer.from(held(victim.passkey, 'passkey').credentialId, 'base64url');
    await add(createWebAuthnKey(), 'a credential id that is another person’s', { credentialId: taken });
    await add(createWebAuthnKey(), 'a registration without user presence', { flags: { up: false } });
    await add(createWebAuthnKey(), 'a passkey without user verification', { flags: { uv: false } });
    await add(createWebAuthnKey(), 'an assertion as a registration', { type: 'webauthn.get' });
    await add(createWebAuthnKey({ attestation: 'packed-self' }), 'an attestation with a broken signature', {
      signature: flip,
    });
    await add(createWebAuthnKey({ attestation: 'packed' }), 'a format that says more than the statement', {
      format: 'none',
    });
    equal((await factorsOf(stage, attacker)).length, 1, 'factors after all registrations');
    await signedIn(visitor, 'after the registrations');
    check((await login.full(deployment, victim)).granted, 'the owner of the taken id cannot sign in');

    const strict = await world.own({ file: { webauthn: { attestation: 'direct' } } }, 'totp');
    const home = (await login.full(strict.deployment, strict.owner)).visitor;
    await add(createWebAuthnKey(), 'no attestation where one is required', {}, home);
    await add(
      createWebAuthnKey({ attestation: 'packed-self' }),
      'an attestation by itself where a maker is required',
      {},
      home,
    );
    await add(createWebAuthnKey({ attestation: 'packed' }), "a chain to the attacker's own root", {}, home);
    equal((await factor.list(home)).length, 1, 'factors where attestation is required');
  },
};

const foreignFactors: Case = {
  id: 'S-26',
  title: "another person's passkey by its id",
  run: async (stage, random) => {
    const [victim, attacker] = [await holder(stage, random, 'own'), await holder(stage, random, 'thief')];
    const home = (await login.full(stage.deployment, victim)).visitor;
    const [mine] = await factor.list(home);
    check(mine !== undefined, 'the page lists no passkey');
    const { visitor } = await login.full(stage.deployment, attacker);
    const before = await factorsOf(stage, victim);
    const answers = [
      ['renaming', await factor.rename(visitor, mine.id, 'stolen')],
      ['removing', await factor.remove(visitor, mine.id)],
      ['removing by the API', await visitor.json('DELETE', `/api/v1/people/${victim.id}/factors/${mine.id}`)],
      [
        'removing by the API at the own account',
        await visitor.json('DELETE', `/api/v1/people/${attacker.id}/factors/${mine.id}`),
      ],
    ] as const;
    for (const [what, seen] of answers) {
      refused(seen, what);
      check([403, 404].includes(seen.status), `${what}: expected 403 or 404, got ${seen.status}`);
    }
    equal(await factorsOf(stage, victim), before, 'the passkey afterwards');
    check((await login.full(stage.deployment, victim)).granted, 'the owner cannot sign in any more');
  },
};

export const KEYS: readonly Case[] = [registrations, foreignFactors];
