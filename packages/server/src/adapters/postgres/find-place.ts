import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from './folders.ts';
import { codeOf, postgresFault } from './fault.ts';

/** Where one private instance lives. */
export type Place = {
  readonly folder: string;
  readonly cluster: string;
  readonly socket: string;
  readonly log: string;
};

export const placeIn = (folder: string): Place => ({
  folder,
  cluster: join(folder, 'cluster'),
  socket: join(folder, 'socket'),
  log: join(folder, 'postgres.log'),
});

export const pointerOf = (dataDir: string): string => join(dataDir, 'postgres-moved-to');

/** The place that an earlier start chose, with the owner of its cluster; undefined on a first start. */
export const findPlace = async (
  dataDir: string,
): Promise<
  | { readonly place: Place; readonly owner: { readonly uid: number; readonly gid: number } | undefined }
  | undefined
> => {
  const away = await readPointer(dataDir);
  if (away !== undefined && !(await exists(away))) {
    throw postgresFault(
      'postgres.moved_away',
      `${pointerOf(dataDir)} says that the store is in ${away}, where nothing is. Bring that folder back, or delete the file to start with an empty store.`,
    );
  }
  const folder = away ?? join(dataDir, 'postgres');
  if (!(await exists(folder))) return undefined;
  const place = placeIn(await realpath(folder));
  return { place, owner: await ownerOf(place.cluster) };
};

const readPointer = async (dataDir: string): Promise<string | undefined> => {
  try {
    return (await readFile(pointerOf(dataDir), 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const ownerOf = async (path: string): Promise<{ readonly uid: number; readonly gid: number } | undefined> => {
  if (!(await exists(path))) return undefined;
  const { uid, gid } = await stat(path);
  return { uid, gid };
};
