import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { setTransactionCookie, transactionCookieLines } from './cookies.ts';

const SECRET = 'A'.repeat(43);
const nameOf = (id: string): string => `__Host-cs-tx-${id}`;
const ids = (n: number): readonly string[] => Array.from({ length: n }, () => randomUUID());
const headerOf = (all: readonly string[]): string =>
  ['__Host-cs-session=x', ...all.map((id) => `${nameOf(id)}=${SECRET}`), '__Host-cs-lang=de'].join('; ');

/** The cookies that a Fastify reply sets, and those that the lines for the raw response would. */
async function set(cookies: string | undefined, id: string) {
  const app = Fastify();
  await app.register(cookie);
  app.get('/', async (_request, reply) => {
    setTransactionCookie(reply, id, SECRET);
    return '';
  });
  const { headers } = await app.inject({
    url: '/',
    headers: cookies === undefined ? {} : { cookie: cookies },
  });
  await app.close();
  const byReply = [headers['set-cookie'] ?? []].flat();
  return { byReply, byLines: transactionCookieLines(cookies, id, SECRET) };
}
const parts = (line: string): readonly string[] =>
  line
    .split('; ')
    .filter((part) => !part.startsWith('Expires='))
    .sort();

it('a sign-in is bound for as long as it may take, and no longer', async () => {
  const [id = ''] = ids(1);
  const { byReply, byLines } = await set(undefined, id);
  expect(byLines).toEqual([`${nameOf(id)}=${SECRET}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=900`]);
  expect(byReply.map(parts)).toEqual(byLines.map(parts));
});

it('ten sign-ins may be under way in one browser; the oldest beyond them are let go', async () => {
  const others = ids(12);
  const [id = ''] = ids(1);
  const { byReply, byLines } = await set(headerOf(others), id);
  expect(byLines.slice(0, 2)).toEqual(
    others.slice(0, 2).map((old) => `${nameOf(old)}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`),
  );
  expect(byLines).toHaveLength(3);
  expect(byReply.map(parts)).toEqual(byLines.map(parts));
  expect((await set(headerOf(others.slice(2)), id)).byLines).toHaveLength(1);
});

it('a step never lets go of its own sign-in, however old', async () => {
  const others = ids(13);
  const { byReply, byLines } = await set(headerOf(others), others[0] ?? '');
  expect(byLines.map((line) => line.split('=')[0])).toEqual(
    [others[1], others[2], others[0]].map((id) => nameOf(id ?? '')),
  );
  expect(byReply).toHaveLength(3);
});

it('what only looks like such a cookie is left alone', async () => {
  const odd = Array.from({ length: 20 }, (_, n) => `__Host-cs-tx-${n}=x`).join('; ');
  expect((await set(odd, randomUUID())).byLines).toHaveLength(1);
});
