import { factorAddress } from '../address.ts';
import { field } from '../field.ts';
import { post, secondary } from '../form.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { timeTag } from '../moment.ts';
import { reasonText } from '../problem.ts';
import { chosen, phrases } from '../texts/phrases.ts';
import type { FactorCard, PageContext } from '../views.ts';

/** There is one password and one set of codes, so nobody names them. */
function nameOf({ method, name }: FactorCard, context: PageContext): string {
  const { say } = phrases(context.locale);
  if (method === 'recovery-code') return say('codes.list');
  return method === 'password' ? say('method.password') : name;
}

function facts(factor: FactorCard, context: PageContext): Markup {
  const { count, mark, say } = phrases(context.locale);
  const { locale, now } = context;
  const used =
    factor.lastUsedAt === null
      ? say('account.never_used')
      : mark('account.used', { when: timeTag(factor.lastUsedAt, now, locale) });
  const kind = say(`method.${factor.method}`);
  const name = nameOf(factor, context);
  return html`<h3>${chosen(name)}</h3>
<p class="small">${name !== kind && factor.method !== 'recovery-code' && html`${kind} · `}${factor.model !== null && html`${chosen(factor.model)} · `}${
    factor.synced !== null && html`${say(factor.synced ? 'account.synced' : 'account.bound')} · `
  }${factor.codesLeft !== null && html`${count('account.codes_left', 'left', factor.codesLeft)} · `}${mark(
    'account.created',
    {
      when: timeTag(factor.createdAt, now, locale),
    },
  )}, ${used}</p>`;
}

function rename(factor: FactorCard, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const name = field({
    id: `name-${factor.id}`,
    name: 'name',
    label: say('account.rename.field', { name: factor.name }),
    value: factor.name,
    autocomplete: 'off',
    autocapitalize: 'words',
    maxlength: 64,
  });
  return html`<details><summary>${say('account.rename')} <span class="apart">${factor.name}</span></summary>
${post(factorAddress(factor.id, 'rename'), name, secondary(say('account.rename.save')))}</details>`;
}

function remove(factor: FactorCard, context: PageContext): Slot {
  const { say } = phrases(context.locale);
  const name = nameOf(factor, context);
  if (factor.keepReason !== null) {
    const { what, next } = reasonText(factor.keepReason, context);
    return html`<p class="small">${say('account.keep')} ${what} ${next}</p>`;
  }
  return html`<details><summary>${say('account.remove')} <span class="apart">${name}</span></summary>
<p>${say('account.remove.text', { name })}</p>
${post(factorAddress(factor.id, 'remove'), html`<button class="danger" type="submit">${say('account.remove.yes', { name })}</button>`)}</details>`;
}

function newCodes(context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return html`<details><summary>${say('account.codes.new')}</summary>
<p>${say('account.codes.text')}</p>
${post('/enrol/recovery-codes', secondary(say('account.codes.yes')))}</details>`;
}

function actions(factor: FactorCard, context: PageContext): Slot {
  switch (factor.method) {
    case 'recovery-code':
      return newCodes(context);
    case 'password': {
      const change = phrases(context.locale).say('account.password.change');
      return html`<p><a class="quiet" href="/enrol/password">${change}</a></p>
${remove(factor, context)}`;
    }
    case 'totp':
    case 'push':
    case 'passkey':
    case 'security-key':
    case 'sms':
    case 'temporary-pass':
      return html`${rename(factor, context)}
${remove(factor, context)}`;
  }
}

/** One way in, with what can be done about it in place; taking it away asks once more here, and for proof there. */
export const factorItem = (factor: FactorCard, context: PageContext): Markup => html`<li class="item">
${facts(factor, context)}
<div class="actions">${actions(factor, context)}</div>
</li>
`;
