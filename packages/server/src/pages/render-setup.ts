import { page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { problemBox } from './problem.ts';
import { phrases } from './texts/phrases.ts';
import type { PageContext, SetupView } from './views.ts';
import { setupForm } from './setup/setup-form.ts';

/** First run: no default password and no magic path; the link from the terminal leads here, once. */
export function renderSetup(view: SetupView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  switch (view.kind) {
    case 'form':
      return setupForm(view, context);
    case 'closed':
      return page(context, {
        title: say('setup.closed.title'),
        here: '',
        failed: true,
        content: html`<h1>${say('setup.closed.title')}</h1>
${problemBox({ reason: 'setup.closed', retryAt: null }, context, 'none')}
<p><a class="primary" href="/">${say('setup.sign_in')}</a></p>`,
      });
    case 'refused':
      return page(context, {
        title: say('setup.refused.title'),
        here: '',
        failed: true,
        content: html`<h1>${say('setup.refused.title')}</h1>
${problemBox({ reason: view.reason, retryAt: null }, context, 'none')}`,
      });
  }
}
