import type { AccountId } from '@countersign/core/kernel/id';
import { sql, type RawBuilder } from 'kysely';

/** What happened to a person, done by whomever: found by an index. */
export const toPerson = (person: AccountId): RawBuilder<unknown> => sql`subject = ${person}::uuid`;

/** What a person did to others or to things: the condition of the partial index audit_event_actor, word for word. */
export const onOthers = (person: AccountId): RawBuilder<unknown> =>
  sql`(actor_id = ${person} and actor_id is not null and actor_id is distinct from subject::text)`;

export const byPerson = (person: AccountId): RawBuilder<unknown> =>
  sql`(${toPerson(person)} or ${onOthers(person)})`;
