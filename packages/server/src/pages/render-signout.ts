import { safeAddress } from './address.ts';
import { hidden, post, primary } from './form.ts';
import { page } from './layout.ts';
import { html, type Markup } from './markup.ts';
import { chosen, phrases } from './texts/phrases.ts';
import type { PageContext, SignoutView } from './views.ts';

/** Asked when an app sends someone to sign out without proof of who that is (RP-Initiated Logout 1.0 §2), and the end of it. */
export function renderSignout(view: SignoutView, context: PageContext): Markup {
  const { say, mark } = phrases(context.locale);
  if (view.kind === 'done') {
    return page(context, {
      title: say('signout.done.title'),
      here: '',
      failed: false,
      content: html`<h1>${say('signout.done.title')}</h1>
<p>${say('signout.done.text')}</p>
<p><a class="secondary" href="/signin">${say('signout.again')}</a></p>`,
    });
  }
  return page(context, {
    title: say('signout.title'),
    here: '',
    failed: false,
    content: html`<h1>${say('signout.title')}</h1>
<p>${view.appName === null ? say('signout.text') : mark('signout.app', { app: chosen(view.appName) })}</p>
${post(safeAddress(view.action), hidden('ticket', view.ticket), primary(say('signout.confirm')))}
<ul class="ways"><li><a href="/">${say('signout.stay')}</a></li></ul>`,
  });
}
