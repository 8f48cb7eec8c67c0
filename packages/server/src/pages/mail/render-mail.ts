import type { Locale } from '@countersign/core/account/account';
import { METHODS } from '@countersign/core/factor/factor';
import { absoluteTime } from '../moment.ts';
import { phrases } from '../texts/phrases.ts';
import { ENDING, type MailTemplate } from './templates.ts';

/** What every mail says beside its own news. */
export interface MailPlace {
  readonly organisation: string;
  readonly host: string;
  /** Where the person sees and changes the ways to sign in. */
  readonly security: string;
  /** Whom to tell when it was somebody else; null: "your IT team". */
  readonly contact: string | null;
}

/**
 * As kept in the outbox, all texts. `name`, `login` and `at` always; `method`, `factor`, `address`, `agent`, `until`,
 * `left`, `link`, `expires` where the template has news of them. Instants are milliseconds.
 */
export type MailParams = Readonly<Record<string, string>>;

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** A name in a mail stays on its line and cannot pass for a text of ours. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);

function instantOf(text: string | undefined): number | null {
  const at = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? at : null;
}

/** The link of an invitation or recovery. Without it the mail is useless, so that is a fault of ours. */
function linkOf(params: MailParams): string {
  const link = params['link'] ?? '';
  if (!/^https?:\/\/[\u0021-\u007e]+$/.test(link)) throw new TypeError('This mail needs a link.');
  return link;
}

/** The values that texts ask for, safe to stand in a line. */
function valuesOf(locale: Locale, params: MailParams, place: MailPlace) {
  const { say } = phrases(locale);
  const method = METHODS.find((one) => one === params['method']);
  const when = (text: string | undefined): string => {
    const at = instantOf(text);
    return at === null ? '–' : absoluteTime(at, locale);
  };
  return {
    organisation: oneLine(place.organisation),
    host: oneLine(place.host),
    security: oneLine(place.security),
    contact: place.contact === null ? '' : oneLine(place.contact),
    name: oneLine(params['name'] ?? ''),
    login: oneLine(params['login'] ?? ''),
    method: method === undefined ? '–' : say(`method.${method}`),
    factor: oneLine(params['factor'] ?? ''),
    address: oneLine(params['address'] ?? ''),
    agent: oneLine(params['agent'] ?? ''),
    when: when(params['at']),
    until: when(params['until']),
    expires: when(params['expires']),
  };
}

type Values = ReturnType<typeof valuesOf>;

/** What happened, in a sentence or two. */
function newsOf(template: MailTemplate, locale: Locale, params: MailParams, values: Values): string {
  const { count, say } = phrases(locale);
  switch (template) {
    case 'invitation':
    case 'recovery_link':
      return `${say(`mail.${template}.text`, values)}\n\n${linkOf(params)}\n\n${say('mail.link.private', values)}`;
    case 'recovery_code_used': {
      const left = instantOf(params['left']);
      if (left === null) return say('mail.recovery_code_used.text', values);
      return count('mail.recovery_code_used', 'left', left, values);
    }
    case 'factor_locked':
      return instantOf(params['until']) === null
        ? say('mail.factor_locked.for_good', values)
        : say('mail.factor_locked.until', values);
    case 'factor_added':
    case 'factor_removed':
    case 'temporary_pass_issued':
      return say(`mail.${template}.text`, values);
    case 'password_changed':
    case 'recovery_codes_made':
    case 'temporary_pass_used':
    case 'signed_in_new_browser':
    case 'sessions_ended':
    case 'account_disabled':
    case 'email_changed':
    case 'recovery_alarm':
    case 'recovery_link_used':
    case 'key_alarm':
      return say(`mail.${template}.text`);
  }
}

/** Whose account, when, and from where, as far as that is known. */
function aboutOf(locale: Locale, values: Values): string {
  const { say } = phrases(locale);
  const lines = [
    say('mail.about.account', values),
    say('mail.about.when', values),
    values.address === '' ? null : say('mail.about.where', values),
    values.agent === '' ? null : say('mail.about.agent', values),
  ];
  return lines.filter((line) => line !== null).join('\n');
}

/** What to do if it was somebody else. */
function endingOf(template: MailTemplate, locale: Locale, place: MailPlace, values: Values): string {
  const { say } = phrases(locale);
  const whom = place.contact === null ? 'no_contact' : 'contact';
  switch (ENDING[template]) {
    case 'link':
      return `${say('mail.link.unexpected')}\n${say('mail.never')}`;
    case 'alarm':
      return `${say('mail.was_you')}\n${say(`mail.not_you.${whom}`, values)}\n${say('mail.never')}`;
    case 'question':
      return say(`mail.questions.${whom}`, values);
  }
}

/**
 * A plain-text mail: what happened, when, from where, and what to do if it was not the reader. Holds no code and no
 * secret, except the link of the two link mails; names of people and factors cannot add lines or headers.
 */
export function renderMail(
  template: MailTemplate,
  locale: Locale,
  params: MailParams,
  place: MailPlace,
): Mail {
  const { say } = phrases(locale);
  const values = valuesOf(locale, params, place);
  const link = ENDING[template] === 'link';
  const parts = [
    say('mail.hello', values),
    newsOf(template, locale, params, values),
    link ? say('mail.about.account', values) : aboutOf(locale, values),
    endingOf(template, locale, place, values),
    `-- \n${say('mail.sign', values)}`,
  ];
  return {
    subject: say(`mail.${template}.subject`, values),
    text: `${parts.filter((part) => part !== null).join('\n\n')}\n`,
  };
}
