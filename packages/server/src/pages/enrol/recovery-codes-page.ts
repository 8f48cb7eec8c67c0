import { safeAddress } from '../address.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { absoluteTime } from '../moment.ts';
import { chosen, phrases } from '../texts/phrases.ts';
import type { EnrolView, PageContext } from '../views.ts';

type CodesView = Extract<EnrolView, { kind: 'recovery-codes' }>;

/** A name that every system takes: letters, digits, dots and hyphens. */
const fileName = (view: CodesView): string =>
  `countersign-recovery-codes-${view.host}-${view.login}`.replaceAll(/[^A-Za-z0-9.-]+/g, '-').slice(0, 120);

function fileText(view: CodesView, context: PageContext): string {
  const when = absoluteTime(view.madeAt, context.locale);
  const heading = phrases(context.locale).say('codes.file.heading', {
    login: view.login,
    host: view.host,
    when,
  });
  return [heading, '', ...view.codes, ''].join('\r\n');
}

/**
 * The codes, this once. With script one of download, print and copy opens the way on; without, a tick does. There is no
 * link to another language: asking for the page again would lose the codes.
 */
export function recoveryCodesPage(view: CodesView, context: PageContext): Markup {
  const { mark, say } = phrases(context.locale);
  const when = absoluteTime(view.madeAt, context.locale);
  const next = safeAddress(view.next);
  return page(context, {
    title: say('codes.title'),
    here: null,
    failed: false,
    scripts: ['saved-codes'],
    content: html`<h1>${say('codes.title')}</h1>
<p>${say('codes.text')} <span class="screen">${say('codes.where')}</span></p>
<div data-codes data-text="${fileText(view, context)}" data-file="${fileName(view)}.txt">
<ol class="codes" aria-label="${say('codes.list')}">
${view.codes.map((code) => html`<li dir="ltr">${code}</li>`)}
</ol>
<p class="small">${mark('codes.for', { login: chosen(view.login), host: view.host, when })}</p>
<p class="row" data-save hidden>
<button class="secondary" type="button" data-act="download" data-done="${say('codes.downloaded')}">${say('codes.download')}</button>
<button class="secondary" type="button" data-act="print" data-done="${say('codes.printed')}">${say('codes.print')}</button>
<button class="secondary" type="button" data-act="copy" data-done="${say('codes.copied')}" data-failed="${say('copy.failed')}">${say('codes.copy')}</button>
</p>
<p class="small" role="status" data-status></p>
</div>
<form method="${next === '/enrol/done' ? 'post' : 'get'}" action="${next}" data-first="${say('codes.first')}">
<p class="tick" data-tick><input type="checkbox" id="saved" required><label for="saved">${say('codes.saved')}</label></p>
<div class="problem" role="alert" data-error></div>
<button class="primary" type="submit">${say('codes.continue')}</button>
</form>`,
  });
}
