import type { NoteKey } from '@countersign/core/audit/note-key';
import type { NoteSigner } from '@countersign/core/audit/signed-note';
import type { Instant } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import { type CheckpointKey, makeCheckpointKey, noteKeyOf, noteSignerOf } from '../keys/checkpoint-key.ts';
import type { Sealer } from '../keys/sealer.ts';
import { lead } from './audit-log-rows.ts';
import { type Database, json } from './database.ts';
import { signingKeyAt } from './places.ts';

/** More than an export header names (core/audit/export-format.ts). */
const MOST_KEYS = 16;

export interface CheckpointKeys {
  signer(origin: string): NoteSigner;
  /** All keys that ever signed, so that what an earlier one signed is still believed. */
  all(origin: string): readonly NoteKey[];
}

interface Row {
  readonly kid: string;
  readonly state: string;
  readonly public_key: CheckpointKey['publicKey'];
  readonly private_key: Buffer;
}

async function addKey(database: Database, sealer: Sealer, now: Instant): Promise<void> {
  const { kid, publicKey, privateKey } = makeCheckpointKey();
  const sealed = sealer.seal(signingKeyAt(kid), Buffer.from(JSON.stringify(privateKey), 'utf8'));
  await database.query(sql`insert into signing_key
    (kid, purpose, algorithm, state, public_key, private_key, created_at, active_at)
    values (${kid}, 'checkpoint', 'EdDSA', 'active', ${json(publicKey)}, ${sealed}, ${now}, ${now})`);
}

const rowsOf = (database: Database): Promise<readonly Row[]> =>
  database.query<Row>(sql`select kid, state, public_key, private_key from signing_key
    where purpose = 'checkpoint' order by created_at desc, kid limit ${MOST_KEYS}`);

/** The keys that sign checkpoints. The first start of a deployment makes one; nodes that start together agree on it. */
export async function loadCheckpointKeys(
  database: Database,
  sealer: Sealer,
  now: Instant,
): Promise<CheckpointKeys> {
  const rows = await database.transaction(async () => {
    await lead(database);
    const found = await rowsOf(database);
    if (found.length > 0) return found;
    await addKey(database, sealer, now);
    return rowsOf(database);
  });
  const active = rows.find((row) => row.state === 'active');
  if (active === undefined) throw new Error('none of the keys for audit checkpoints is active');
  const opened = sealer.open(signingKeyAt(active.kid), active.private_key).toString('utf8');
  const privateKey = JSON.parse(opened) as CheckpointKey['privateKey'];
  return {
    signer: (origin) => noteSignerOf(origin, privateKey),
    all: (origin) => rows.map((row) => noteKeyOf(origin, row.public_key)),
  };
}
