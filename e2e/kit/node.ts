import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '@countersign/testkit/deployment/free-port';
import { startMailbox, type Mailbox } from '@countersign/testkit/sinks/mailbox';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');

export interface CliRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A node as an operator starts it, and the command line as `npx countersign` finds it. */
export interface Node {
  readonly origin: string;
  readonly folder: string;
  readonly mailbox: Mailbox;
  readonly setupLink: () => Promise<string>;
  readonly cli: (...words: readonly string[]) => Promise<CliRun>;
  /** The same with `--json`, read; fails with what the command said when it did not end well. */
  readonly cliJson: (...words: readonly string[]) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Nothing of the tester's own settings reaches the node, and `node` is the one that the repository brings. */
function environment(own: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('COUNTERSIGN_'));
  return { ...Object.fromEntries(inherited), PATH: `${BIN}${delimiter}${process.env['PATH'] ?? ''}`, ...own };
}

/** Starts `main.ts`, the entry point of `npm start`, in a folder of its own; ready when it says so. */
export async function startNode(): Promise<Node> {
  const folder = await mkdtemp(join(tmpdir(), 'cs-e2e-'));
  const data = join(folder, 'data');
  const mailbox = await startMailbox();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = environment({
    COUNTERSIGN_URL: origin,
    COUNTERSIGN_LISTEN: `127.0.0.1:${port}`,
    COUNTERSIGN_MANAGE_LISTEN: `127.0.0.1:${await freePort()}`,
    COUNTERSIGN_DATA: data,
    COUNTERSIGN_SMTP_URL: mailbox.smtpUrl,
    COUNTERSIGN_MAIL_FROM: 'countersign@example.test',
    COUNTERSIGN_LOG: 'json,warn',
  });
  const child = spawn(process.execPath, [join(ROOT, 'packages/server/src/main.ts')], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const end = (): boolean => child.kill('SIGTERM');
  process.once('exit', end);
  const stop = async (): Promise<void> => {
    process.off('exit', end);
    if (child.exitCode === null && child.signalCode === null) end();
    await exited;
    await mailbox.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };

  const lines = createInterface(child.stdout);
  const ready = new Promise<boolean>((resolve) => {
    lines.on('line', (line) => line.includes(`is ready: ${origin}`) && resolve(true));
    lines.once('close', () => resolve(false));
  });
  if (!(await ready)) {
    await stop();
    throw new Error('the node ended before it was ready');
  }

  const cli = async (...words: readonly string[]): Promise<CliRun> => {
    const run = spawn(join(BIN, 'countersign'), words, {
      cwd: folder,
      env: environment({ COUNTERSIGN_DATA: data }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    run.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    run.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    await once(run, 'close');
    return { code: run.exitCode, out, err };
  };
  return {
    origin,
    folder,
    mailbox,
    setupLink: async () => (await readFile(join(data, 'setup-link.txt'), 'utf8')).trim(),
    cli,
    cliJson: async (...words) => {
      const { code, out, err } = await cli(...words, '--json');
      if (code !== 0) throw new Error(`countersign ${words.join(' ')} ended with ${code}: ${err}`);
      return JSON.parse(out) as unknown;
    },
    stop,
  };
}
