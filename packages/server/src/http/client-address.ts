import type { FastifyRequest } from 'fastify';
import type { Visitor } from '../ports/visitor.ts';
import { cookieOf } from './cookies.ts';

const LONGEST_AGENT = 256;

/** Who is calling. The address is Fastify's, which believes forwarded headers from trusted proxies only (I-40). */
export const visitorOf = (request: FastifyRequest): Visitor => ({
  address: request.ip,
  agent: (request.headers['user-agent'] ?? '').replaceAll(/\p{C}/gu, '').slice(0, LONGEST_AGENT),
  browser: cookieOf(request, 'browser'),
  requestId: request.id,
});
