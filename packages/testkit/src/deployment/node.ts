import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { type Control, createControl } from './control.ts';
import { freePort } from './free-port.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/** One server process of a deployment and where it can be reached. */
export interface DeploymentNode {
  /** What to connect to; requests carry the Host of the public origin whichever node they go to. */
  readonly port: number;
  readonly managePort: number;
  readonly dataFolder: string;
  /** The operator's way in: a socket that only the machine's owner can reach. */
  readonly controlSocket: string;
  readonly control: Control;
  readonly running: () => boolean;
  readonly setupLink: () => string | null;
  /** Everything it printed since its last start. */
  readonly said: () => string;
  readonly kill9: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface NodeOptions {
  readonly folder: string;
  readonly listen: number;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string>>;
  readonly file: Readonly<Record<string, unknown>>;
}

export async function createNode({
  folder,
  listen,
  clock,
  environment,
  file,
}: NodeOptions): Promise<DeploymentNode> {
  const [managePort, controlPort] = [await freePort(), await freePort()];
  const dataFolder = join(folder, 'data');
  // JSON is YAML.
  if (Object.keys(file).length > 0) await writeFile(join(folder, 'countersign.yaml'), JSON.stringify(file));
  const start = (): Promise<ServerProcess> =>
    startServerProcess({
      control: controlPort,
      clock: clock.kind === 'controlled' ? clock.now() : null,
      folder,
      environment: {
        COUNTERSIGN_LISTEN: `127.0.0.1:${listen}`,
        COUNTERSIGN_MANAGE_LISTEN: `127.0.0.1:${managePort}`,
        COUNTERSIGN_DATA: dataFolder,
        ...environment,
      },
    });
  let server = await start();
  let running = true;
  let killed = false;
  const ended = (end: (of: ServerProcess) => Promise<void>) => async (): Promise<void> => {
    running = false;
    await end(server);
  };
  const stop = ended((of) => of.stop());
  const stopForGood = async (): Promise<void> => {
    // A killed server leaves its private PostgreSQL behind; the next one takes it over, and ends it in order.
    if (!running && environment['COUNTERSIGN_DATABASE_URL'] === undefined && killed) server = await start();
    await stop();
  };
  return {
    port: listen,
    managePort,
    dataFolder,
    controlSocket: join(dataFolder, 'control.sock'),
    control: createControl(controlPort),
    running: () => running,
    setupLink: () => server.ready.setupLink,
    said: () => server.said(),
    kill9: async () => {
      killed = true;
      await ended((of) => of.kill9())();
    },
    stop: stopForGood,
    restart: async () => {
      if (running) await stop();
      server = await start();
      running = true;
      killed = false;
    },
  };
}
