import { oidc } from '../verbs/oidc.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { brief } from '../visitor/seen.ts';
import { type Case, check } from './case.ts';
import { newCode } from './g-tokens.ts';
import { synced } from './people.ts';

/** Addresses that are almost the registered one. */
function almost(registered: string): readonly string[] {
  const { host, pathname } = new URL(registered);
  return [
    `${registered}/`,
    `${registered}x`,
    `${registered}/../evil`,
    `${registered}?x=1`,
    `${registered}?`,
    `${registered}#`,
    `${registered}#x`,
    `https://${host}.evilexample.test${pathname}`,
    `https://evil${host}${pathname}`,
    `https://${host}@evilexample.test${pathname}`,
    `https://evilexample.test@${host}${pathname}`,
    `https://evilexample.test:x@${host}${pathname}`,
    `https://${host}\\@evilexample.test${pathname}`,
    `https:\\\\${host}${pathname}`,
    `https://evilexample.test\\${host}${pathname}`,
    `https://${host}%2f${pathname.slice(1)}`,
    `https://${host}/%2fevilexample.test`,
    `https://${host}${pathname.replace('c', '%63')}`,
    `https://${host}/%2e%2e${pathname}`,
    `https://${host}:443${pathname}`,
    `https://${host}:8443${pathname}`,
    `http://${host}${pathname}`,
    `HTTPS://${host}${pathname}`,
    `https://${host.toUpperCase()}${pathname}`,
    `https://${host}.${pathname}`,
    `https://${host.replace('a', 'а')}${pathname}`,
    `https://xn--${host}${pathname}`,
    `https:/${host}${pathname}`,
    `https:${host}${pathname}`,
    `//${host}${pathname}`,
    pathname,
    `https://localhost${pathname}`,
    `http://localhost${pathname}`,
    `http://127.0.0.1${pathname}`,
    `http://127.1${pathname}`,
    `http://[::1]${pathname}`,
    `http://0.0.0.0${pathname}`,
    `https://localhost.evilexample.test${pathname}`,
    'javascript:alert(1)',
    'data:text/html,x',
    'https://evilexample.test/cb',
    ` ${registered}`,
    `${registered} `,
    `${registered}\n`,
    `${registered}\u0000`,
    `${registered}%00`,
    `${registered};x`,
    `${registered}*`,
    '',
  ];
}

const redirects: Case = {
  id: 'S-57',
  title: 'addresses that are almost registered',
  on: 'real',
  seeds: 1,
  run: async (stage, random) => {
    const { deployment, operator } = stage;
    const person = await synced(stage, random, 'redir');
    const client = await oidc.register(operator, {
      metadata: { redirect_uris: ['https://redir.example.test/cb', 'http://127.0.0.1:9876/cb'] },
    });
    const visitor = createVisitor(deployment);
    await newCode(stage, client, person, {}, visitor);
    for (const signedIn of [visitor, createVisitor(deployment)]) {
      for (const redirectUri of [
        ...almost('https://redir.example.test/cb'),
        'http://127.0.0.1:9877/cb',
        'http://localhost:9876/cb',
        null,
      ]) {
        const { path } = oidc.request(client, { redirect_uri: redirectUri });
        const seen = await signedIn.get(path);
        check(
          seen.location === null && seen.status === 400 && seen.page !== null,
          `the address ${JSON.stringify(redirectUri)} answered ${brief(seen)}`,
        );
      }
      const twice = `${oidc.request(client).path}&redirect_uri=${encodeURIComponent('https://evilexample.test/cb')}`;
      const seen = await signedIn.get(twice);
      check(
        seen.location === null || !seen.location.includes('evilexample'),
        `two addresses answered ${brief(seen)}`,
      );
      check(seen.status >= 400, `two addresses went on: ${brief(seen)}`);
    }
  },
};

export const REDIRECTS: readonly Case[] = [redirects];
