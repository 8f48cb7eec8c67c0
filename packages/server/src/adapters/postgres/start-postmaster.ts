import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrivateConnection } from './connection.ts';
import { endOrphan } from './end-orphan.ts';
import { postgresFault } from './fault.ts';
import type { Place } from './find-place.ts';
import { clusterName } from './find-processes.ts';
import type { Programs } from './locate-binaries.ts';
import type { PostgresLog } from './log.ts';
import type { Identity } from './run-as.ts';
import { heldSettings, toArguments } from './settings.ts';
import { type Postmaster, spawnPostmaster } from './spawn-postmaster.ts';
import { stopPostmaster } from './stop-postmaster.ts';
import { waitReady } from './wait-ready.ts';

export type StartInput = {
  readonly place: Place;
  readonly socket: string;
  readonly programs: Programs;
  readonly identity: Identity;
  readonly superuser: PrivateConnection;
  readonly log: PostgresLog;
};

// Shared memory of a postmaster that was killed is in use until its last child is reaped, mostly well within a second.
const pausesMs = [100, 300, 1000, 2000];

/** On return the postmaster answers. The caller holds the folder's lock. An abort ends what was started, and throws. */
export const startPostmaster = async (input: StartInput, signal?: AbortSignal): Promise<Postmaster> => {
  const { place, log } = input;
  const name = await clusterName(place.cluster);
  for (let attempt = 0; ; attempt += 1) {
    await endOrphan({ cluster: place.cluster, socket: input.socket, name, log });
    const postmaster = await spawnPostmaster(
      place,
      input.programs.postgres,
      toArguments(heldSettings({ socket: input.socket, name })),
      input.identity,
    );
    const outcome = await waitOrStop(postmaster, input, signal);
    if (outcome === 'ready') return postmaster;
    const pause = pausesMs[attempt];
    if (pause === undefined) {
      throw postgresFault(
        'postgres.start_failed',
        `PostgreSQL does not start (${outcome.ended}). Its log, ${place.log}, ends:\n${await tail(place.log, postmaster.logStart)}`,
      );
    }
    await sleep(pause);
  }
};

/** A fault or an abort while waiting must not leave a server behind that nobody holds. */
const waitOrStop = async (
  postmaster: Postmaster,
  input: StartInput,
  signal?: AbortSignal,
): Promise<'ready' | { readonly ended: string }> => {
  try {
    return await waitReady(input.superuser, postmaster.exited, input.log, signal);
  } catch (error) {
    await stopPostmaster(postmaster.send, (ms) => endedWithin(postmaster, ms));
    throw error;
  }
};

export const endedWithin = (postmaster: Postmaster, ms: number): Promise<boolean> => {
  const timer = new AbortController();
  return Promise.race([
    postmaster.exited.then(() => true),
    sleep(ms, false, { signal: timer.signal }).catch(() => false),
  ]).finally(() => timer.abort());
};

const tail = async (path: string, from: number): Promise<string> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - 2000);
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(2000),
      0,
      Math.min(2000, Math.max(0, size - start)),
      start,
    );
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await file.close();
  }
};
