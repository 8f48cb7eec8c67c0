import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashSecret } from '@countersign/core/kernel/hash';
import { hours, minutes, seconds, type Duration, type Instant } from '@countersign/core/kernel/time';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { createSmtp } from '../adapters/mail/smtp.ts';
import { systemRandom } from '../adapters/random.ts';
import { createDeploymentStore, replaceSetupToken } from '../adapters/store/deployment.ts';
import { createFileWitness } from '../adapters/store/audit-log-witness.ts';
import { DEFAULT_RETENTION } from '../adapters/store/audit-log-retention.ts';
import { openAuditLog } from '../adapters/store/audit-log.ts';
import { loadFidoModels } from '../adapters/store/load-fido-models.ts';
import { createOutbox } from '../adapters/store/outbox.ts';
import { sweepers } from '../adapters/store/sweep.ts';
import { fidoModels } from '../adapters/webauthn/fido-models.ts';
import type { Settings } from '../config/settings.ts';
import { prepareControlSocket } from '../cli/control-socket-path.ts';
import { createControlSocket } from '../http/control-socket.ts';
import { createManageApp, type Health } from '../http/health.ts';
import { deliverMail } from '../jobs/deliver-mail.ts';
import { drain } from '../jobs/drain.ts';
import { startNumbering } from '../jobs/number-events.ts';
import { every, type Running } from '../jobs/every.ts';
import { NODE, record } from '../desk/record.ts';
import { renderMail } from '../pages/mail/render-mail.ts';
import { isMailTemplate } from '../pages/mail/templates.ts';
import { oidcRoutes } from '../doors/oidc/door.ts';
import { visitorOf } from '../http/client-address.ts';
import { operatorResolver, sessionResolver } from '../surfaces/api/resolve-caller.ts';
import { apiRoutes } from '../surfaces/api/routes.ts';
import { buildApi } from './build-api.ts';
import { buildDesk } from './build-desk.ts';
import { buildOidc } from './build-oidc.ts';
import { buildWeb } from './build-web.ts';
import { openStore, type OpenStore } from './open-store.ts';
import { refuseChangedAddress, siteOf } from './site.ts';

export interface NodeStart {
  readonly settings: Settings;
  readonly log: Logger;
  readonly clock: () => Instant;
}

export interface StartedNode {
  readonly origin: string;
  readonly listening: string;
  /** The one-time set-up link while no administrator exists; shown on the terminal, never logged. */
  readonly setupLink: string | null;
  /** One round of every job at the clock's time, for tests that move one clock (design.md §10.5). */
  readonly tick: () => Promise<void>;
  readonly statements: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts one node: store, desk, listeners, jobs, in this order; what started is stopped again if a later part fails. */
export async function startNode({ settings, log, clock }: NodeStart): Promise<StartedNode> {
  const store = await openStore(settings, log, clock());
  const closing: (() => Promise<void>)[] = [store.close];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    return await startOn(store, { settings, log, clock }, closing, stop);
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function startOn(
  store: OpenStore,
  { settings, log, clock }: NodeStart,
  closing: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<StartedNode> {
  const { database, sealer } = store;
  const deployment = createDeploymentStore(database);
  const first = await deployment.load();
  refuseChangedAddress(first, settings.url ?? null);
  let site = siteOf(first);
  let models = fidoModels(await loadFidoModels(database));
  const desk = await buildDesk(
    store,
    settings,
    () => site,
    () => models,
  );
  const health = healthOf(store, desk);
  const app = await buildWeb(
    settings,
    log,
    {
      desk,
      clock,
      deployment,
      contact: settings.contact ?? null,
      statedUrl: settings.url ?? null,
      onAddressFixed: async () => {
        site = siteOf(await deployment.load());
      },
    },
    health,
  );
  const oidc = buildOidc(store, desk, log, clock);
  await app.register(oidcRoutes(oidc, visitorOf));
  const auditLog = await openAuditLog(
    {
      database,
      commit: desk.commit,
      random: desk.random,
      witness: createFileWitness(join(store.dataFolder, 'audit-checkpoints.txt')),
      host: () => site.host,
      onOriginOpened: (opened) =>
        log.error({ opened }, 'the audit log goes on under a new origin: an older store was put back'),
    },
    sealer,
    clock(),
  );
  const api = await buildApi(store, desk, auditLog, clock, async () => {
    models = fidoModels(await loadFidoModels(database));
  });
  await apiRoutes(app, { ...api, resolvers: [sessionResolver(desk, clock)] });
  const manage = createManageApp(log, health);
  const listening = await listen(app, settings.listen);
  closing.push(async () => app.close());
  await listen(manage, settings.manageListen);
  closing.push(async () => manage.close());
  const control = await createControlSocket({
    path: await prepareControlSocket(store.dataFolder),
    logger: log,
    mount: (socket) => apiRoutes(socket, { ...api, resolvers: [operatorResolver] }),
  });
  closing.push(control.close);

  const smtp = settings.mail === undefined ? null : createSmtp(settings.mail);
  const outbox = createOutbox(database, sealer);
  const place = () => ({
    organisation: site.organisation,
    host: site.host,
    security: `${site.origin}/`,
    contact: settings.contact ?? null,
  });
  const mailing = {
    outbox,
    send: smtp,
    log,
    render: (template: string, locale: 'en' | 'de', params: Readonly<Record<string, string>>) => {
      if (!isMailTemplate(template)) throw new TypeError(`there is no mail ${template}`);
      return renderMail(template, locale, params, place());
    },
  };
  const onFault = (error: unknown): void =>
    log.warn(
      { reason: error instanceof Error ? error.message : String(error) },
      'a job failed and will be tried again',
    );
  const stopping = new AbortController();
  const jobs: readonly Job[] = [
    { period: seconds(1), run: () => deliverMail(mailing, clock()) },
    { period: seconds(2), run: () => oidc.deliverLogouts() },
    { period: minutes(10), run: () => oidc.rotateKeys() },
    { period: minutes(1), run: () => drain([oidc.clean], stopping.signal) },
    { period: minutes(1), run: () => drain(sweepers(database, clock()), stopping.signal) },
    { period: hours(6), run: () => auditLog.retain(DEFAULT_RETENTION, clock()) },
  ];
  const numbering = startNumbering({ log: auditLog, clock, everyMs: 250, onFault });
  closing.push(numbering.stop);
  const running = jobs.map(({ period, run }): Running => every(period, run, onFault));
  closing.push(async () => {
    stopping.abort();
    await Promise.all(running.map((job) => job.stop()));
  });
  const happened = (type: 'node.started' | 'node.stopped') =>
    desk.commit([record(desk.random, null, clock(), { type, actor: NODE, outcome: 'ok' })]);
  await happened('node.started');
  closing.push(() => happened('node.stopped').catch(onFault));
  const tick = async (): Promise<void> => {
    for (const { run } of jobs) await run();
    await numbering.tick(clock());
  };
  const statements = (): number => database.statements();
  return {
    origin: site.origin,
    listening,
    setupLink: await setupLink(store, site.origin, log),
    tick,
    statements,
    stop,
  };
}

interface Job {
  readonly period: Duration;
  readonly run: () => Promise<unknown>;
}

async function listen(app: FastifyInstance, address: string): Promise<string> {
  const at = address.lastIndexOf(':');
  return app.listen({
    host: address.slice(0, at).replaceAll(/[[\]]/g, ''),
    port: Number(address.slice(at + 1)),
  });
}

const SETUP_FILE = 'setup-link.txt';

/** A fresh set-up link; every earlier one is void. Kept beside the data for starts without a terminal, for its owner only. */
async function setupLink(
  { database, dataFolder }: OpenStore,
  origin: string,
  log: Logger,
): Promise<string | null> {
  const token = systemRandom.secret();
  const file = join(dataFolder, SETUP_FILE);
  if (!(await replaceSetupToken(database, hashSecret(token)))) {
    await rm(file, { force: true });
    return null;
  }
  const link = `${origin}/setup/${token}`;
  await writeFile(file, `${link}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  log.info({ file }, 'no administrator yet: the set-up link is in this file');
  return link;
}

function healthOf(
  { database }: OpenStore,
  desk: { readonly site: () => { readonly origin: string } },
): Health {
  const started = process.uptime();
  return {
    checks: async () => {
      const answered = await database.query(sql`select 1`).then(
        () => ({ ok: true, detail: 'answers' }),
        (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
      );
      return [
        { name: 'store', ...answered },
        { name: 'address', ok: true, detail: desk.site().origin },
      ];
    },
    metrics: async () =>
      [
        '# TYPE countersign_up gauge',
        'countersign_up 1',
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage().rss}`,
        '# TYPE process_cpu_seconds_total counter',
        `process_cpu_seconds_total ${cpuSeconds()}`,
        '# TYPE countersign_store_statements_total counter',
        `countersign_store_statements_total ${database.statements()}`,
        '# TYPE countersign_uptime_seconds gauge',
        `countersign_uptime_seconds ${Math.round(process.uptime() - started)}`,
        '',
      ].join('\n'),
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
