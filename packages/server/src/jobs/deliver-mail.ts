import type { Locale } from '@countersign/core/account/account';
import { minutes, type Duration, type Instant } from '@countersign/core/kernel/time';
import type { Outbox, SendMail, WaitingMail } from '../ports/outbox.ts';

export interface DeliverMail {
  readonly outbox: Outbox;
  readonly render: (
    template: string,
    locale: Locale,
    params: Readonly<Record<string, string>>,
  ) => { readonly subject: string; readonly text: string };
  /** Null where no SMTP server is set: the log then names recipient and template, never a link (design.md §10.10). */
  readonly send: SendMail | null;
  readonly log: { info(line: object, text: string): void; warn(line: object, text: string): void };
}

const BATCH = 20;
const LEASE: Duration = minutes(2);
/** Tries before a mail is given up: with doubling waits about two hours. */
const TRIES = 8;

/** Rounds of one call, so that a stop never waits for thousands of mails. */
const ROUNDS = 50;

/** Delivers what is due now; how many mails were taken. Due work is found by the time it is given (design.md §10.5). */
export async function deliverMail(deps: DeliverMail, now: Instant): Promise<number> {
  let taken = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const batch = await deliverBatch(deps, now);
    taken += batch;
    if (batch < BATCH) break;
  }
  return taken;
}

async function deliverBatch({ outbox, render, send, log }: DeliverMail, now: Instant): Promise<number> {
  const waiting = await outbox.take(now, now + LEASE, BATCH);
  for (const mail of waiting) {
    const line = { recipient: mail.recipient, template: mail.template };
    if (send === null) {
      await outbox.giveUp(mail.id, now);
      log.warn(line, 'mail not sent: no SMTP server is set');
      continue;
    }
    try {
      await send({ to: mail.recipient, ...render(mail.template, mail.locale, mail.params) });
      await outbox.sent(mail.id, now);
      log.info(line, 'mail sent');
    } catch (error) {
      await failed(outbox, mail, now);
      log.warn(
        { ...line, attempt: mail.attempts, reason: error instanceof Error ? error.message : String(error) },
        'mail not sent',
      );
    }
  }
  return waiting.length;
}

async function failed(outbox: Outbox, mail: WaitingMail, now: Instant): Promise<void> {
  if (mail.attempts >= TRIES) await outbox.giveUp(mail.id, now);
  else await outbox.retryAt(mail.id, now + minutes(1) * 2 ** (mail.attempts - 1));
}
