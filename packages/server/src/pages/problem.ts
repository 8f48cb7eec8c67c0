import type { Instant } from '@countersign/core/kernel/time';
import { html, type Markup } from './markup.ts';
import { clockTime, relativeTime } from './moment.ts';
import { fillText, phrases, type ReasonId, REASONS } from './texts/phrases.ts';
import type { PageContext, Problem } from './views.ts';

export interface ReasonText {
  /** What happened. */
  readonly what: string;
  /** What to do next. */
  readonly next: string;
}

const isReason = (id: string): id is ReasonId => Object.hasOwn(REASONS.en, id);

/** Policies answer with ids of rules, which mean nothing to the person they stop (ux.md S15: no rule names). */
const FAMILIES: readonly (readonly [prefix: string, reason: ReasonId])[] = [
  ['floor.', 'policy.denied'],
  ['policy.', 'policy.denied'],
  ['grant.', 'policy.denied'],
  ['ask.', 'factor.not_strong_enough'],
  ['account.', 'account.unavailable'],
];

const known = (id: string): ReasonId =>
  isReason(id) ? id : (FAMILIES.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'unknown');

/** The pair of sentences for a reason. One that is not in the catalogue gets the general pair with the reference. */
export function reasonText(
  id: string,
  context: PageContext,
  facts: { readonly retryAt?: Instant | null; readonly minimum?: number } = {},
): ReasonText {
  const { locale, now } = context;
  const retryAt = facts.retryAt ?? null;
  const values = {
    retry: retryAt === null ? phrases(locale).say('page.later') : relativeTime(retryAt, now, locale),
    time: clockTime(now, locale),
    reference: context.requestId,
    minimum: facts.minimum ?? 8,
  };
  const [what, next] = REASONS[locale][known(id)];
  return { what: fillText(what, values), next: fillText(next, values) };
}

/** The id that a field names in `aria-describedby`. */
export const PROBLEM_ID = 'problem';

/** The box above a form. It takes the focus itself only where the page has no field to put it in. */
export function problemBox(
  problem: Problem | null,
  context: PageContext,
  field: 'field' | 'none',
): Markup | null {
  if (problem === null) return null;
  const { what, next } = reasonText(problem.reason, context, { retryAt: problem.retryAt });
  const focus = field === 'none' && html` tabindex="-1" autofocus`;
  return html`<div class="problem" role="alert" id="${PROBLEM_ID}" data-reason="${known(problem.reason)}"${focus}>
<p><strong>${what}</strong></p>
<p>${next}</p>
</div>`;
}

/** Reasons that the content of the field is to blame for; a pause or a busy server is not the field's fault. */
const ABOUT_THE_FIELD = /^(?:otp|recovery_code|temporary_pass|password|name)\.|^signin\.wrong_/;

export const isAboutField = (problem: Problem | null): boolean =>
  problem !== null && ABOUT_THE_FIELD.test(problem.reason);
