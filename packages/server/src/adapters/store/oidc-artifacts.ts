import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type {
  ArtifactModel,
  ArtifactPayload,
  NewArtifact,
  OidcArtifacts,
} from '../../ports/oidc-artifacts.ts';
import type { Sealer } from '../keys/sealer.ts';
import type { Database } from './database.ts';
import { artifactAt } from './places.ts';

const hashOf = (id: string): Buffer => createHash('sha256').update(id, 'utf8').digest();

interface Row {
  readonly payload: Buffer;
  readonly consumed_at: number | null;
}

/** The library's artefacts: ids as hashes, payloads sealed to their row and without the id that would open it (I-55). */
export function createOidcArtifacts(database: Database, sealer: Sealer): OidcArtifacts {
  const seal = ({ model, payload }: NewArtifact, hash: Buffer): Buffer => {
    const { jti: _, ...kept } = payload;
    return sealer.seal(artifactAt(model, hash), Buffer.from(JSON.stringify(kept), 'utf8'));
  };
  const open = (model: ArtifactModel, id: string, hash: Buffer, sealed: Buffer): ArtifactPayload => ({
    ...(JSON.parse(sealer.open(artifactAt(model, hash), sealed).toString('utf8')) as ArtifactPayload),
    jti: id,
  });

  return {
    save: async (artifact) => {
      const hash = hashOf(artifact.id);
      await database.query(sql`insert into oidc_artifact (model, id_hash, grant_id, payload, expires_at)
        values (${artifact.model}, ${hash}, ${artifact.grantId}, ${seal(artifact, hash)}, ${artifact.expiresAt})
        on conflict (model, id_hash) do update set payload = excluded.payload, expires_at = excluded.expires_at`);
    },
    saveOnce: async (artifact, now) => {
      const hash = hashOf(artifact.id);
      const rows =
        await database.query(sql`insert into oidc_artifact (model, id_hash, grant_id, payload, expires_at)
        values (${artifact.model}, ${hash}, ${artifact.grantId}, ${seal(artifact, hash)}, ${artifact.expiresAt})
        on conflict (model, id_hash) do update set payload = excluded.payload, expires_at = excluded.expires_at
        where oidc_artifact.expires_at <= ${now} returning 1`);
      return rows.length === 1;
    },
    find: async (model, id, now) => {
      const hash = hashOf(id);
      const rows = await database.query<Row>(sql`select payload, consumed_at from oidc_artifact
        where model = ${model} and id_hash = ${hash} and expires_at > ${now}`);
      const row = rows[0];
      return row === undefined
        ? null
        : { payload: open(model, id, hash, row.payload), consumedAt: row.consumed_at };
    },
    // The row stays, as used, until its grant's own end: a late replay must still be recognised as one.
    consume: async (model, id, now) => {
      // Racers of one family queue here, for the rest of their transactions: a loser goes on to delete what another
      // loser waits for, and PostgreSQL would end them with a deadlock instead of a refusal.
      const hash = hashOf(id);
      const rows = await database.query(sql`with family as materialized (
          select pg_advisory_xact_lock(hashtextextended(grant_id::text, 0)) from oidc_artifact
          where model = ${model} and id_hash = ${hash} and grant_id is not null)
        update oidc_artifact a set consumed_at = ${now},
          expires_at = greatest(a.expires_at, (select max(g.expires_at) from oidc_artifact g
            where g.grant_id = a.grant_id and g.model = 'Grant'))
        from (select count(*) as queued from family) as turn
        where turn.queued >= 0 and a.model = ${model} and a.id_hash = ${hash} and a.consumed_at is null and a.expires_at > ${now}
        returning 1`);
      return rows.length === 1;
    },
    remove: async (model, id) => {
      await database.query(sql`delete from oidc_artifact where model = ${model} and id_hash = ${hashOf(id)}`);
    },
    holdFamily: async (grantId) => {
      await database.query(sql`select pg_advisory_xact_lock(hashtextextended(${grantId}::text, 0))`);
    },
    removeFamily: async (grantId) => {
      await database.query(sql`delete from oidc_artifact where grant_id = ${grantId}`);
    },
    deleteExpired: async (now, limit) => {
      const rows = await database.query(sql`delete from oidc_artifact where ctid = any(array(
        select ctid from oidc_artifact where expires_at <= ${now} limit ${limit} for update skip locked)) returning 1`);
      return rows.length;
    },
  };
}
