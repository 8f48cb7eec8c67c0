import { createTransport } from 'nodemailer';
import type { SendMail } from '../../ports/outbox.ts';

/** Sends by the organisation's own mail server. Files and addresses in a mail are never followed. */
export function createSmtp(settings: { readonly smtpUrl: string; readonly from: string }): SendMail {
  const transport = createTransport(settings.smtpUrl, {
    from: settings.from,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ to, subject, text }) => {
    await transport.sendMail({ to: { name: '', address: to }, subject, text });
  };
}
