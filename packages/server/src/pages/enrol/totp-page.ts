import { authenticatorAddress } from '../address.ts';
import { field } from '../field.ts';
import { hidden, post, primary } from '../form.ts';
import { page } from '../layout.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { isAboutField, PROBLEM_ID, problemBox } from '../problem.ts';
import { drawing } from '../raw.ts';
import { chosen, phrases } from '../texts/phrases.ts';
import type { EnrolView, PageContext } from '../views.ts';
import { factorNameField } from './factor-name-field.ts';

type TotpView = Extract<EnrolView, { kind: 'totp' }>;

/** For those who cannot scan: the key in groups to read, and without blanks to copy, since apps refuse them. */
function byHand(view: TotpView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const plainKey = view.groupedKey.replaceAll(' ', '');
  return html`<details><summary>${say('totp.manual')}</summary>
<p>${say('totp.manual.text')}</p>
<dl class="facts">
<dt>${say('totp.account')}</dt><dd>${chosen(view.issuer)}: ${chosen(view.account)}</dd>
<dt>${say('totp.key')}</dt><dd class="key" dir="ltr">${view.groupedKey}</dd>
<dt>${say('totp.type')}</dt><dd>${say('totp.type.value')}</dd>
</dl>
<p class="row"><button class="secondary" type="button" data-copy="${plainKey}" data-done="${say('copy.done')}" data-failed="${say('copy.failed')}" hidden>${say('totp.copy')}</button>
<span class="small" role="status" data-copied></span></p></details>`;
}

function form(view: TotpView, context: PageContext): Markup {
  const { mark, say } = phrases(context.locale);
  const blamed = view.problem !== null && !view.problem.reason.startsWith('factor.name');
  const code: Slot = field({
    id: 'code',
    name: 'code',
    label: mark('totp.code', { account: chosen(view.account) }),
    hint: say('totp.code.hint'),
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    maxlength: 20,
    code: true,
    autofocus: blamed,
    describedBy: blamed ? PROBLEM_ID : null,
    invalid: isAboutField(view.problem),
  });
  return post(
    '/enrol/totp',
    hidden('pending', view.pending),
    code,
    factorNameField('totp', view.name, view.problem, context),
    primary(say('totp.save')),
  );
}

/** Scan, then prove at once that it works: three numbered steps on one page, so that both codes can be seen. */
export function totpPage(view: TotpView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const open = authenticatorAddress(view.uri);
  return page(context, {
    title: say('totp.title'),
    here: '/enrol/totp',
    failed: view.problem !== null,
    scripts: ['copy'],
    content: html`<h1>${say('totp.title')}</h1>
${problemBox(view.problem, context, 'field')}
<ol class="numbered">
<li><p>${say('totp.step.app')}</p></li>
<li><p>${say('totp.step.scan')}</p>
<div class="qr" role="img" aria-label="${say('totp.qr', { account: view.account, issuer: view.issuer })}">${drawing(view.qrSvg)}</div>
${open !== null && html`<p><a class="quiet" href="${open}">${say('totp.open')}</a></p>`}
${byHand(view, context)}</li>
<li><p>${say('totp.step.code')}</p>
${form(view, context)}</li>
</ol>
<ul class="ways"><li><a href="/enrol">${say('enrol.back')}</a></li></ul>`,
  });
}
