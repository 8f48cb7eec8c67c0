import { Server as SecureServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.ts';
import { createApp, sendProblem } from '../http/app.ts';
import { healthRoutes, type Health } from '../http/health.ts';
import { isSameOrigin } from '../http/same-origin.ts';
import { readTls, reloadTls } from '../http/reload-tls.ts';
import { sendPage } from '../http/send-page.ts';
import { serveStaticFiles } from '../http/static-files.ts';
import { renderFault } from '../pages/render-fault.ts';
import { STATIC_FILES } from '../pages/static-files.ts';
import { accountRoutes } from '../surfaces/account/routes.ts';
import { invitationRoutes } from '../surfaces/enrol/invitation-routes.ts';
import { enrolRoutes } from '../surfaces/enrol/routes.ts';
import { contextOf } from '../surfaces/kit/surface.ts';
import { setupRoutes, type SetupDeps } from '../surfaces/setup/routes.ts';
import { signinRoutes } from '../surfaces/signin/routes.ts';

/** The public listener with every page. Doors and the API are mounted by whoever composes them. */
export async function buildWeb(
  settings: Settings,
  log: Logger,
  deps: SetupDeps,
  health: Health,
): Promise<FastifyInstance> {
  const { tlsCertFile, tlsKeyFile } = settings;
  const tls =
    tlsCertFile === undefined || tlsKeyFile === undefined ? null : { cert: tlsCertFile, key: tlsKeyFile };
  const app = await createApp({
    logger: log,
    trustedProxies: settings.trustedProxies,
    secure: deps.desk.site().origin.startsWith('https:'),
    https: tls === null ? null : await readTls(tls),
    faultPage: (request, reply, { status, reason, retryAfterS }) => {
      const retryAt = retryAfterS === null ? null : deps.clock() + retryAfterS * 1_000;
      return sendPage(
        reply,
        renderFault({ status, reason, retryAt }, contextOf(deps, request, reply, null)),
        { status },
      );
    },
  });
  if (tls !== null && app.server instanceof SecureServer) {
    const reloading = reloadTls(app.server, tls, (error) =>
      log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'the renewed certificate was not taken into use',
      ),
    );
    app.addHook('onClose', async () => reloading.stop());
  }
  await serveStaticFiles(app, STATIC_FILES);
  healthRoutes(app, health);
  await app.register(async (pages) => {
    // Every form is posted from a page of ours; set-up checks its own address, which is not fixed yet.
    pages.addHook('onRequest', async (request, reply) => {
      const reads = request.method === 'GET' || request.method === 'HEAD';
      if (reads || request.url === '/setup' || isSameOrigin(request, deps.desk.site().origin)) return;
      await sendProblem(request, reply, 403, 'request.other_origin');
    });
    signinRoutes(pages, deps);
    invitationRoutes(pages, deps);
    enrolRoutes(pages, deps);
    accountRoutes(pages, deps);
    setupRoutes(pages, deps);
  });
  return app;
}
