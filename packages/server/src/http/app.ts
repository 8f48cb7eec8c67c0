import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { faultOf, type Fault } from './faults.ts';

export interface AppOptions {
  readonly logger: NonNullable<FastifyServerOptions['loggerInstance']>;
  readonly trustedProxies: readonly string[];
  /** Https in public: browsers are told to come by it alone for a year (R-PRV-06). */
  readonly secure: boolean;
  readonly https: { readonly cert: string; readonly key: string } | null;
  /** Shows a fault to a person, in their language. */
  readonly faultPage: (request: FastifyRequest, reply: FastifyReply, fault: Fault) => Promise<FastifyReply>;
}

/** 128 KiB: an attestation with its certificates is the largest thing anybody may send (I-59). */
const BODY_LIMIT = 128 * 1024;

/** The HTTP listener: limits, headers, cookies and faults. Knows no protocol. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    // Our own line a request: method, route pattern and status; never the address, which may hold a link's token (I-54).
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 128 },
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    ...(options.https === null ? {} : { https: { ...options.https } }),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: BODY_LIMIT });
  await app.register(helmet, {
    // Each page states its own; everything that is no page loads nothing.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
    },
    // Not no-referrer: Chromium would then post forms with `Origin: null`, and same-origin checks would fail.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: options.secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    request.log.info(line, 'request');
  });
  app.setErrorHandler((error, request, reply) => answerFault(error, request, reply, options));
  const methodsAt = collectRoutes(app);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(pathOf(request));
    const otherwise = methods.length > 0 && !methods.includes(request.method);
    if (otherwise) reply.header('allow', methods.join(', '));
    const fault: Pick<Fault, 'status' | 'reason'> = otherwise
      ? { status: 405, reason: 'request.method' }
      : { status: 404, reason: 'request.not_found' };
    return respond(request, reply, { ...fault, retryAfterS: null }, options);
  });
  return app as unknown as FastifyInstance;
}

/** The methods that a path is served with, by the patterns of all routes added from now on. */
function collectRoutes(app: Pick<FastifyInstance, 'addHook'>): (path: string) => readonly string[] {
  const routes = new Map<string, { readonly matches: RegExp; readonly methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { matches: patternOf(url), methods: new Set() };
    for (const name of [method].flat()) route.methods.add(name);
    routes.set(url, route);
  });
  return (path) =>
    [
      ...new Set(
        [...routes.values()].flatMap(({ matches, methods }) => (matches.test(path) ? [...methods] : [])),
      ),
    ].sort();
}

/** A route's address as an expression: `:name` is one part of a path, `*` the rest of it. Ours have nothing else. */
const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/:\w+/g, '[^/]+')
      .replaceAll('*', '.*')}$`,
  );

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '/';

function answerFault(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  options: AppOptions,
): Promise<FastifyReply> {
  const fault = faultOf(error);
  if (fault.status >= 500) request.log.error({ err: error, reason: fault.reason }, 'request failed');
  return respond(request, reply, fault, options);
}

function respond(
  request: FastifyRequest,
  reply: FastifyReply,
  fault: Fault,
  options: AppOptions,
): Promise<FastifyReply> {
  if (fault.retryAfterS !== null) reply.header('retry-after', String(fault.retryAfterS));
  if (wantsPage(request)) return options.faultPage(request, reply, fault);
  return sendProblem(request, reply, fault.status, fault.reason);
}

const wantsPage = (request: FastifyRequest): boolean =>
  !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');

/** A refusal for programs: RFC 9457 shape, with our reason id as the machine-readable code. */
export async function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  reason: string,
  more: object = {},
): Promise<FastifyReply> {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      type: 'about:blank',
      status,
      code: reason,
      title: sentenceOf(reason),
      request: request.id,
      ...more,
    });
}

/** Plain words for a reason id, for those who read a response without our pages. */
const sentenceOf = (reason: string): string => `${reason.replaceAll(/[._]/g, ' ')}.`;
