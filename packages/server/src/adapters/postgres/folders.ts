import { chmod, chown, lstat, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from './fault.ts';

export const exists = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
};

/** Makes `folder` with mode 0700; its parents keep the ordinary mode, since nobody asked for them to be closed. */
export const makePrivateFolder = async (folder: string): Promise<void> => {
  if (await exists(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
};

/** Root may start a node once on a person's folder: what it writes stays that person's, or the next ordinary start fails. */
export const keepOwner = async (path: string): Promise<void> => {
  if (process.geteuid?.() !== 0) return;
  const folder = await stat(dirname(path));
  if (folder.uid !== 0) await chown(path, folder.uid, folder.gid);
};

/** `chown -R`, the top last, so that an owner seen on the top is true of all below. Symlinks are not followed. */
export const giveTree = async (top: string, uid: number, gid: number): Promise<void> => {
  for (const entry of await readdir(top, { withFileTypes: true })) {
    const path = join(top, entry.name);
    if (entry.isDirectory()) await giveTree(path, uid, gid);
    else if (!entry.isSymbolicLink()) await chown(path, uid, gid);
  }
  await chown(top, uid, gid);
};

/** Everyone may enter and read the tree, whatever umask it was made under. */
export const openTree = async (top: string): Promise<void> => {
  for (const entry of await readdir(top, { withFileTypes: true })) {
    const path = join(top, entry.name);
    if (entry.isDirectory()) await openTree(path);
    else if (entry.isFile()) {
      const { mode } = await lstat(path);
      await chmod(path, (mode & 0o777) | 0o444 | ((mode & 0o100) === 0 ? 0 : 0o111));
    }
  }
  await chmod(top, 0o755);
};

/** A rename is durable only when the folder that holds the name is flushed too. */
export const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
