import { page } from './layout.ts';
import { html, type Markup, type Slot } from './markup.ts';
import { problemBox } from './problem.ts';
import { phrases } from './texts/phrases.ts';
import type { AccountView, PageContext } from './views.ts';
import { factorSection } from './account/factor-section.ts';
import { sessionSection } from './account/session-section.ts';

/** What has just been done, by the id that the server hands over. */
const NOTICES = ['password', 'factor', 'removed', 'renamed', 'session', 'others'] as const;

function notice(id: string | null, context: PageContext): Slot {
  if (id === null) return null;
  const known = NOTICES.find((one) => one === id);
  return html`<p class="notice" role="status">${phrases(context.locale).say(`notice.${known ?? 'saved'}`)}</p>`;
}

/** My security (ux.md P1, P3): the state in a sentence, the ways in, and where the person is signed in. */
export function renderAccount(view: AccountView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return page(context, {
    title: say('account.title'),
    here: '/',
    failed: view.problem !== null,
    width: 'wide',
    scripts: ['times'],
    content: html`<h1>${say('account.title')}</h1>
${problemBox(view.problem, context, 'none')}
${notice(view.notice, context)}
<p class="${view.onlyOneWayIn ? 'state warn' : 'state good'}">${view.onlyOneWayIn ? say('account.only_one') : say('account.good')}</p>
${factorSection(view, context)}
${sessionSection(view, context)}`,
  });
}
