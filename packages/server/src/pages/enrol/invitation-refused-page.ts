import { helpText } from '../help-text.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { problemBox } from '../problem.ts';
import { phrases } from '../texts/phrases.ts';
import type { EnrolView, PageContext } from '../views.ts';

type RefusedView = Extract<EnrolView, { kind: 'invitation-refused' }>;

export function invitationRefusedPage(view: RefusedView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return page(context, {
    title: say('invitation.refused.title'),
    here: '',
    failed: true,
    content: html`<h1>${say('invitation.refused.title')}</h1>
${problemBox({ reason: view.reason, retryAt: null }, context, 'none')}
<p>${helpText(view.contact, context)}</p>`,
  });
}
