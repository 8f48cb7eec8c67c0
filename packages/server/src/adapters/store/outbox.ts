import type { Locale } from '@countersign/core/account/account';
import { sql } from 'kysely';
import type { Outbox } from '../../ports/outbox.ts';
import type { Sealer } from '../keys/sealer.ts';
import type { Database } from './database.ts';
import { mailParamsAt } from './places.ts';

interface Row {
  readonly id: string;
  readonly recipient: string;
  readonly template: string;
  readonly locale: Locale;
  readonly params: Buffer;
  readonly attempts: number;
}

export function createOutbox(database: Database, sealer: Sealer): Outbox {
  return {
    take: async (now, leaseUntil, limit) => {
      const rows =
        await database.query<Row>(sql`update outbox set due_at = ${leaseUntil}, attempts = attempts + 1
        where id in (select id from outbox where due_at <= ${now} and sent_at is null and given_up_at is null
          order by due_at limit ${limit} for update skip locked)
        returning id, recipient, template, locale, params, attempts`);
      return rows.map(({ params, ...rest }) => ({
        ...rest,
        params: JSON.parse(sealer.open(mailParamsAt(rest.id), params).toString('utf8')) as Record<
          string,
          string
        >,
      }));
    },
    // What was sent is not kept: a link in it would be a secret at rest for nothing.
    sent: async (id, now) => {
      await database.query(sql`update outbox set sent_at = ${now}, params = ''::bytea where id = ${id}`);
    },
    retryAt: async (id, at) => {
      await database.query(sql`update outbox set due_at = ${at} where id = ${id}`);
    },
    giveUp: async (id, now) => {
      await database.query(sql`update outbox set given_up_at = ${now}, params = ''::bytea where id = ${id}`);
    },
  };
}
