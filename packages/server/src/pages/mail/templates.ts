export const MAIL_TEMPLATES = [
  'invitation',
  'recovery_link',
  'factor_added',
  'factor_removed',
  'password_changed',
  'recovery_code_used',
  'recovery_codes_made',
  'temporary_pass_issued',
  'temporary_pass_used',
  'factor_locked',
  'signed_in_new_browser',
  'sessions_ended',
  'account_disabled',
  'email_changed',
  'recovery_alarm',
  'recovery_link_used',
  'key_alarm',
] as const;
export type MailTemplate = (typeof MAIL_TEMPLATES)[number];

export const isMailTemplate = (name: string): name is MailTemplate =>
  (MAIL_TEMPLATES as readonly string[]).includes(name);

/** How a mail ends: a link that nobody asked for, an act that somebody else may have done, or an act of the IT team. */
export const ENDING: Readonly<Record<MailTemplate, 'link' | 'alarm' | 'question'>> = {
  invitation: 'link',
  recovery_link: 'link',
  factor_added: 'alarm',
  factor_removed: 'alarm',
  password_changed: 'alarm',
  recovery_code_used: 'alarm',
  recovery_codes_made: 'alarm',
  temporary_pass_issued: 'alarm',
  temporary_pass_used: 'alarm',
  factor_locked: 'alarm',
  signed_in_new_browser: 'alarm',
  sessions_ended: 'alarm',
  account_disabled: 'question',
  email_changed: 'alarm',
  recovery_alarm: 'question',
  recovery_link_used: 'alarm',
  key_alarm: 'alarm',
};
