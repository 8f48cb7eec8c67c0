import { createWebAuthnKey, type Overrides, type WebAuthnKey } from '../authenticators/webauthn-key.ts';
import { admin, member } from '../verbs/admin.ts';
import { enrol } from '../verbs/enrol.ts';
import { factor } from '../verbs/factor.ts';
import { type KeyUse, login } from '../verbs/login.ts';
import { held, type Person } from '../verbs/person.ts';
import { createVisitor, type Visitor } from '../visitor/create-visitor.ts';
import { type Case, check, equal } from './case.ts';
import { noGrant, recorded, refused, signedIn, wentOn } from './expect.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

const holder = (stage: Stage, random: Random, name: string): Promise<Person> => stage.person({ login: `${name}-${random.word(6)}`, passkey: true });

/** One assertion in a sign-in of its own. */
async function attempt(stage: Stage, key: WebAuthnKey, use: KeyUse, what: string): Promise<void> {
  const visitor = createVisitor(stage.deployment);
  refused(await login.passkey(await login.start(visitor), key, use), what);
  await noGrant(visitor, what);
}

interface Kept {
  readonly lastUsedAt: string | null;
  readonly name: string;
}
const factorsOf = async (stage: Stage, { id }: Person): Promise<readonly Kept[]> => member(await admin.person(stage.operator, id), 'factors') as readonly Kept[];

/** Everything that is not exactly this origin. */
function otherOrigins(origin: string): readonly string[] {
  const { protocol, hostname, port } = new URL(origin);
  const other = protocol === 'http:' ? 'https:' : 'http:';
  return [
    `${other}//${hostname}:${port}`,
    `${other}//${hostname}`,
    `${protocol}//${hostname}`,
    `${protocol}//${hostname}:${Number(port) + 1}`,
    `${protocol}//evilexample.test:${port}`,
    `${protocol}//evil${hostname}:${port}`,
    `${protocol}//login.${hostname}:${port}`,
    `${protocol}//${hostname}.:${port}`,
    `${protocol}//${hostname.toUpperCase()}:${port}`,
    `${protocol}//${hostname}.evilexample.test:${port}`,
    `${protocol}//${hostname}@evilexample.test:${port}`,
    `${origin}/`,
    'null',
    '',
  ];
}

const origins: Case = {
  id: 'S-20',
  title: 'a signature for another origin',
  seeds: 1,
  run: async (stage, random) => {
    const victim = await holder(stage, random, 'origin');
    const key = held(victim.passkey, 'passkey');
    const wrong = otherOrigins(stage.deployment.origin);
    for (const origin of wrong) await attempt(stage, key, { overrides: { origin } }, `an assertion for ${origin}`);
    const { visitor, granted } = await login.full(stage.deployment, victim);
    check(granted, 'the right origin was refused');
    for (const origin of wrong) refused(await enrol.key(visitor, createWebAuthnKey(), { overrides: { origin } }), `a registration for ${origin}`);
    equal((await factorsOf(stage, victim)).length, 1, 'factors after all registrations');
  },
};

const challenges: Case = {
  id: 'S-21',
  title: 'a challenge is answered once, here, now',
  run: async (stage, random) => {
    const { deployment } = stage;
    const { origin } = deployment;
    const [victim, other] = [await holder(stage, random, 'chal'), await holder(stage, random, 'chal2')];
    const key = held(victim.passkey, 'passkey');
    const begin = async () => {
      const visitor = createVisitor(deployment);
      const sign = await login.start(visitor);
      const options = await login.challenge(sign);
      check(options !== null, 'no challenge was offered');
      return { visitor, sign, options };
    };

    const used = await begin();
    const answer = key.get(used.options, origin);
    wentOn(await login.sendAssertion(used.sign, used.options.challenge, answer), 'the first answer');
    refused(await login.sendAssertion(used.sign, used.options.challenge, answer), 'the same answer again');
    const later = await begin();
    refused(await login.sendAssertion(later.sign, used.options.challenge, answer), 'a captured answer in another sign-in');

    // A wrong answer ends its challenge as well.
    const spent = await begin();
    refused(await login.sendAssertion(spent.sign, spent.options.challenge, key.get(spent.options, origin, { origin: 'http://evilexample.test' })), 'a wrong answer');
    refused(await login.sendAssertion(spent.sign, spent.options.challenge, key.get(spent.options, origin)), 'a right answer to a challenge that was answered wrongly');

    const chosen = await begin();
    const own = random.secret();
    refused(await login.sendAssertion(chosen.sign, own, key.get({ ...chosen.options, challenge: own }, origin)), 'a challenge of the client');
    refused(await login.sendAssertion(chosen.sign, chosen.options.challenge, key.get({ ...chosen.options, challenge: own }, origin)), 'an answer to another challenge than the one named');

    const [mine, theirs] = [await begin(), await begin()];
    refused(await login.sendAssertion(mine.sign, theirs.options.challenge, key.get(theirs.options, origin)), 'a challenge of another browser');
    check((await login.full(deployment, other)).granted, 'the other person cannot sign in');
    const session = (await login.full(deployment, other)).visitor;
    const offered = await enrol.offerKey(session);
    check(offered !== null, 'no registration was offered');
    const fresh = await begin();
    refused(await login.sendAssertion(fresh.sign, offered.challenge, key.get({ ...fresh.options, challenge: offered.challenge }, origin)), 'a challenge for enrolling at a sign-in');

    const old = await begin();
    await deployment.clock.advance(11 * 60_000);
    refused(await login.sendAssertion(old.sign, old.options.challenge, key.get(old.options, origin)), 'an answer after eleven minutes');
    for (const { visitor } of [later, spent, chosen, mine, theirs, fresh, old]) await noGrant(visitor, 'after a refused answer');
  },
};

const flip = (signature: Uint8Array): Uint8Array => signature.map((byte, place) => (place === signature.length - 1 ? byte ^ 1 : byte));

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
      ["another person's credential id over an own signature", evil, { overrides: { ...far, id: key.credentialId, rawId: key.credentialId } }],
      ["the victim's user handle with an own credential", evil, { overrides: { userHandle: handleOf(key, stage) } }],
      ['an empty signature', key, { overrides: { ...far, signature: () => new Uint8Array() } }],
      ['a flipped signature', key, { overrides: { ...far, signature: flip } }],
      ['a signature of another algorithm', createWebAuthnKey({ algorithm: -8 }), { overrides: { ...far, id: key.credentialId, rawId: key.credentialId, userHandle: handleOf(key, stage) } }],
      ['a type that is a registration', key, { overrides: { ...far, type: 'webauthn.create' } }],
      ['no signature at all', key, { answer: (response) => ({ ...response, response: { ...Object(response['response']), signature: undefined } }) }],
      ['an answer that is no object', key, { answer: () => 'null' }],
    ];
    for (const [what, of, use] of random.shuffled(attempts)) await attempt(stage, of, use, what);
    equal(await factorsOf(stage, victim), before, 'the factor after the attempts');
    // Had a refused answer moved the counter to 5,000, the true key would now look like a clone.
    check((await login.full(stage.deployment, victim)).granted, 'the true key is refused after the attempts');
  },
};

/** What the key says of itself: the handle that it was given. */
const handleOf = (key: WebAuthnKey, stage: Stage): string => key.clone().get({ rpId: 'localhost', challenge: 'AA' }, stage.deployment.origin).response.userHandle ?? '';

const flags: Case = {
  id: 'S-23',
  title: 'flags and counters',
  run: async (stage, random) => {
    const victim = await holder(stage, random, 'flag');
    const key = held(victim.passkey, 'passkey');
    await attempt(stage, key, { overrides: { flags: { uv: false } } }, 'an answer without user verification');
    await attempt(stage, key, { overrides: { flags: { up: false } } }, 'an answer without user presence');
    await attempt(stage, key, { overrides: { flags: { up: false, uv: false } } }, 'an answer with neither');
    const clone = key.clone();
    for (let use = 0; use < 3; use += 1) check((await login.full(stage.deployment, victim)).granted, 'the owner cannot sign in');
    await attempt(stage, clone, {}, 'a clone whose counter lies behind');
    await attempt(stage, key, { overrides: { counter: 0 } }, 'a counter of nought');
    const { outcome } = await recorded(stage, { type: 'webauthn.counter_regression', subject: victim.id });
    equal(outcome, 'refused', 'the outcome in the log');
  },
};

const registrations: Case = {
  id: 'S-24',
  title: 'keys that may not be registered',
  seeds: 1,
  run: async (stage, random, world) => {
    const { deployment } = stage;
    const [victim, attacker] = [await holder(stage, random, 'reg'), await holder(stage, random, 'reg2')];
    const { visitor } = await login.full(deployment, attacker);
    const add = (key: WebAuthnKey, what: string, overrides: Overrides = {}, at: Visitor = visitor) => enrol.key(at, key, { overrides }).then((seen) => refused(seen, what));
    const taken = Buffer.from(held(victim.passkey, 'passkey').credentialId, 'base64url');
    await add(createWebAuthnKey(), 'a credential id that is another person’s', { credentialId: taken });
    await add(createWebAuthnKey(), 'a registration without user presence', { flags: { up: false } });
    await add(createWebAuthnKey(), 'a passkey without user verification', { flags: { uv: false } });
    await add(createWebAuthnKey(), 'an assertion as a registration', { type: 'webauthn.get' });
    await add(createWebAuthnKey({ attestation: 'packed-self' }), 'an attestation with a broken signature', { signature: flip });
    await add(createWebAuthnKey({ attestation: 'packed' }), 'a format that says more than the statement', { format: 'none' });
    equal((await factorsOf(stage, attacker)).length, 1, 'factors after all registrations');
    await signedIn(visitor, 'after the registrations');
    check((await login.full(deployment, victim)).granted, 'the owner of the taken id cannot sign in');

    const strict = await world.own({ file: { webauthn: { attestation: 'direct' } } }, 'totp');
    const home = (await login.full(strict.deployment, strict.owner)).visitor;
    await add(createWebAuthnKey(), 'no attestation where one is required', {}, home);
    await add(createWebAuthnKey({ attestation: 'packed-self' }), 'an attestation by itself where a maker is required', {}, home);
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
      ['removing by the API at the own account', await visitor.json('DELETE', `/api/v1/people/${attacker.id}/factors/${mine.id}`)],
    ] as const;
    for (const [what, seen] of answers) {
      refused(seen, what);
      check([403, 404].includes(seen.status), `${what}: expected 403 or 404, got ${seen.status}`);
    }
    equal(await factorsOf(stage, victim), before, 'the passkey afterwards');
    check((await login.full(stage.deployment, victim)).granted, 'the owner cannot sign in any more');
  },
};

export const WEBAUTHN: readonly Case[] = [origins, challenges, signatures, flags, registrations, foreignFactors];
