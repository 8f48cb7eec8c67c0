import { post, primary } from '../form.ts';
import { page } from '../layout.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { chosen, phrases } from '../texts/phrases.ts';
import type { EnrolView, PageContext } from '../views.ts';

type ChooseView = Extract<EnrolView, { kind: 'choose' }>;

interface Step {
  readonly name: string;
  readonly done: boolean;
  readonly content: Slot;
}

/** The ways to prove possession, the safest first; one that is there already can be added again later. */
function factorCards(view: ChooseView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const card = (address: string, name: string, text: string, recommended: boolean) =>
    html`<li><a class="choice" href="${address}"><strong>${name}${recommended && html` <span class="badge">${say('enrol.recommended')}</span>`}</strong>
<span>${text}</span></a></li>`;
  return html`<ul class="cards">
${card('/enrol/passkey', say('method.passkey'), say('enrol.passkey.card'), !view.has.passkey)}
${card('/enrol/security-key', say('method.security-key'), say('enrol.key.card'), false)}
${!view.has.totp && card('/enrol/totp', say('method.totp'), say('enrol.totp.card'), false)}
</ul>`;
}

function steps(view: ChooseView, context: PageContext): readonly Step[] {
  const { say } = phrases(context.locale);
  const strong = view.has.passkey || view.has.totp;
  const cards = factorCards(view, context);
  const password: Step = {
    name: say('enrol.step.password'),
    done: view.has.password,
    content: html`<p><a class="primary" href="/enrol/password">${say('enrol.password.start')}</a></p>`,
  };
  const factor: Step = { name: say('enrol.step.factor'), done: strong, content: cards };
  const codes: Step = {
    name: say('enrol.step.codes'),
    done: false,
    content: html`${post('/enrol/recovery-codes', primary(say('enrol.codes.start')))}
<details><summary>${say('enrol.more')}</summary>
${cards}</details>`,
  };
  return view.needsPassword || view.has.password ? [password, factor, codes] : [factor, codes];
}

function stepList(view: ChooseView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const all = steps(view, context);
  const next = all.findIndex((step) => !step.done);
  return html`<ol class="steps">
${all.map((step, at) => {
  const state = step.done
    ? say('enrol.step.done')
    : at === next
      ? say('enrol.step.next')
      : say('enrol.step.then');
  return html`<li class="${step.done ? 'done' : at === next ? 'next' : 'then'}"${at === next && html` aria-current="step"`}>
<h2>${step.name} <span class="badge">${state}</span></h2>
${at === next && step.content}
</li>
`;
})}</ol>`;
}

/** What is there, what is still needed, and the one next thing to do (ux.md S11, P2). */
export function choosePage(view: ChooseView, context: PageContext): Markup {
  const { mark, say } = phrases(context.locale);
  const another = view.why === 'another';
  const title = say(`enrol.${view.why}.title`);
  return page(context, {
    title,
    here: '/enrol',
    failed: false,
    content: another
      ? html`<h1>${title}</h1>
<p>${say('enrol.another.text')}</p>
${factorCards(view, context)}
<ul class="ways"><li><a href="/">${say('enrol.back')}</a></li></ul>`
      : html`<h1>${title}</h1>
<p>${mark('enrol.first.text', { name: chosen(view.displayName) })}</p>
${stepList(view, context)}`,
  });
}
