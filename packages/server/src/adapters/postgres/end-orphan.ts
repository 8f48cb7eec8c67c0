import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, postgresFault } from './fault.ts';
import { type ClusterProcess, findProcesses } from './find-processes.ts';
import { exists } from './folders.ts';
import type { PostgresLog } from './log.ts';
import { stopPostmaster } from './stop-postmaster.ts';

/**
 * On return no process of an earlier node works on the cluster, and no pid file is in the way of a new one.
 *
 * A node that was killed leaves its postmaster running. It is shut down cleanly and a new one started, rather than
 * adopted: the new one is our child, has today's programs and settings, and nobody else can be using the old one,
 * since we hold the folder's lock. What a killed postmaster left (backends busy with a query, its pid file, whose pid
 * may be a zombie or somebody else's by now, which PostgreSQL would take for a living server) is cleared as well.
 */
export const endOrphan = async (input: {
  readonly cluster: string;
  readonly socket: string;
  readonly name: string;
  readonly log: PostgresLog;
}): Promise<void> => {
  const { cluster, name, log } = input;
  const pidFile = join(cluster, 'postmaster.pid');
  if (!(await exists(pidFile))) return; // the last act of a clean end
  const { uid } = await stat(cluster);
  const found = await findProcesses(name, uid);
  const postmaster = found.find((entry) => entry.kind === 'postmaster');
  if (postmaster !== undefined) {
    log.warn(
      `a PostgreSQL (pid ${postmaster.pid}) of a node that died still runs on ${cluster}; it is shut down and started anew`,
    );
    const gone = (ms: number) =>
      goneWithin(ms, async () =>
        (await findProcesses(name, uid)).filter((entry) => entry.pid === postmaster.pid),
      );
    const end = await stopPostmaster((signal) => send(postmaster.pid, signal), gone);
    if (end === 'alive')
      throw postgresFault(
        'postgres.stop_failed',
        `the PostgreSQL (pid ${postmaster.pid}) of an earlier node on ${cluster} does not end. End it, then start again.`,
      );
  }
  await endChildren(cluster, () => findProcesses(name, uid));
  // The socket's lock file is believed by the same rule as the pid file, and names the same dead process.
  for (const path of [join(input.socket, '.s.PGSQL.5432.lock'), join(input.socket, '.s.PGSQL.5432'), pidFile])
    await rm(path, { force: true });
};

/** Children that outlive their postmaster: SIGQUIT ends them at once, and recovery does the rest. */
const endChildren = async (
  cluster: string,
  find: () => Promise<readonly ClusterProcess[]>,
): Promise<void> => {
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    for (const { pid } of await find()) send(pid, signal);
    if (await goneWithin(3000, find)) return;
  }
  const pids = (await find()).map((entry) => entry.pid).join(', ');
  throw postgresFault(
    'postgres.stop_failed',
    `processes ${pids} of an earlier PostgreSQL on ${cluster} do not end. End them, then start again.`,
  );
};

const goneWithin = async (ms: number, find: () => Promise<readonly ClusterProcess[]>): Promise<boolean> => {
  for (const until = Date.now() + ms; ; await sleep(20)) {
    if ((await find()).length === 0) return true;
    if (Date.now() > until) return false;
  }
};

const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
};
