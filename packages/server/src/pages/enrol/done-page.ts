import { safeAddress } from '../address.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { phrases } from '../texts/phrases.ts';
import type { EnrolView, PageContext } from '../views.ts';

type DoneView = Extract<EnrolView, { kind: 'done' }>;

export function donePage(view: DoneView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return page(context, {
    title: say('done.title'),
    here: '',
    failed: false,
    content: html`<h1>${say('done.title')}</h1>
<p>${say('done.text')}</p>
<p><a class="primary" href="${safeAddress(view.signInAt)}">${say('done.sign_in')}</a></p>`,
  });
}
