import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, postgresFault } from './fault.ts';
import type { Place } from './find-place.ts';
import type { Identity } from './run-as.ts';

// sizeof(sun_path) less the closing zero: 107 on Linux, 103 on macOS.
const longest = process.platform === 'darwin' ? 103 : 107;
const socketFile = '.s.PGSQL.5432.lock'; // the longest name PostgreSQL makes there, although only the socket is bound

/** The folder of the socket, mode 0700, owned by the server's user: in the place, or, when that path is too long, in the temp folder. */
export const chooseSocket = async (
  place: Place,
  identity: Identity,
): Promise<{ readonly folder: string; readonly note?: string }> => {
  if (fits(place.socket)) {
    if (!(await own(place.socket, identity)))
      throw postgresFault(
        'postgres.folder_unusable',
        `${place.socket} is not a folder of this node's PostgreSQL: remove it.`,
      );
    return { folder: place.socket };
  }
  const name = `countersign-${createHash('sha256').update(place.folder).digest('hex').slice(0, 16)}`;
  const temp = fits(join(tmpdir(), `${name}-9`)) ? tmpdir() : '/tmp';
  // Anybody may make names in the temp folder: one that somebody else has taken is passed over.
  for (const folder of [name, `${name}-2`, `${name}-3`, `${name}-4`].map((entry) => join(temp, entry))) {
    if (await own(folder, identity))
      return {
        folder,
        note: `the path of ${place.socket} is too long for a socket, so PostgreSQL's socket is in ${folder}`,
      };
  }
  throw postgresFault(
    'postgres.folder_unusable',
    `the path of ${place.socket} is too long for a socket and somebody else has ${join(temp, name)}: use a COUNTERSIGN_DATA with a shorter path.`,
  );
};

const fits = (folder: string): boolean => Buffer.byteLength(join(folder, socketFile)) <= longest;

/** Makes it or finds it as ours; a symlink, or another owner, is not. */
const own = async (folder: string, identity: Identity): Promise<boolean> => {
  const made = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    },
  );
  const found = await lstat(folder);
  const uid = identity.kind === 'dropped' ? identity.uid : process.geteuid?.();
  const mine = found.uid === uid || found.uid === process.geteuid?.();
  if (!made && !(found.isDirectory() && mine)) return false;
  if (identity.kind === 'dropped') await chown(folder, identity.uid, identity.gid);
  await chmod(folder, 0o700);
  return true;
};
