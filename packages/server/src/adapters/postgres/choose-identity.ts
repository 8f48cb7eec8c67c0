import { readFile } from 'node:fs/promises';
import { postgresFault } from './fault.ts';
import type { Identity } from './run-as.ts';

/**
 * PostgreSQL refuses to run as root, and initdb also refuses a uid without a passwd entry. So as root: initdb runs as
 * `nobody`, the server under a numeric uid of our own, because `nobody` is shared with other services.
 * `owner` is who owns the cluster that is there already: it goes on under the same uid.
 */
export const chooseIdentity = async (
  owner: { readonly uid: number; readonly gid: number } | undefined,
): Promise<Identity> => {
  const uid = process.geteuid?.() ?? -1;
  if (uid !== 0) {
    if (owner !== undefined && owner.uid !== uid) {
      throw postgresFault(
        'postgres.folder_unusable',
        `the store belongs to uid ${owner.uid}, this node runs as uid ${uid}. Start it as before (root, if root started it first) or give the data folder to uid ${uid} with chown -R.`,
      );
    }
    return { kind: 'same' };
  }
  const accounts = await entries('/etc/passwd');
  const initUid =
    accounts.find((entry) => entry.name === 'nobody')?.id ?? accounts.find((entry) => entry.id !== 0)?.id;
  if (initUid === undefined) {
    throw postgresFault(
      'postgres.no_unprivileged_user',
      'PostgreSQL refuses to run as root and /etc/passwd has no other user: add one, start Countersign as an ordinary user, or set COUNTERSIGN_DATABASE_URL.',
    );
  }
  if (owner !== undefined && owner.uid !== 0 && owner.uid !== initUid)
    return { kind: 'dropped', uid: owner.uid, gid: owner.gid, initUid };
  const id = freeId([...accounts, ...(await entries('/etc/group'))]);
  return { kind: 'dropped', uid: id, gid: id, initUid };
};

// 61000–61183: below the 65,536 ids that a container may have, in no range that Debian or systemd hands out by itself.
const firstId = 61_000;
const lastId = 61_183;

const freeId = (taken: readonly { readonly id: number }[]): number => {
  const ids = new Set(taken.map((entry) => entry.id));
  for (let id = firstId; id <= lastId; id += 1) if (!ids.has(id)) return id;
  throw postgresFault(
    'postgres.no_unprivileged_user',
    `no user id from ${firstId} to ${lastId} is free: start Countersign as an ordinary user.`,
  );
};

const entries = async (path: string): Promise<readonly { readonly name: string; readonly id: number }[]> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , id] = line.split(':');
    return name === undefined || id === undefined || !/^-?\d+$/.test(id) ? [] : [{ name, id: Number(id) }];
  });
};
