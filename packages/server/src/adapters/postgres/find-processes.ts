import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';

export type ClusterProcess = { readonly pid: number; readonly kind: 'postmaster' | 'child' };

/**
 * A name that only the processes of this very folder carry on their command line, as argument of the postmaster and as
 * title of its children. It comes from the inode, so a copied folder has another name and a renamed one the same.
 */
export const clusterName = async (cluster: string): Promise<string> => {
  const { dev, ino } = await stat(cluster);
  return `countersign-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16)}`;
};

/**
 * The living processes of the cluster of that name and owner. A zombie has no command line and is not among them, and a
 * pid that went to another process does not match. /proc/PID/cwd would be closed to root in a container without
 * CAP_SYS_PTRACE; the command line is not.
 */
export const findProcesses = async (name: string, uid: number): Promise<readonly ClusterProcess[]> => {
  const all = process.platform === 'linux' ? await fromProc(uid) : await fromPs(uid);
  return all.flatMap(({ pid, command }): readonly ClusterProcess[] => {
    if (command.startsWith(`postgres: ${name}: `)) return [{ pid, kind: 'child' }];
    return command.includes(`cluster_name=${name}`) ? [{ pid, kind: 'postmaster' }] : [];
  });
};

type Listed = { readonly pid: number; readonly command: string };

const fromProc = async (uid: number): Promise<readonly Listed[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const listed = await Promise.all(
    pids.map(async (pid): Promise<readonly Listed[]> => {
      try {
        if ((await stat(`/proc/${pid}`)).uid !== uid) return [];
        return [
          {
            pid: Number(pid),
            command: (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' '),
          },
        ];
      } catch {
        return []; // gone meanwhile
      }
    }),
  );
  return listed.flat();
};

const fromPs = (uid: number): Promise<readonly Listed[]> =>
  new Promise((resolve, reject) => {
    execFile('/bin/ps', ['-axww', '-o', 'pid=,uid=,command='], { maxBuffer: 16 << 20 }, (error, stdout) => {
      if (error !== null) return reject(error);
      resolve(
        stdout.split('\n').flatMap((line): readonly Listed[] => {
          const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
          return match === null || Number(match[2]) !== uid
            ? []
            : [{ pid: Number(match[1]), command: match[3] ?? '' }];
        }),
      );
    });
  });
