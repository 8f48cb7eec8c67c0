import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DebianServer, startDebianServer } from '../postgres/debian-server.ts';
import { type Mailbox, startMailbox } from '../sinks/mailbox.ts';
import { type Clock, controlledClock, realClock } from './clock.ts';
import { freePort } from './free-port.ts';
import { createNode, type DeploymentNode } from './node.ts';

export interface DeploymentOptions {
  /** More than one needs `postgres`. */
  readonly nodes?: 1 | 2 | 3;
  readonly store?: 'embedded' | 'postgres';
  readonly clock?: 'real' | 'controlled';
  /** More environment variables, by the names of contract.md. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Keys of `countersign.yaml` that have no variable. */
  readonly file?: Readonly<Record<string, unknown>>;
}

/** A running Countersign as its users meet it: addresses, mail that it sent, and, for tests, its clock. */
export interface Deployment {
  /** The public origin, as people type it. */
  readonly origin: string;
  readonly nodes: readonly DeploymentNode[];
  /** The set-up link that was printed last: each start of a node makes a new one. Null once an owner exists. */
  readonly setupLink: () => string | null;
  /** The link of the very first start, which set-up used. */
  readonly setupLinkAtStart: () => string;
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  /** One round of every job, on every node. */
  readonly tick: () => Promise<void>;
  /** SQL statements of all nodes since their starts. */
  readonly statements: () => Promise<number>;
  /** Ends a node as a power cut does; `restart` brings it back. */
  readonly kill9: (node?: number) => Promise<void>;
  readonly restart: (node?: number) => Promise<void>;
  /** Stops everything and removes the folder. */
  readonly stop: () => Promise<void>;
}

/** Starts real server processes on free loopback ports. Whatever was started is stopped again when a later part fails. */
export async function startDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const { nodes: count = 1, store = 'embedded', clock: kind = 'real' } = options;
  if (count > 1 && store === 'embedded') throw new Error("more than one node needs store: 'postgres'");
  const closing: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (const close of closing.splice(0).reverse())
      await close().catch((fault: unknown) => faults.push(fault));
    if (faults.length > 0) throw new AggregateError(faults, 'the deployment did not stop cleanly');
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-kit-'));
    // The private PostgreSQL runs as another user when we are root, and must get through to its own folder; otherwise
    // it would keep its data outside of this one.
    await chmod(folder, 0o711);
    closing.push(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
    const mailbox = await startMailbox();
    closing.push(mailbox.close);
    const postgres = store === 'postgres' ? await startDebianServer() : null;
    if (postgres !== null) closing.push(postgres.stop);

    const nodes: DeploymentNode[] = [];
    const clock =
      kind === 'controlled'
        ? controlledClock(Date.now(), () =>
            nodes.filter(({ running }) => running()).map(({ control }) => control),
          )
        : realClock;
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    for (let place = 0; place < count; place += 1) {
      const own = join(folder, `node-${place + 1}`);
      await mkdir(join(own, 'data'), { recursive: true, mode: 0o711 });
      const node = await createNode({
        folder: own,
        listen: place === 0 ? port : await freePort(),
        clock,
        environment: { ...environmentOf(origin, mailbox, postgres, folder), ...options.settings },
        file: options.file ?? {},
      });
      closing.push(node.stop);
      nodes.push(node);
    }
    const firstLink = nodes.at(-1)?.setupLink() ?? '';
    let startedLast = nodes.length - 1;
    const at = (place: number): DeploymentNode => nodes[place] ?? fail(`there is no node ${place}`);
    return {
      origin,
      nodes,
      setupLink: () => at(startedLast).setupLink(),
      setupLinkAtStart: () => firstLink,
      clock,
      mailbox,
      tick: async () => {
        for (const { control } of nodes) await control.tick();
      },
      statements: async () => {
        const counts = await Promise.all(nodes.map(({ control }) => control.statements()));
        return counts.reduce((sum, one) => sum + one, 0);
      },
      kill9: (place = 0) => at(place).kill9(),
      restart: async (place = 0) => {
        await at(place).restart();
        startedLast = place;
      },
      stop,
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

const fail = (text: string): never => {
  throw new Error(text);
};

const environmentOf = (
  origin: string,
  mailbox: Mailbox,
  postgres: DebianServer | null,
  folder: string,
): Readonly<Record<string, string>> => ({
  COUNTERSIGN_URL: origin,
  COUNTERSIGN_SMTP_URL: mailbox.smtpUrl,
  COUNTERSIGN_MAIL_FROM: 'countersign@example.test',
  ...(postgres === null
    ? {}
    : { COUNTERSIGN_DATABASE_URL: postgres.url, COUNTERSIGN_MASTER_KEY_FILE: join(folder, 'master.key') }),
});
