import { safeAddress } from '../address.ts';
import { helpText } from '../help-text.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { problemBox } from '../problem.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext, SigninView } from '../views.ts';

type EndedView = Extract<SigninView, { kind: 'ended' }>;

/** The sign-in cannot go on (ux.md S15): why, and what to do. */
export function endedPage(view: EndedView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return page(context, {
    title: say('signin.ended.title'),
    here: '',
    failed: true,
    content: html`<h1>${say('signin.ended.title')}</h1>
${problemBox({ reason: view.reason, retryAt: null }, context, 'none')}
${
  view.restart === null
    ? html`<p>${say('signin.ended.close')}</p>`
    : html`<p><a class="primary" href="${safeAddress(view.restart)}">${say('signin.ended.restart')}</a></p>`
}
<p>${helpText(view.contact, context)}</p>`,
  });
}
