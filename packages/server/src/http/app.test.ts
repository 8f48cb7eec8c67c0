import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp, sendProblem } from './app.ts';

let app: FastifyInstance;

beforeAll(async () => {
  app = await createApp({
    logger: pino({ level: 'silent' }),
    trustedProxies: [],
    secure: false,
    https: null,
    faultPage: (request, reply, { status, reason }) => sendProblem(request, reply, status, reason),
  });
  const answer = async () => 'ok';
  await app.register(async (pages) => {
    pages.get('/signin/:transaction', answer);
    pages.post('/signin/:transaction/restart', answer);
    pages.get('/enrol/totp', answer);
    pages.post('/enrol/totp', answer);
    pages.get('/static/a.b', answer);
    pages.route({ method: ['GET', 'POST'], url: '/oidc/*', exposeHeadRoute: false, handler: answer });
  });
});
afterAll(() => app.close());

it.each([
  ['GET', '/signin/5/restart', 405, 'POST'],
  ['GET', '/signin/5/restart?x=/', 405, 'POST'],
  ['POST', '/signin/5', 405, 'GET, HEAD'],
  ['PUT', '/enrol/totp', 405, 'GET, HEAD, POST'],
  ['DELETE', '/oidc/a/b', 405, 'GET, POST'],
  ['GET', '/signin/5/6/restart', 404, undefined],
  ['GET', '/signin//restart', 404, undefined],
  ['GET', '/signin/5/nothing', 404, undefined],
  ['GET', '/enrol/totp/', 404, undefined],
  ['POST', '/static/aXb', 404, undefined],
  ['GET', '/nothing', 404, undefined],
  ['GET', `/signin/${'5'.repeat(200)}`, 414, undefined],
  ['POST', '/enrol/totp', 200, undefined],
  ['GET', '/signin/5', 200, undefined],
] as const)('%s %s is %i', async (method, url, status, allow) => {
  const response = await app.inject({ method, url });
  expect([response.statusCode, response.headers['allow']]).toEqual([status, allow]);
});
