import type { SprayFacts } from '@countersign/core/factor/password-spray';
import { asId } from '@countersign/core/kernel/id';
import type { Guessable } from '@countersign/core/ledger/guess-budget';
import type { Signin } from '@countersign/core/signin/signin';
import { sql } from 'kysely';
import type { GuessRow, SigninFacts, SigninStore, StoredAsk } from '../../ports/signin-store.ts';
import { bytea, type Database } from './database.ts';
import { PERSON_JSON, toPerson, type PersonJson } from './people.ts';

interface GuessJson {
  readonly method: Guessable;
  readonly lane: string;
  readonly consecutive: number;
  readonly windowStart: number;
  readonly inWindow: number;
  readonly lockedUntil: number;
  readonly suspended: boolean;
  readonly version: number;
}

interface Row {
  readonly id: string;
  readonly secret_hash: Buffer;
  readonly version: number;
  readonly state: Signin;
  readonly ask: StoredAsk;
  readonly session_id: string | null;
  readonly created_at: number;
  readonly expires_at: number;
  readonly person: PersonJson | null;
  readonly guesses: readonly GuessJson[] | null;
  readonly lane: string | null;
  readonly browser_known: boolean;
}

const GUESS_JSON = sql`jsonb_build_object('method', g.method, 'lane', g.lane, 'consecutive', g.consecutive, 'windowStart', g.window_start,
  'inWindow', g.in_window, 'lockedUntil', g.locked_until, 'suspended', g.suspended, 'version', g.version)`;

const toGuess = ({ method, lane, version, ...count }: GuessJson): GuessRow => ({
  method,
  lane,
  version,
  count,
});

export function createSigninStore(database: Database): SigninStore {
  const guesses = async (subject: string): Promise<readonly GuessRow[]> => {
    const rows = await database.query<{ guess: GuessJson }>(
      sql`select ${GUESS_JSON} as guess from guess_count g where g.subject = ${subject}`,
    );
    return rows.map((row) => toGuess(row.guess));
  };

  return {
    guesses,
    load: async (id, browserHash) => {
      const hash = browserHash === null ? null : bytea(browserHash);
      const rows = await database.query<Row>(sql`
        select t.id, t.secret_hash, t.version, t.state, t.ask, t.session_id, t.created_at, t.expires_at,
          (select ${PERSON_JSON} from account a where a.id = t.account_id) as person,
          (select jsonb_agg(${GUESS_JSON}) from guess_count g where g.subject = t.state->>'subject') as guesses,
          (select b.lane from known_browser b where b.account_id = t.account_id and b.secret_hash = ${hash}::bytea
             and b.expires_at > t.created_at) as lane,
          exists (select 1 from known_browser b where b.secret_hash = ${hash}::bytea) as browser_known
        from signin_transaction t where t.id = ${id}`);
      const row = rows[0];
      return row === undefined ? null : toFacts(row);
    },
    charge: async ({ subject, method, lane }, version, next) => {
      const rows =
        version === null
          ? await database.query(sql`insert into guess_count (subject, method, lane, consecutive, window_start, in_window, locked_until, suspended)
              values (${subject}, ${method}, ${lane}, ${next.consecutive}, ${next.windowStart}, ${next.inWindow}, ${next.lockedUntil}, ${next.suspended})
              on conflict do nothing returning 1`)
          : await database.query(sql`update guess_count set consecutive = ${next.consecutive}, window_start = ${next.windowStart},
              in_window = ${next.inWindow}, locked_until = ${next.lockedUntil}, suspended = ${next.suspended}, version = version + 1
              where subject = ${subject} and method = ${method} and lane = ${lane} and version = ${version} returning 1`);
      return rows.length === 1;
    },
    lane: async (accountId, browserHash, now) => {
      const rows = await database.query<{ lane: string }>(sql`select lane from known_browser
        where account_id = ${accountId} and secret_hash = ${bytea(browserHash)} and expires_at > ${now}`);
      return rows[0]?.lane ?? null;
    },
    consumeChallenge: async (hash, purpose, owner, now) => {
      const rows = await database.query(sql`update challenge set used_at = ${now}
        where hash = ${bytea(hash)} and purpose = ${purpose} and owner = ${owner} and used_at is null and expires_at > ${now} returning 1`);
      return rows.length === 1;
    },
    sprayFacts: async (tag, subject, since) => {
      const rows = await database.query<SprayFacts>(
        sql`select (count(*) filter (where subject <> ${subject}))::int as others, coalesce(bool_or(subject = ${subject}), false) as again
          from password_guess_tag where tag = ${tag} and at > ${since}`,
      );
      return rows[0] ?? { others: 0, again: false };
    },
  };
}

const toFacts = (row: Row): SigninFacts => ({
  transaction: {
    id: asId(row.id),
    secretHash: row.secret_hash,
    version: row.version,
    state: row.state,
    opened: row.ask,
    sessionId: row.session_id === null ? null : asId(row.session_id),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  },
  person: row.person === null ? null : toPerson(row.person),
  guesses: (row.guesses ?? []).map(toGuess),
  lane: row.lane,
  browserKnown: row.browser_known,
});
