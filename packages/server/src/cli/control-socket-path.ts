import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// sizeof(sun_path) less the closing zero: 107 on Linux, 103 on macOS.
const LONGEST = process.platform === 'darwin' ? 103 : 107;
const SOCKET = 'control.sock';
const fits = (path: string): boolean => Buffer.byteLength(path) <= LONGEST;

/** Where a node says that its socket is elsewhere, since the path in the data folder would be too long for one. */
const pointerOf = (dataFolder: string): string => join(dataFolder, 'control-socket-at');

/**
 * For a node that starts: `control.sock` in the data folder, or, where that path is too long, in a folder of the
 * temp folder that nobody else can enter, with a note in the data folder for the CLI.
 */
export async function prepareControlSocket(dataFolder: string): Promise<string> {
  const folder = await realpath(dataFolder);
  const near = join(folder, SOCKET);
  if (fits(near)) return near;
  const name = `countersign-control-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  for (const temp of [tmpdir(), '/tmp']) {
    // Anybody may make names in the temp folder: one that somebody else has taken is passed over.
    for (const place of [name, `${name}-2`, `${name}-3`].map((entry) => join(temp, entry))) {
      const path = join(place, SOCKET);
      if (!fits(path) || !(await own(place))) continue;
      await writeFile(pointerOf(folder), `${path}\n`, { mode: 0o600 });
      return path;
    }
  }
  throw new Error(
    `the path ${near} is too long for a socket, and there is no place for one in ${tmpdir()}: use a data folder with a shorter path`,
  );
}

/** For the CLI: where the node of this data folder listens. Whether it does is seen when it is called. */
export async function findControlSocket(dataFolder: string): Promise<string> {
  const folder = await realpath(dataFolder).catch(() => resolve(dataFolder));
  const near = join(folder, SOCKET);
  if (fits(near)) return near;
  return readFile(pointerOf(folder), 'utf8').then(
    (text) => text.trim(),
    () => near,
  );
}

/** Makes the folder or finds it as ours; a symlink, or another owner, is not. */
async function own(folder: string): Promise<boolean> {
  const made = await mkdir(folder, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  const found = await lstat(folder);
  if (!made && !(found.isDirectory() && found.uid === process.geteuid?.())) return false;
  await chmod(folder, 0o700);
  return true;
}
