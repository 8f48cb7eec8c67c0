import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { exists, giveTree, syncPath } from './folders.ts';
import { postgresFault } from './fault.ts';
import type { Place } from './find-place.ts';
import type { Programs } from './locate-binaries.ts';
import { type Identity, runAs } from './run-as.ts';
import { toFileLines, tunedSettings } from './settings.ts';

const draftPrefix = 'initialising-';

/**
 * On return `place.cluster` is a whole cluster of the programs' version that the server's identity owns.
 * It is made under another name, flushed, and renamed: a crash on the way leaves a draft, which the next start removes.
 * The caller holds the folder's lock.
 */
export const initCluster = async (
  place: Place,
  programs: Programs,
  identity: Identity,
  superuserPassword: string,
): Promise<void> => {
  for (const name of await readdir(place.folder))
    if (name.startsWith(draftPrefix)) await rm(join(place.folder, name), { recursive: true, force: true });
  if (await exists(place.cluster)) {
    await checkVersion(place.cluster, programs.major);
    await repairOwner(place.cluster, identity);
    return;
  }
  const draft = await mkdtemp(join(place.folder, draftPrefix));
  const cluster = join(draft, 'cluster');
  const passwordFile = join(draft, 'password');
  await mkdir(cluster, { mode: 0o700 });
  await writeFile(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
  if (identity.kind === 'dropped') await giveTree(draft, identity.initUid, identity.gid);
  const result = await runAs(identity, 'init', programs.initdb, [
    ...initArguments(programs.major),
    '-D',
    cluster,
    `--pwfile=${passwordFile}`,
  ]);
  if (!result.ok) {
    await rm(draft, { recursive: true, force: true });
    throw postgresFault(
      'postgres.init_failed',
      `initdb could not make the store in ${place.folder}: ${result.output.slice(-1000)}`,
    );
  }
  await writeFile(
    join(cluster, 'pg_hba.conf'),
    '# Only the node, over the socket, with its password.\nlocal all all scram-sha-256\n',
    { flush: true },
  );
  await appendFile(
    join(cluster, 'postgresql.conf'),
    `\n# Countersign: tuned small. Yours to change; what must hold is given at start.\n${toFileLines(tunedSettings(programs.major))}`,
    { flush: true },
  );
  if (identity.kind === 'dropped') await giveTree(cluster, identity.uid, identity.gid);
  await chmod(cluster, 0o700);
  await syncPath(cluster);
  await rename(cluster, place.cluster);
  await syncPath(place.folder);
  await rm(draft, { recursive: true, force: true });
};

/** With sync (the default): initdb returns when all of it is on the disk. */
const initArguments = (major: number): readonly string[] => [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--data-checksums',
  '--encoding=UTF8',
  '--locale=C',
  // PostgreSQL's own collation: knows letters beyond ASCII, and no upgrade of the C library can break an index.
  ...(major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []),
];

const checkVersion = async (cluster: string, major: number): Promise<void> => {
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (found === String(major)) return;
  throw postgresFault(
    'postgres.wrong_version',
    `${cluster} was written by PostgreSQL ${found} and the programs found are ${major}. Set COUNTERSIGN_POSTGRES_BIN to the programs of ${found}; to move to ${major}, back up with them and restore into a new data folder.`,
  );
};

/** A restore from tar as root, for one, leaves root as owner, whom PostgreSQL refuses. */
const repairOwner = async (cluster: string, identity: Identity): Promise<void> => {
  if (identity.kind === 'same') return;
  if ((await stat(cluster)).uid !== identity.uid) await giveTree(cluster, identity.uid, identity.gid);
};
