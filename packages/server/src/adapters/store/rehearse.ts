import type { Commit } from '../../ports/effects.ts';
import type { Database } from './database.ts';

/** Ends the rehearsal: thrown inside the transaction so that PostgreSQL takes everything back. */
class CurtainFall extends Error {}

/**
 * Runs the very statement of `commit`, with every conditional write and key, and takes it back: a dry run that finds
 * what the real one would find. A conflict comes out as it would from `commit`.
 */
export function createRehearsal(database: Database, commit: Commit): Commit {
  return async (effects) => {
    try {
      await database.transaction(async () => {
        await commit(effects);
        throw new CurtainFall();
      });
    } catch (error) {
      if (!(error instanceof CurtainFall)) throw error;
    }
  };
}
