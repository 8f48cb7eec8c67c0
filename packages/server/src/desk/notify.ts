import type { Account } from '@countersign/core/account/account';
import type { Instant } from '@countersign/core/kernel/time';
import type { Effect } from '../ports/effects.ts';
import type { Random } from '../ports/random.ts';

/** The mails there are. Their texts live in pages/mail; none carries a code, only the link mails a link. */
export type MailTemplate =
  | 'invitation'
  | 'recovery_link'
  | 'factor_added'
  | 'factor_removed'
  | 'password_changed'
  | 'recovery_code_used'
  | 'recovery_codes_made'
  | 'temporary_pass_issued'
  | 'temporary_pass_used'
  | 'factor_locked'
  | 'signed_in_new_browser'
  | 'sessions_ended'
  | 'account_disabled'
  | 'email_changed'
  | 'recovery_link_used'
  | 'key_alarm';

/**
 * Tells a person by mail, as an effect of the same statement (I-17). The address is the stored one, never one from a
 * request (I-16); without an address there is nobody to tell, and the audit event stands alone.
 */
export function notify(
  random: Random,
  account: Pick<Account, 'id' | 'email' | 'locale' | 'displayName' | 'login'>,
  template: MailTemplate,
  params: Readonly<Record<string, string>>,
  now: Instant,
): readonly Effect[] {
  if (account.email === null) return [];
  return [
    {
      kind: 'mail',
      id: random.uuid(),
      accountId: account.id,
      recipient: account.email,
      template,
      locale: account.locale,
      params: { ...params, name: account.displayName, login: account.login, at: String(now) },
      now,
    },
  ];
}
