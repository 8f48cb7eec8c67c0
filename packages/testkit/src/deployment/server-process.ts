import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const ENTRY = 'packages/server/src/main-test.ts';

export interface ReadyLine {
  readonly origin: string;
  readonly listening: string;
  readonly setupLink: string | null;
}

/** One server process, from its start until it is gone. */
export interface ServerProcess {
  readonly ready: ReadyLine;
  readonly pid: number;
  /** All that it wrote to its standard streams, for cases that look for secrets in logs. */
  readonly said: () => string;
  /** As a power cut: no handler runs. Resolves once the process is gone. */
  readonly kill9: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Start {
  readonly control: number;
  /** Milliseconds since 1970 to hold the clock at; real time when null. */
  readonly clock: number | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  // Not SIGKILL: a server that stops in order takes its private PostgreSQL with it.
  for (const child of alive) child.kill('SIGTERM');
});

/** Nothing of the tester's own settings reaches the server. */
const inherited = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('COUNTERSIGN_')));

/** Starts the test entry point and resolves when it says that it is ready. */
export async function startServerProcess(start: Start): Promise<ServerProcess> {
  const clock = start.clock === null ? [] : ['--clock', String(start.clock)];
  const child = spawn(
    process.execPath,
    [`${ROOT}${ENTRY}`, '--control', String(start.control), ...clock],
    // Its own folder, so that no countersign.yaml of the repository is read.
    { cwd: start.folder, env: { ...inherited(), ...start.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  alive.add(child);
  const exited = once(child, 'exit').finally(() => alive.delete(child));
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-2_000_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ready = await Promise.race([
    readyLine(child),
    exited.then(() => {
      throw new Error(`the server ended before it was ready:\n${output.slice(-4_000)}`);
    }),
  ]);
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  return {
    ready,
    pid: child.pid ?? 0,
    said: () => output,
    kill9: () => end('SIGKILL'),
    stop: async () => {
      // A stop that hangs must not hang the tests behind it.
      const impatient = setTimeout(() => child.kill('SIGKILL'), 30_000);
      await end('SIGTERM');
      clearTimeout(impatient);
    },
  };
}

async function readyLine(child: ChildProcess): Promise<ReadyLine> {
  if (child.stdout === null) throw new TypeError('the server has no standard output');
  const lines = createInterface(child.stdout);
  for await (const line of lines) {
    const said = parse(line);
    if (said !== null) return said;
  }
  return new Promise(() => undefined);
}

function parse(line: string): ReadyLine | null {
  if (!line.startsWith('{"ready":true')) return null;
  const { origin, listening, setupLink } = JSON.parse(line) as ReadyLine;
  return { origin, listening, setupLink };
}
