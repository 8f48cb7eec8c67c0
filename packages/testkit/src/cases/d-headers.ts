import { admin, textMember } from '../verbs/admin.ts';
import { audit } from '../verbs/audit.ts';
import { login } from '../verbs/login.ts';
import { recover } from '../verbs/recover.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check, equal } from './case.ts';
import { holder } from './people.ts';

const EVIL = 'evilexample.test';
const FORGED = {
  host: EVIL,
  forwarded: `for=203.0.113.9;host=${EVIL};proto=https`,
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-host': EVIL,
  'x-forwarded-proto': 'https',
  'x-forwarded-port': '443',
  'x-forwarded-prefix': `//${EVIL}`,
  'x-real-ip': '203.0.113.9',
  'x-original-url': '/enrol',
  'x-rewrite-url': '/enrol',
  'x-http-method-override': 'DELETE',
} as const;

const headers: Case = {
  id: 'S-35',
  title: 'forged Host and forwarding headers of nobody we trust',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const person = await holder(stage, random, 'host');
    const visitor = createVisitor(deployment, { headers: FORGED });
    const attempt = await login.start(visitor);
    const options = await login.challenge(attempt);
    equal(options?.rpId, 'localhost', 'the site that the passkey is asked for');
    check(
      (await login.full(deployment, person, { visitor })).granted,
      'the forged headers keep the owner out',
    );
    for (const path of [
      '/',
      '/signin',
      '/enrol',
      '/nothing',
      '/oidc/auth',
      '/.well-known/openid-configuration',
    ]) {
      const seen = await visitor.get(path);
      const said = [seen.body, ...Object.values(seen.headers)].join('\n');
      check(!said.includes(EVIL), `${path} repeats the forged host: ${brief(seen)}`);
    }
    const discovery = await visitor.raw('GET', '/.well-known/openid-configuration', FORGED);
    equal(textMember(discovery, 'issuer'), deployment.origin, 'the issuer');
    equal(new URL(await recover.link(operator, person.id)).origin, deployment.origin, 'the origin of a link');
    const events = await audit.list(operator, { subject: person.id });
    check(!events.body.includes('203.0.113.9'), 'the log believes the forged address');
    const { json } = await admin.person(operator, person.id);
    check(!JSON.stringify(json).includes('203.0.113.9'), 'a session has the forged address');
    // The other site's page cannot pass for ours either.
    const posted = await visitor.post(
      '/enrol/recovery-codes',
      {},
      { headers: { origin: `https://${EVIL}` } },
    );
    equal(posted.status, 403, 'a post from another origin');
  },
};

export const HEADERS: readonly Case[] = [headers];
