import { hashSecret } from '@countersign/core/kernel/hash';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp, sendProblem } from '../../http/app.ts';
import { setupRoutes, type SetupDeps } from './routes.ts';

const ORIGIN = 'https://sso.example.test';
const TOKEN = 'T'.repeat(43);
const setup = { kind: 'open', tokenHash: hashSecret(TOKEN), accountId: null };

let app: FastifyInstance;

beforeAll(async () => {
  app = await createApp({
    logger: pino({ level: 'silent' }),
    trustedProxies: [],
    secure: true,
    https: null,
    faultPage: (request, reply, { status, reason }) => sendProblem(request, reply, status, reason),
  });
  const deps = {
    clock: () => 0,
    deployment: { load: async () => ({ setup }) },
    desk: {
      site: () => ({ organisation: 'Test', host: 'sso.example.test', origin: ORIGIN }),
      commit: async () => {
        throw new Error('nothing of a malformed form may be stored');
      },
    },
    statedUrl: null,
  };
  setupRoutes(app, deps as unknown as SetupDeps);
});
afterAll(() => app.close());

const post = (change: Readonly<Record<string, string>>) => {
  const form = {
    token: TOKEN,
    publicUrl: ORIGIN,
    organisation: 'O',
    login: 'ana',
    displayName: 'Ana',
    email: 'ana@example.test',
  };
  return app.inject({
    method: 'POST',
    url: '/setup',
    headers: { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...form, ...change }).toString(),
  });
};

it.each([
  { organisation: 'O\0' },
  { displayName: 'An\0a' },
  { displayName: 'An\u0007a' },
  { login: 'ana\0' },
  { email: 'ana\0@example.test' },
])('control characters are a problem of the field, not of ours: %j', async (change) => {
  const response = await post(change);
  expect(response.statusCode).toBe(422);
  expect(response.body).toContain('This has characters that cannot be used.');
});
