import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

export type ScriptName = keyof typeof manifest.scripts;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PATH = [`${ROOT}node_modules/.bin`, process.env['PATH']].join(delimiter);
// CI=true alone would make vitest colour a log file.
const COLOUR = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

export interface Run {
  readonly ok: boolean;
  readonly seconds: number;
  /** All that it printed; empty when it printed to the terminal itself. */
  readonly output: string;
}

interface Options {
  /** Added to the command as they are. */
  readonly args?: string;
  /** Show what it prints at once instead of keeping it. */
  readonly live?: boolean;
  /** A script that takes longer hangs: it is stopped and has failed. */
  readonly limitMinutes: number;
}

/** Runs a script of package.json as npm would, without npm's own 0.3 s. */
export async function runScript(
  name: ScriptName,
  { args = '', live = false, limitMinutes }: Options,
): Promise<Run> {
  const began = performance.now();
  // `exec` makes the shell become the command, so that the limit stops the command and not only its shell.
  const child = spawn(`exec ${manifest.scripts[name]} ${args}`, {
    cwd: ROOT,
    env: { ...process.env, PATH, ...COLOUR },
    shell: true,
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    timeout: limitMinutes * 60_000,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<string | number>((resolve) =>
    child.once('close', (code, signal) =>
      resolve(code ?? `${name} was stopped (${signal}); its limit is ${limitMinutes} min\n`),
    ),
  );
  const [out, err] = await Promise.all(
    [child.stdout, child.stderr].map(async (stream) => stream && text(stream)),
  );
  const end = await ended;
  const stopped = typeof end === 'string' ? end : '';
  if (live && stopped) console.log(stopped);
  return {
    ok: end === 0,
    seconds: (performance.now() - began) / 1000,
    output: `${out ?? ''}${err ?? ''}${stopped}`,
  };
}
