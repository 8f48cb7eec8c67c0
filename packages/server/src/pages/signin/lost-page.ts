import type { Method } from '@countersign/core/factor/factor';
import { signinAddress, signinWith } from '../address.ts';
import { helpText } from '../help-text.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext, SigninView } from '../views.ts';
import { methodCards } from './method-cards.ts';
import { who } from './prove-frame.ts';

type LostView = Extract<SigninView, { kind: 'lost' }>;

/** Lost or new device (ux.md S9): another factor, a recovery code, or people who help. */
export function lostPage(view: LostView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const others: readonly Method[] = view.others.filter((method) => method !== 'recovery-code');
  const methods: readonly Method[] = view.recoveryCode ? [...others, 'recovery-code'] : others;
  return page(context, {
    title: say('signin.lost.title'),
    here: signinWith(view.transaction, 'lost'),
    failed: false,
    content: html`<h1>${say('signin.lost.title')}</h1>
${who(view, context, false)}
<p>${methods.length > 0 ? say('signin.lost.text') : say('signin.lost.none')}</p>
${methodCards(view.transaction, methods, context)}
<h2>${say('signin.lost.help')}</h2>
<p>${say('signin.lost.help_text')}</p>
<p>${helpText(view.contact, context)}</p>
<ul class="ways"><li><a href="${signinAddress(view.transaction)}">${say('signin.back')}</a></li></ul>`,
  });
}
