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

/**
 * Runs a script of package.json as npm would, without npm's own 0.3 s. With `live`, what it prints is seen at
 * once; otherwise it is kept.
 */
export async function runScript(name: ScriptName, args = '', live = false): Promise<Run> {
  const began = performance.now();
  const child = spawn(`${manifest.scripts[name]} ${args}`, {
    cwd: ROOT,
    env: { ...process.env, PATH, ...COLOUR },
    shell: true,
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
  });
  const ended = new Promise<boolean>((resolve) => child.once('close', (code) => resolve(code === 0)));
  const [out, err] = await Promise.all(
    [child.stdout, child.stderr].map(async (stream) => stream && text(stream)),
  );
  return { ok: await ended, seconds: (performance.now() - began) / 1000, output: `${out ?? ''}${err ?? ''}` };
}
