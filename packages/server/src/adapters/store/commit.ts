import { sql, type RawBuilder } from 'kysely';
import { Conflict, type Commit, type Effect } from '../../ports/effects.ts';
import type { Sealer } from '../keys/sealer.ts';
import type { Database } from './database.ts';
import { accountWriters } from './effects/accounts.ts';
import { appWriters } from './effects/apps.ts';
import { auditWriters } from './effects/audit.ts';
import { factorWriters } from './effects/factors.ts';
import type { Fragment, Writers } from './effects/fragment.ts';
import { sessionWriters } from './effects/sessions.ts';
import { signinWriters } from './effects/signin.ts';

const WRITERS: Writers<Effect['kind']> = {
  ...signinWriters,
  ...factorWriters,
  ...sessionWriters,
  ...accountWriters,
  ...appWriters,
  ...auditWriters,
};

/** What `require_one` of the schema raises, and a unique key that another writer took first. */
const NOT_ONE = 'CS001';
const UNIQUE = '23505';
const DEADLOCK = '40P01';

/**
 * Writes all effects in one statement: each is a data-modifying part, and the outer select counts the rows of those
 * that must hit exactly one. A part that misses raises, and PostgreSQL undoes the whole statement. The counts stand
 * in the order of the effects, which is the order in which PostgreSQL runs the parts.
 */
export function createCommit(database: Database, sealer: Sealer): Commit {
  return async (effects) => {
    if (effects.length === 0) return;
    const parts = effects.flatMap((effect) =>
      fragmentsOf(effect, sealer).map((part) => ({ ...part, label: effect.kind })),
    );
    const named = parts.map((part, position) => ({ ...part, name: sql.ref(`e${position}`) }));
    const ctes = named.map(({ name, sql: body }) => sql`${name} as (${body})`);
    const counts = named.map(({ name, once, label }): RawBuilder<unknown> => {
      const hits = sql`(select count(*) from ${name})`;
      return once ? sql`require_one(${hits}, ${label})` : hits;
    });
    const statement = sql`with ${sql.join(ctes)} select ${sql.join(counts)}`;
    try {
      await database.query(statement);
    } catch (error) {
      // Two statements took the same rows in another order and PostgreSQL undid this one whole: it may go again, unless
      // a transaction around it was undone with it.
      if (codeOf(error) !== DEADLOCK || database.inTransaction()) throw conflictOf(error) ?? error;
      await database.query(statement).catch((again: unknown) => {
        throw conflictOf(again) ?? again;
      });
    }
  };
}

function fragmentsOf<Kind extends Effect['kind']>(
  effect: Extract<Effect, { kind: Kind }>,
  sealer: Sealer,
): readonly Fragment[] {
  const write = WRITERS[effect.kind] as (
    effect: Extract<Effect, { kind: Kind }>,
    sealer: Sealer,
  ) => readonly Fragment[];
  return write(effect, sealer);
}

function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof Error)) return null;
  const code = codeOf(error);
  if (code === NOT_ONE) return new Conflict(error.message);
  if (code === UNIQUE) return new Conflict('constraint' in error ? String(error.constraint) : 'a unique key');
  return null;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);
