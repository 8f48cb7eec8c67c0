import { signinAddress, signinWith } from '../address.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext, SigninView } from '../views.ts';
import { methodCards } from './method-cards.ts';
import { who } from './prove-frame.ts';

type ChooseView = Extract<SigninView, { kind: 'choose' }>;

/** Choose another way (ux.md S8). What the person does not have is not listed. */
export function choosePage(view: ChooseView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const some = view.methods.length > 0;
  return page(context, {
    title: say('signin.choose.title'),
    here: signinWith(view.transaction, 'choose'),
    failed: false,
    content: html`<h1>${say('signin.choose.title')}</h1>
${who(view, context, view.why === 'sign-in')}
<p>${some ? say('signin.choose.text') : say('signin.choose.none')}</p>
${methodCards(view.transaction, view.methods, context)}
<ul class="ways">
<li><a href="${signinWith(view.transaction, 'lost')}">${say('signin.lost_device')}</a></li>
<li><a href="${signinAddress(view.transaction)}">${say('signin.back')}</a></li>
</ul>`,
  });
}
