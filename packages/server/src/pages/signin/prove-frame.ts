import { signinAddress, signinWith } from '../address.ts';
import { post } from '../form.ts';
import { page } from '../layout.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { problemBox } from '../problem.ts';
import type { BrowserScript } from '../static-files.ts';
import { chosen, phrases } from '../texts/phrases.ts';
import type { PageContext, SigninView } from '../views.ts';

export type ProveView = Extract<SigninView, { kind: 'prove' }>;
type SomeoneView = Extract<SigninView, { kind: 'prove' | 'choose' | 'lost' }>;

/** Whose sign-in this is, and the way back for another person. */
export function who(
  view: Pick<SomeoneView, 'name' | 'transaction'>,
  context: PageContext,
  mayChange: boolean,
): Markup {
  const { mark, say } = phrases(context.locale);
  const restart = () =>
    post(
      signinAddress(view.transaction, 'restart'),
      html`<button class="quiet" type="submit">${say('signin.not_you')}</button>`,
    );
  return html`<div class="who"><span>${mark('signin.as', { name: html`<strong>${chosen(view.name)}</strong>` })}</span>${mayChange && restart()}</div>`;
}

function waysOut(view: ProveView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const other = html`<li><a href="${signinWith(view.transaction, 'choose')}">${say('signin.other_way')}</a></li>`;
  return html`<ul class="ways">
${view.others.length > 0 && other}
<li><a href="${signinWith(view.transaction, 'lost')}">${say('signin.lost_device')}</a></li>
</ul>`;
}

export interface Proof {
  readonly title: string;
  readonly hasField: boolean;
  readonly scripts?: readonly BrowserScript[];
  readonly content: Slot;
}

/** What the pages for one proof have in common, at sign-in and before a sensitive change (ux.md S14). */
export function proveFrame(view: ProveView, context: PageContext, proof: Proof): Markup {
  const { say } = phrases(context.locale);
  const stepUp = view.why === 'step-up';
  const heading = stepUp
    ? html`<h1>${say('signin.confirm.title')}</h1>
<p>${say('signin.confirm.why')}</p>`
    : html`<h1>${proof.title}</h1>`;
  return page(context, {
    title: stepUp ? say('signin.confirm.title') : proof.title,
    here: signinWith(view.transaction, view.method),
    failed: view.problem !== null,
    scripts: proof.scripts ?? [],
    content: html`${heading}
${who(view, context, !stepUp)}
${problemBox(view.problem, context, proof.hasField ? 'field' : 'none')}
${stepUp && html`<h2>${proof.title}</h2>`}
${proof.content}
${waysOut(view, context)}`,
  });
}
