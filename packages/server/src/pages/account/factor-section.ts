import type { Method } from '@countersign/core/factor/factor';
import { post } from '../form.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { phrases } from '../texts/phrases.ts';
import type { AccountView, FactorCard, PageContext } from '../views.ts';
import { factorItem } from './factor-item.ts';

/** Passkeys first, then apps and keys, what is typed last (ux.md P1). */
const ORDER: Readonly<Record<Method, number>> = {
  passkey: 0,
  push: 1,
  totp: 2,
  'security-key': 3,
  sms: 4,
  password: 5,
  'recovery-code': 6,
  'temporary-pass': 7,
};

const inOrder = (factors: readonly FactorCard[]): readonly FactorCard[] =>
  factors.toSorted((a, b) => ORDER[a.method] - ORDER[b.method]);

function noCodes(view: AccountView, context: PageContext): Slot {
  // Codes stand behind the password (record 0008): without one they would be of no use.
  const has = (method: Method): boolean => view.factors.some((factor) => factor.method === method);
  if (has('recovery-code') || !has('password')) return null;
  const { say } = phrases(context.locale);
  return html`<li class="item"><h3>${say('codes.list')}</h3>
<p>${say('account.codes.none')}</p>
${post('/enrol/recovery-codes', html`<button class="secondary" type="submit">${say('account.codes.yes')}</button>`)}</li>`;
}

export function factorSection(view: AccountView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const rank = (wanted: boolean): 'primary' | 'secondary' => (wanted ? 'primary' : 'secondary');
  return html`<section aria-labelledby="factors">
<h2 id="factors">${say('account.factors')}</h2>
<ul class="items">
${inOrder(view.factors).map((factor) => factorItem(factor, context))}
${noCodes(view, context)}
</ul>
<h3>${say('account.add')}</h3>
<p class="row">
<a class="${rank(view.onlyOneWayIn)}" href="/enrol/passkey">${say('account.add.passkey')}</a>
<a class="secondary" href="/enrol/security-key">${say('account.add.key')}</a>
<a class="secondary" href="/enrol/totp">${say('account.add.totp')}</a>
${!view.factors.some((factor) => factor.method === 'password') && html`<a class="secondary" href="/enrol/password">${say('account.add.password')}</a>`}
</p>
</section>`;
}
