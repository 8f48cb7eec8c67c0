import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makePrivateFolder, syncPath } from './folders.ts';
import { codeOf, postgresFault } from './fault.ts';
import { type Place, placeIn, pointerOf } from './find-place.ts';
import { canEnter, type Identity } from './run-as.ts';

/** Where root puts what an unprivileged PostgreSQL must reach and cannot reach in the data folder. */
export const awayFolder = '/var/lib/countersign';

/** `found` is what an earlier start chose. On return `identity` can enter the place. */
export const makePlace = async (
  dataDir: string,
  identity: Identity,
  found: Place | undefined,
): Promise<Place> => {
  if (identity.kind === 'same') {
    const folder = found?.folder ?? join(dataDir, 'postgres');
    await makePrivateFolder(folder);
    return placeIn(await realpath(folder));
  }
  await admitGroup(dataDir, identity.gid);
  const home = join(dataDir, 'postgres');
  const near = (await canEnter(identity, 'server', dataDir)) && (await canEnter(identity, 'init', dataDir));
  const folder = found?.folder ?? (near ? home : await claimAway(dataDir));
  await makePrivateFolder(folder);
  await admitGroup(folder, identity.gid);
  if (!(await canEnter(identity, 'server', folder))) {
    throw postgresFault(
      'postgres.folder_unusable',
      `PostgreSQL runs as uid ${identity.uid}, since it refuses to run as root, and that user cannot reach ${folder}. Make every folder above it enterable (chmod o+x).`,
    );
  }
  if (found === undefined && !near) await writePointer(dataDir, folder);
  return placeIn(await realpath(folder));
};

/** A folder that is root's alone lets the private group through (0710: pass, not list). Any other mode was somebody's choice and stays. */
const admitGroup = async (folder: string, gid: number): Promise<void> => {
  const { uid, mode } = await stat(folder);
  if (uid !== 0 || (mode & 0o077) !== 0) return;
  await chown(folder, 0, gid);
  await chmod(folder, 0o710);
};

/**
 * A new folder named after the data folder's path. One that holds something belonged to an earlier data folder of that
 * path: it is not ours to open (its passwords are gone) nor to delete, so the next number is taken.
 */
const claimAway = async (dataDir: string): Promise<string> => {
  try {
    await mkdir(awayFolder, { recursive: true });
    await chmod(awayFolder, 0o755);
    const path = await realpath(dataDir);
    const name =
      `${basename(dirname(path))}-${basename(path)}-${createHash('sha256').update(path).digest('hex').slice(0, 8)}`
        .replace(/[^\w.-]+/g, '_')
        .slice(-60);
    for (let number = 1; ; number += 1) {
      const folder = join(awayFolder, number === 1 ? name : `${name}-${number}`);
      if (await claim(folder)) return folder;
    }
  } catch (error) {
    throw postgresFault(
      'postgres.folder_unusable',
      `only root may enter ${dataDir}, and the store cannot go to ${awayFolder} instead: use a COUNTERSIGN_DATA that other users can enter.`,
      error,
    );
  }
};

const claim = async (folder: string): Promise<boolean> => {
  try {
    await mkdir(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return (await readdir(folder)).length === 0;
  }
};

const writePointer = async (dataDir: string, folder: string): Promise<void> => {
  await writeFile(pointerOf(dataDir), `${folder}\n`, { mode: 0o600, flush: true });
  await syncPath(dataDir);
};
