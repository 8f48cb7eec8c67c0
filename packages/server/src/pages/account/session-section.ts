import { sessionAddress } from '../address.ts';
import { post, secondary } from '../form.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { timeTag } from '../moment.ts';
import { chosen, phrases } from '../texts/phrases.ts';
import type { AccountView, PageContext, SessionCard } from '../views.ts';

function sessionItem(session: SessionCard, context: PageContext): Markup {
  const { mark, say } = phrases(context.locale);
  const when = (at: number) => ({ when: timeTag(at, context.now, context.locale) });
  const name = say('account.session.end_that', { agent: session.agent, address: session.address });
  const end = html`<button class="quiet" type="submit" aria-label="${name}">${say('account.session.end')}</button>`;
  return html`<li class="item">
<h3>${chosen(session.agent)}${session.current && html` <span class="badge">${say('account.session.current')}</span>`}</h3>
<p class="small">${mark('account.session.address', { address: chosen(session.address) })} · ${mark('account.session.started', when(session.startedAt))}, ${mark('account.session.seen', when(session.lastSeenAt))}</p>
<div class="actions">${!session.current && post(sessionAddress(session.id), end)}</div>
</li>
`;
}

/** Where the person is signed in (ux.md P3): this browser first and marked, the others can be ended. */
export function sessionSection(view: AccountView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const inOrder = view.sessions.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt,
  );
  const others = view.sessions.some((session) => !session.current);
  const endOthers: Slot = others
    ? post('/account/sessions/end-others', secondary(say('account.sessions.end_others')))
    : html`<p>${say('account.sessions.alone')}</p>`;
  return html`<section aria-labelledby="sessions">
<h2 id="sessions">${say('account.sessions')}</h2>
<p class="small">${say('account.sessions.text')}</p>
<ul class="items">
${inOrder.map((session) => sessionItem(session, context))}</ul>
${endOthers}
</section>`;
}
