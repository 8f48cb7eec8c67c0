import { spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { keepOwner } from './folders.ts';
import type { Place } from './find-place.ts';
import { cleanEnvironment, cleanFolder, type Identity, idsOf } from './run-as.ts';

export type Postmaster = {
  readonly pid: number;
  /** Settles with how it ended, once the process is reaped. */
  readonly exited: Promise<string>;
  readonly send: (signal: 'SIGINT' | 'SIGQUIT') => void;
  /** Where in the log file this start begins. */
  readonly logStart: number;
};

const largestLogBytes = 5 << 20;

/** Only spawned: whether it comes up, `waitReady` tells. */
export const spawnPostmaster = async (
  place: Place,
  postgres: string,
  args: readonly string[],
  identity: Identity,
): Promise<Postmaster> => {
  rotate(place.log);
  const log = openSync(place.log, 'a', 0o600);
  try {
    await keepOwner(place.log);
    const logStart = statSync(place.log).size;
    // Detached: a session of its own, so that Ctrl-C in the terminal reaches the node alone, which then stops in order.
    const child = spawn(postgres, ['-D', place.cluster, ...args], {
      cwd: cleanFolder,
      env: cleanEnvironment,
      stdio: ['ignore', log, log],
      detached: true,
      ...idsOf(identity, 'server'),
    });
    child.unref();
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) =>
        resolve(signal === null ? `exit code ${code}` : `signal ${signal}`),
      );
    });
    return { pid: child.pid ?? -1, exited, send: (signal) => void child.kill(signal), logStart };
  } finally {
    closeSync(log);
  }
};

/** One older log is kept. */
const rotate = (path: string): void => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLogBytes) renameSync(path, `${path}.1`);
};
