import type { AccountId } from '@countersign/core/kernel/id';
import { sql, type RawBuilder } from 'kysely';
import { onOthers, toPerson } from './audit-log-person.ts';
import { lead } from './audit-log-rows.ts';
import type { Database } from './database.ts';

const BATCH = 5_000;

/**
 * Takes personal parts and their salts out of the rows; the leaf knows only a salted hash, so the log proves as before,
 * and without the salt that hash tells nothing. In turns with the leader, since both change the same rows. What is
 * removed lies in dead rows and in the write-ahead log until PostgreSQL clears them.
 */
export async function removePersonal(database: Database, where: RawBuilder<unknown>): Promise<number> {
  const removeSome = (): Promise<number> =>
    database.transaction(async () => {
      await lead(database);
      const rows = await database.query(sql`update audit_event set personal = null, salt = null
        where id in (select id from audit_event where personal is not null and ${where} limit ${BATCH}) returning 1`);
      return rows.length;
    });
  let removed = 0;
  for (let some = await removeSome(); some > 0; some = await removeSome()) removed += some;
  return removed;
}

/**
 * What names a person in the events that happened to them or were done by them. Not found: what a stranger typed at
 * sign-in that fits nobody's name. Events written after it have to be erased again; disable the account first.
 */
export async function erasePerson(database: Database, person: AccountId): Promise<number> {
  const suffered = await removePersonal(database, toPerson(person));
  return suffered + (await removePersonal(database, onOthers(person)));
}
