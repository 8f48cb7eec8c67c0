import { sql } from 'kysely';
import { json } from '../database.ts';
import { appSecretAt } from '../places.ts';
import { once, type Writers } from './fragment.ts';

type Kind = 'app.create' | 'app.update' | 'app.secret' | 'app.remove';

export const appWriters: Writers<Kind> = {
  'app.create': ({ app: a }, sealer) =>
    once(sql`insert into app (id, kind, name, client_id, metadata, secret, strength, created_at)
      values (${a.id}, 'oidc', ${a.name}, ${a.clientId}, ${json(a.metadata)},
        ${a.secret === null ? null : sealer.seal(appSecretAt(a.id), Buffer.from(a.secret, 'utf8'))}, ${a.strength}, ${a.now})
      returning 1`),
  'app.update': (e) =>
    once(sql`update app set name = ${e.name}, metadata = ${json(e.metadata)}, strength = ${e.strength}
      where id = ${e.id} and removed_at is null returning 1`),
  'app.secret': (e, sealer) =>
    once(sql`update app set secret = ${sealer.seal(appSecretAt(e.id), Buffer.from(e.secret, 'utf8'))}
      where id = ${e.id} and removed_at is null returning 1`),
  'app.remove': (e) =>
    once(sql`update app set removed_at = ${e.now} where id = ${e.id} and removed_at is null returning 1`),
};
