import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import { createLogger } from './adapters/log/create-logger.ts';
import { startNode } from './compose/start-node.ts';
import { loadSettings } from './config/load-settings.ts';

/*
 * The entry point of tests: a node as main.ts starts it, with a clock that the test moves and rounds of jobs that it
 * asks for. Listens for these orders on loopback only; nothing of it is reachable from main.ts (design.md §10.18).
 */
const { values } = parseArgs({
  options: { config: { type: 'string' }, control: { type: 'string' }, clock: { type: 'string' } },
});
const port = Number(values.control);
if (!Number.isInteger(port) || port < 1) throw new TypeError('main-test needs --control PORT');

const clock = createClock(values.clock);
const node = await startNode({
  settings: await loadSettings(values.config ?? null),
  log: createLogger('json,warn'),
  clock: clock.now,
});
const control = createServer((request, response) => void obey(request, response)).listen(
  port,
  '127.0.0.1',
  () => {
    process.stdout.write(
      `${JSON.stringify({ ready: true, origin: node.origin, listening: node.listening, setupLink: node.setupLink })}\n`,
    );
  },
);

/** Real time until the test takes hold of it; then it stands still unless moved. */
function createClock(start: string | undefined): {
  readonly now: () => number;
  readonly set: (at: number) => void;
} {
  let fixed = start === undefined ? null : Number(start);
  return {
    now: () => fixed ?? Date.now(),
    set: (at) => {
      fixed = at;
    },
  };
}

async function obey(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  try {
    const answer = await carryOut(url);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  } catch (error) {
    response.writeHead(500).end(error instanceof Error ? error.message : String(error));
  }
}

async function carryOut(url: URL): Promise<unknown> {
  switch (url.pathname) {
    case '/clock':
      clock.set(Number(url.searchParams.get('at')));
      return { now: clock.now() };
    case '/now':
      return { now: clock.now() };
    case '/tick':
      await node.tick();
      return { now: clock.now() };
    case '/statements':
      return { statements: node.statements() };
    default:
      throw new TypeError(`no order ${url.pathname}`);
  }
}

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    control.close();
    void node.stop().then(() => process.exit(0));
  });
}
