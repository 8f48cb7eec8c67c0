import { sql } from 'kysely';
import { json } from '../database.ts';
import { appSecretAt } from '../places.ts';
import { any, once, type Writers } from './fragment.ts';

type Kind = 'app.create' | 'app.update' | 'app.secret' | 'app.remove' | 'fido.store';

export const appWriters: Writers<Kind> = {
  'app.create': ({ app: a }, sealer) =>
    once(sql`insert into app (id, kind, name, client_id, metadata, secret, strength, created_at)
      values (${a.id}, 'oidc', ${a.name}, ${a.clientId}, ${json(a.metadata)},
        ${a.secret === null ? null : sealer.seal(appSecretAt(a.id), Buffer.from(a.secret, 'utf8'))}, ${a.strength}, ${a.now})
      returning 1`),
  'app.update': ({ id, from, to, dropSecret }) =>
    once(sql`update app set name = ${to.name}, metadata = ${json(to.metadata)}, strength = ${to.strength},
        secret = case when ${dropSecret} then null else secret end
      where id = ${id} and removed_at is null and name = ${from.name} and metadata = ${json(from.metadata)}
        and strength is not distinct from ${from.strength}::text returning 1`),
  'app.secret': (e, sealer) =>
    once(sql`update app set secret = ${sealer.seal(appSecretAt(e.id), Buffer.from(e.secret, 'utf8'))}
      where id = ${e.id} and removed_at is null returning 1`),
  'app.remove': (e) => [
    ...once(sql`update app set removed_at = ${e.now} where id = ${e.id} and removed_at is null returning 1`),
    ...any(
      sql`update door_grant set revoked_at = ${e.now} where app_id = ${e.id} and revoked_at is null returning 1`,
    ),
  ],
  'fido.store': (e) =>
    once(sql`insert into fido_metadata (id, number, entries, loaded_at) values (1, ${e.number}, ${json(e.models)}, ${e.now})
      on conflict (id) do update set number = excluded.number, entries = excluded.entries, loaded_at = excluded.loaded_at
      where fido_metadata.number < excluded.number returning 1`),
};
