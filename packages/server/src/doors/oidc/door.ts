import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Visitor } from '../../desk/deps.ts';
import type { OidcDoor } from './create-door.ts';

const DISCOVERY = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'] as const;

/**
 * Mounts the door. The library reads bodies and writes answers itself, so nothing may parse or send here; hooks that
 * run before the handler apply, `onSend` and what was set on the reply do not (libraries.md §3).
 */
export const oidcRoutes =
  (door: OidcDoor, visitorOf: (request: FastifyRequest) => Visitor) =>
  async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const url of ['/oidc/*', ...DISCOVERY]) {
      scope.route({
        method: ['GET', 'POST', 'OPTIONS'],
        url,
        exposeHeadRoute: false,
        schema: { hide: true },
        handler: async (request, reply) => {
          reply.hijack();
          await door.handle({ req: request.raw, res: reply.raw }, visitorOf(request));
        },
      });
    }
  };
