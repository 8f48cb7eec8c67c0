import { html, type Markup } from '../markup.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext } from '../views.ts';
import { methodCards } from './method-cards.ts';
import { proveFrame, type ProveView } from './prove-frame.ts';

/** A method that has no page here: what can be used instead. */
export function elsewherePage(view: ProveView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return proveFrame(view, context, {
    title: say('signin.elsewhere.title'),
    hasField: false,
    content: html`<p>${say('signin.elsewhere.text')}</p>
${methodCards(view.transaction, view.others, context)}`,
  });
}
