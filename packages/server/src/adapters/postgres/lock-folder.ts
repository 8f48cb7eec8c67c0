import { chmodSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { keepOwner } from './folders.ts';
import { codeOf, postgresFault } from './fault.ts';

export type FolderLock = { readonly release: () => void };

// A collected DatabaseSync closes its file and would drop the lock: keep every one reachable.
const held = new Set<DatabaseSync>();

/**
 * On return this process alone holds `folder`, until `release` or its death.
 *
 * Node has no flock(2), and pid files have races and reused pids. SQLite takes a POSIX record lock, which the kernel
 * drops with the process (kill -9 included), which PostgreSQL does not inherit, and which also holds between
 * containers that share the folder. The file holds no data. It must never be opened with `fs` in this process:
 * closing any descriptor of it would drop the lock (fcntl(2)).
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const path = join(folder, 'node.lock');
  const database = openLock(path);
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error))
      throw postgresFault(
        'postgres.folder_unusable',
        `${path} cannot be locked; the data folder must be on a file system with working locks`,
        error,
      );
    throw postgresFault(
      'postgres.folder_in_use',
      `${folder} is in use by another Countersign node${await describeHolder(path)}. One data folder serves one node: stop that node, ` +
        'or give this one another COUNTERSIGN_DATA, or run several nodes on one COUNTERSIGN_DATABASE_URL.',
    );
  }
  held.add(database);
  await writeFile(
    `${path}.json`,
    JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }),
    { mode: 0o600 },
  );
  await keepOwner(path);
  await keepOwner(`${path}.json`);
  return { release: () => release(database) };
};

const openLock = (path: string): DatabaseSync => {
  try {
    const database = new DatabaseSync(path, { timeout: 0 });
    chmodSync(path, 0o600);
    return database;
  } catch (error) {
    throw postgresFault(
      'postgres.folder_unusable',
      `${path} cannot be written by uid ${process.geteuid?.()}; check who owns the data folder`,
      error,
    );
  }
};

const release = (database: DatabaseSync): void => {
  if (held.delete(database)) database.close();
};

const sqliteBusy = 5;
const isBusy = (error: unknown): boolean =>
  codeOf(error) === 'ERR_SQLITE_ERROR' &&
  error instanceof Error &&
  'errcode' in error &&
  error.errcode === sqliteBusy;

/** Only tells; the lock itself decides. Empty when the holder has not written it yet. */
const describeHolder = async (path: string): Promise<string> => {
  try {
    const holder: unknown = JSON.parse(await readFile(`${path}.json`, 'utf8'));
    if (
      typeof holder !== 'object' ||
      holder === null ||
      !('pid' in holder) ||
      !('host' in holder) ||
      !('since' in holder)
    )
      return '';
    return ` (pid ${String(holder.pid)} on ${String(holder.host)}, since ${String(holder.since)})`;
  } catch {
    return '';
  }
};
