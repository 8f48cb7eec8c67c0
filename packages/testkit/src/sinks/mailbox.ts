import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  /** When it arrived here, ms since 1970 of the real clock. */
  readonly arrivedAt: number;
  /** The addresses of the envelope: where it really went. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** A mail server on loopback that keeps what it gets. */
export interface Mailbox {
  readonly smtpUrl: string;
  readonly all: () => readonly ReceivedMail[];
  readonly to: (address: string) => readonly ReceivedMail[];
  /** The first mail to the address that fits and came after `since` others; waits for it. */
  readonly wait: (
    address: string,
    fits?: (mail: ReceivedMail) => boolean,
    limitMs?: number,
  ) => Promise<ReceivedMail>;
  readonly close: () => Promise<void>;
}

/** The first link in a mail. */
export function linkIn(mail: ReceivedMail): string {
  const link = /https?:\/\/[^\s<>"]+/.exec(mail.text)?.[0];
  if (link === undefined) throw new Error(`no link in the mail "${mail.subject}"`);
  return link;
}

export async function startMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, callback) {
      keep(
        stream,
        session.envelope.rcptTo.map(({ address }) => address),
      ).then(
        () => callback(),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  const keep = async (stream: NodeJS.ReadableStream, to: readonly string[]): Promise<void> => {
    const parsed = await simpleParser(await text(stream));
    mails.push({ arrivedAt: Date.now(), to, subject: parsed.subject ?? '', text: parsed.text ?? '' });
    for (const wake of waiting) wake();
  };
  server.on('error', () => undefined); // A node that is killed drops its connection; that is no fault of the test.
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;

  const to = (address: string): readonly ReceivedMail[] => mails.filter((mail) => mail.to.includes(address));
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    all: () => [...mails],
    to,
    wait: async (address, fits = () => true, limitMs = 30_000) => {
      const deadline = Date.now() + limitMs;
      for (;;) {
        const found = to(address).find(fits);
        if (found !== undefined) return found;
        if (Date.now() >= deadline)
          throw new Error(
            `no such mail to ${address} in ${limitMs} ms; ${
              to(address)
                .map((mail) => mail.subject)
                .join(' | ') || 'none at all'
            }`,
          );
        await nextMail(waiting, deadline - Date.now());
      }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const nextMail = (waiting: Set<() => void>, limitMs: number): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      waiting.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, limitMs);
    waiting.add(wake);
  });
