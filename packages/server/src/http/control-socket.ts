import { once } from 'node:events';
import { chmod, unlink } from 'node:fs/promises';
import { createConnection } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp, sendProblem, type AppOptions } from './app.ts';

export interface ControlSocketOptions {
  /** As `cli/control-socket-path.ts` names it; its folder is the node's own. */
  readonly path: string;
  readonly logger: AppOptions['logger'];
  /** Puts the API on the listener, with whoever reaches it as the operator. */
  readonly mount: (app: FastifyInstance) => Promise<void>;
}

export interface ControlSocket {
  readonly path: string;
  readonly close: () => Promise<void>;
}

/**
 * The listener that only the machine's administrator can reach: a unix socket that nobody but its owner may open
 * (0600, from its first moment). On return it answers. Refuses to take over the socket of a node that is alive.
 */
export async function createControlSocket({
  path,
  logger,
  mount,
}: ControlSocketOptions): Promise<ControlSocket> {
  const app = await createApp({
    logger,
    trustedProxies: [],
    secure: false,
    https: null,
    faultPage: (request, reply, { status, reason }) => sendProblem(request, reply, status, reason),
  });
  await mount(app);
  await app.ready();
  await removeStale(path);
  const { server } = app;
  // The mask is the process's, so it is changed only for the one call that makes the file, which does so at once.
  const mask = process.umask(0o177);
  try {
    server.listen({ path });
  } finally {
    process.umask(mask);
  }
  await once(server, 'listening');
  await chmod(path, 0o600);
  return {
    path,
    close: async () => {
      const closed = server.listening ? once(server, 'close') : Promise.resolve();
      server.close();
      server.closeIdleConnections();
      // A long answer gets a moment to end; the stop of a node does not wait for a reader that sleeps.
      const impatient = setTimeout(() => server.closeAllConnections(), LINGER_MS);
      await closed;
      clearTimeout(impatient);
      await app.close();
    },
  };
}

const LINGER_MS = 3_000;

/** A crash leaves the file behind, and nobody answers on it. */
async function removeStale(path: string): Promise<void> {
  if (await answers(path))
    throw new Error(`another node answers on ${path}: stop it first, or give this one another data folder`);
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ path });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
