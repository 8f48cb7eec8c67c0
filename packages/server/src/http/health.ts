import Fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface Health {
  /** Each thing the node needs to serve. */
  readonly checks: () => Promise<readonly Check[]>;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
}

/** In public a bare yes or no: whether the process lives, and whether it can serve. */
export function healthRoutes(app: FastifyInstance, health: Health): void {
  app.get('/healthz', { schema: { hide: true } }, (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const ready = (await health.checks()).every((check) => check.ok);
    return reply
      .code(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready\n' : 'not ready\n');
  });
}

/** The management listener: details of readiness, and metrics. Not for the public. */
export function createManageApp(
  logger: NonNullable<FastifyServerOptions['loggerInstance']>,
  health: Health,
): FastifyInstance {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_024,
    forceCloseConnections: 'idle',
  });
  app.get('/healthz', (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, reply) => {
    const checks = await health.checks();
    const ready = checks.every((check) => check.ok);
    return reply.code(ready ? 200 : 503).send({ ready, checks });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await health.metrics()),
  );
  return app as unknown as FastifyInstance;
}
