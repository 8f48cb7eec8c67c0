import { page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { problemBox } from './problem.ts';
import { phrases } from './texts/phrases.ts';
import type { FaultView, PageContext } from './views.ts';

function titleOf(status: number): 'fault.not_found' | 'fault.busy' | 'fault.title' {
  if (status === 404 || status === 405) return 'fault.not_found';
  return status === 429 || status === 503 ? 'fault.busy' : 'fault.title';
}

/** Whatever went wrong outside a form: what happened, what was kept, what to do next. Nothing of the inside shows. */
export function renderFault(view: FaultView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const title = say(titleOf(view.status));
  return page(context, {
    title,
    here: '',
    failed: true,
    content: html`<h1>${title}</h1>
${problemBox({ reason: view.reason, retryAt: view.retryAt }, context, 'none')}
<p>${say('fault.kept')}</p>
<p><a class="secondary" href="/">${say('fault.home')}</a></p>
<p class="small">${say('page.no_contact')}</p>`,
  });
}
