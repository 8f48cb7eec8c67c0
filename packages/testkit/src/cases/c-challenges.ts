import { createWebAuthnKey } from '../authenticators/webauthn-key.ts';
import { enrol } from '../verbs/enrol.ts';
import { login } from '../verbs/login.ts';
import { held } from '../verbs/person.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { type Case, check, equal } from './case.ts';
import { noGrant, refused, wentOn } from './expect.ts';
import { factorsOf, mustFail } from './factors.ts';
import { holder } from './people.ts';

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
    for (const origin of wrong)
      await mustFail(stage, key, { overrides: { origin } }, `an assertion for ${origin}`);
    const { visitor, granted } = await login.full(stage.deployment, victim);
    check(granted, 'the right origin was refused');
    for (const origin of wrong)
      refused(
        await enrol.key(visitor, createWebAuthnKey(), { overrides: { origin } }),
        `a registration for ${origin}`,
      );
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
    refused(
      await login.sendAssertion(later.sign, used.options.challenge, answer),
      'a captured answer in another sign-in',
    );

    // A wrong answer ends its challenge as well.
    const spent = await begin();
    refused(
      await login.sendAssertion(
        spent.sign,
        spent.options.challenge,
        key.get(spent.options, origin, { origin: 'http://evilexample.test' }),
      ),
      'a wrong answer',
    );
    refused(
      await login.sendAssertion(spent.sign, spent.options.challenge, key.get(spent.options, origin)),
      'a right answer to a challenge that was answered wrongly',
    );

    const chosen = await begin();
    const own = random.secret();
    refused(
      await login.sendAssertion(chosen.sign, own, key.get({ ...chosen.options, challenge: own }, origin)),
      'a challenge of the client',
    );
    refused(
      await login.sendAssertion(
        chosen.sign,
        chosen.options.challenge,
        key.get({ ...chosen.options, challenge: own }, origin),
      ),
      'an answer to another challenge than the one named',
    );

    const [mine, theirs] = [await begin(), await begin()];
    refused(
      await login.sendAssertion(mine.sign, theirs.options.challenge, key.get(theirs.options, origin)),
      'a challenge of another browser',
    );
    check((await login.full(deployment, other)).granted, 'the other person cannot sign in');
    const session = (await login.full(deployment, other)).visitor;
    const offered = await enrol.offerKey(session);
    check(offered !== null, 'no registration was offered');
    const fresh = await begin();
    refused(
      await login.sendAssertion(
        fresh.sign,
        offered.challenge,
        key.get({ ...fresh.options, challenge: offered.challenge }, origin),
      ),
      'a challenge for enrolling at a sign-in',
    );

    const old = await begin();
    await deployment.clock.advance(11 * 60_000);
    refused(
      await login.sendAssertion(old.sign, old.options.challenge, key.get(old.options, origin)),
      'an answer after eleven minutes',
    );
    for (const { visitor } of [later, spent, chosen, mine, theirs, fresh, old])
      await noGrant(visitor, 'after a refused answer');
  },
};

export const CHALLENGES: readonly Case[] = [origins, challenges];
