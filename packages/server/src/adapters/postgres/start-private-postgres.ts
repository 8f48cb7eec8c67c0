import { realpath, rmdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chooseIdentity } from './choose-identity.ts';
import { chooseSocket } from './choose-socket.ts';
import { connectionTo, type PrivateConnection } from './connection.ts';
import { applicationName, createDatabase } from './create-database.ts';
import { postgresFault } from './fault.ts';
import { findPlace } from './find-place.ts';
import { makePrivateFolder } from './folders.ts';
import { initCluster } from './init-cluster.ts';
import { loadPasswords } from './load-passwords.ts';
import { locateBinaries } from './locate-binaries.ts';
import { type FolderLock, lockFolder } from './lock-folder.ts';
import type { PostgresLog } from './log.ts';
import { awayFolder, makePlace } from './make-place.ts';
import { type StartInput, startPostmaster } from './start-postmaster.ts';
import { supervise } from './supervise.ts';

export type PrivatePostgres = {
  /** For pg.Pool: role and database `countersign`, over the socket. */
  readonly connection: PrivateConnection;
  /** Ends PostgreSQL, then lets go of the folder. Close the pools first, or their connections are cut. */
  readonly stop: () => Promise<void>;
  /** What the start should print, when something lies elsewhere than in the data folder. */
  readonly note?: string;
};

/**
 * On return a PostgreSQL of this node's own answers on a socket in its data folder, this process alone holds the folder,
 * and the database is there (empty on a first start: migrations are not run here). Faults carry a `postgres.…` code.
 */
export const startPrivatePostgres = async (input: {
  readonly dataDir: string;
  readonly binDir?: string | undefined;
  readonly log: PostgresLog;
}): Promise<PrivatePostgres> => {
  if (process.platform === 'win32') {
    throw postgresFault(
      'postgres.unsupported_system',
      'the private PostgreSQL needs unix sockets, which Node does not open on Windows: set COUNTERSIGN_DATABASE_URL to a PostgreSQL server.',
    );
  }
  await makePrivateFolder(resolve(input.dataDir));
  const dataDir = await realpath(input.dataDir);
  const locks: FolderLock[] = [await lockFolder(dataDir)];
  const unlock = (): void => {
    for (const lock of locks.splice(0)) lock.release();
  };
  try {
    return await startLocked({ ...input, dataDir }, locks, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
};

const startLocked = async (
  input: { readonly dataDir: string; readonly binDir?: string | undefined; readonly log: PostgresLog },
  locks: FolderLock[],
  unlock: () => void,
): Promise<PrivatePostgres> => {
  const { dataDir, log } = input;
  const found = await findPlace(dataDir);
  const identity = await chooseIdentity(found?.owner);
  const place = await makePlace(dataDir, identity, found?.place);
  const away = !place.folder.startsWith(`${dataDir}/`);
  if (away) locks.push(await lockFolder(place.folder)); // a copied data folder points to the same place
  const programs = await locateBinaries(
    input.binDir,
    identity,
    identity.kind === 'dropped' ? awayFolder : place.folder,
  );
  const passwords = await loadPasswords(dataDir, place.cluster);
  await initCluster(place, programs, identity, passwords.superuser);
  const socket = await chooseSocket(place, identity);
  const superuser = connectionTo(socket.folder, 'postgres', passwords.superuser, 'postgres');
  const start: StartInput = { place, socket: socket.folder, programs, identity, superuser, log };
  const supervisor = supervise(await startPostmaster(start), (signal) => startPostmaster(start, signal), log);
  try {
    await createDatabase(superuser, passwords.application);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
  const notes = [
    ...(away
      ? [
          `only root may enter ${dataDir}, and PostgreSQL refuses to run as root: the store is in ${place.folder}; keys and settings stay. Back up both.`,
        ]
      : []),
    ...(socket.note === undefined ? [] : [socket.note]),
  ];
  return {
    connection: connectionTo(socket.folder, applicationName, passwords.application, applicationName),
    stop: async () => {
      await supervisor.stop();
      if (socket.note !== undefined) await rmdir(socket.folder).catch(() => undefined); // tidy; a later start makes it again
      unlock();
    },
    ...(notes.length === 0 ? {} : { note: notes.join('\n') }),
  };
};
