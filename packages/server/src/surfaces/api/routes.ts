import swagger from '@fastify/swagger';
import { FIDO_METADATA_TYPE } from '@countersign/contract/api/system';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { appRoutes } from './app-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import type { ApiDeps } from './deps.ts';
import { factorSessionRoutes } from './factor-session-routes.ts';
import { gate } from './gate.ts';
import { parseJson } from './parse-json.ts';
import { peopleRoutes } from './people-routes.ts';
import { personActRoutes } from './person-act-routes.ts';
import { refuse, refuseError } from './refuse.ts';
import { systemRoutes } from './system-routes.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Mounts the API under `/api/v1` on a listener of `http/app.ts`; who may call there is in `deps.resolvers`. */
export async function apiRoutes(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  await app.register(
    async (api) => {
      await describe(api, deps);
      takeJsonOnly(api);
      const known = noteRoutes(api);
      api.addHook('onRequest', (request, reply) => gate(deps, request, reply));
      api.setErrorHandler((error, request, reply) => refuseError(error, request, reply));
      api.get('/openapi.json', { config: { access: 'anyone' }, schema: { hide: true } }, async () =>
        api.swagger(),
      );
      peopleRoutes(api, deps);
      personActRoutes(api, deps);
      factorSessionRoutes(api, deps);
      appRoutes(api, deps);
      auditRoutes(api, deps);
      systemRoutes(api, deps);
      refuseOtherMethods(api, known);
    },
    { prefix: PREFIX },
  );
}

const PREFIX = '/api/v1';

/** Registered before the routes, so that it sees them; inside this scope, so that it sees no others. */
async function describe(api: FastifyInstance, { version }: ApiDeps): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-cs-session' } },
      },
      security: [{ session: [] }],
      info: {
        title: 'Countersign administration API',
        version,
        description:
          'Called by a signed-in person with a role, or over the local socket. Changes need a page of ours or the header ' +
          '`x-countersign-request: 1`, and a proof of the last five minutes; `dryRun=true` runs all checks and writes nothing.',
      },
    },
    transform: jsonSchemaTransform,
  });
}

/** Forms and plain text are what a foreign page can post without asking; none of them is read here. */
function takeJsonOnly(api: FastifyInstance): void {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, body: string | Buffer) => parseJson(body.toString()),
  );
  api.addContentTypeParser(
    FIDO_METADATA_TYPE,
    { parseAs: 'string' },
    async (_request: unknown, body: string | Buffer) => body.toString(),
  );
}

/** Which methods each address takes. */
function noteRoutes(api: FastifyInstance): ReadonlyMap<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  api.addHook('onRoute', ({ method, url }: RouteOptions) => {
    const path = url.startsWith(PREFIX) ? url.slice(PREFIX.length) : url;
    const methods = known.get(path) ?? new Set();
    for (const each of [method].flat()) methods.add(each);
    known.set(path, methods);
  });
  return known;
}

/** An address of ours with a method it does not take is a 405 that names the others, before anything is read. */
function refuseOtherMethods(api: FastifyInstance, known: ReadonlyMap<string, Set<string>>): void {
  for (const [url, taken] of [...known].map(([path, methods]) => [path, [...methods]] as const)) {
    const others = METHODS.filter((method) => !taken.includes(method));
    if (others.length === 0) continue;
    api.route({
      method: others,
      url,
      exposeHeadRoute: false,
      config: { access: 'anyone' },
      schema: { hide: true },
      onRequest: async (request, reply) => {
        void reply.header('allow', taken.join(', '));
        await refuse(request, reply, 'request.method');
      },
      handler: async () => undefined,
    });
  }
}
