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

type Card = readonly [address: string, name: string, text: string, recommended: boolean];

const cardList = (cards: readonly Card[], context: PageContext): Markup => {
  const { say } = phrases(context.locale);
  return html`<ul class="cards">
${cards.map(
  ([address, name, text, recommended]) =>
    html`<li><a class="choice" href="${address}"><strong>${name}${recommended && html` <span class="badge">${say('enrol.recommended')}</span>`}</strong>
<span>${text}</span></a></li>`,
)}
</ul>`;
};

/** The ways to prove possession, the safest first; one that is there already can be added again later. */
function factorCards({ has }: ChooseView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const cards: readonly Card[] = [
    ['/enrol/passkey', say('method.passkey'), say('enrol.passkey.card'), !has.passkey],
    ['/enrol/security-key', say('method.security-key'), say('enrol.key.card'), false],
    ...(has.totp ? [] : [['/enrol/totp', say('method.totp'), say('enrol.totp.card'), false] as const]),
  ];
  return cardList(cards, context);
}

/** The first choice of all: a passkey needs nothing beside it, everything else needs a password. */
function firstCards(context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return cardList(
    [
      ['/enrol/passkey', say('method.passkey'), say('enrol.passkey.card'), true],
      ['/enrol/password', say('enrol.with_password'), say('enrol.with_password.card'), false],
    ],
    context,
  );
}

function steps(view: ChooseView, context: PageContext): readonly Step[] {
  const { say } = phrases(context.locale);
  const { has, ready } = view;
  const strong = has.passkey || has.securityKey || has.totp;
  const more = html`<details><summary>${say('enrol.more')}</summary>
${factorCards(view, context)}</details>`;
  const finish = post('/enrol/done', primary(say('enrol.finish')));
  if (!strong && !has.password) {
    const then: Step = { name: say('enrol.step.finish'), done: false, content: null };
    return [{ name: say('enrol.step.way'), done: false, content: firstCards(context) }, then];
  }
  const factor: Step = { name: say('enrol.step.factor'), done: strong, content: factorCards(view, context) };
  if (!has.password && ready) {
    // A passkey alone: recovery codes stand behind a password, so the second way in is another key.
    return [
      factor,
      {
        name: say('enrol.step.finish'),
        done: false,
        content: html`<p>${say('enrol.second')}</p>${finish}${more}`,
      },
    ];
  }
  const password: Step = {
    name: say('enrol.step.password'),
    done: has.password,
    content: html`<p><a class="primary" href="/enrol/password">${say('enrol.password.start')}</a></p>`,
  };
  const codes: Step = {
    name: say('enrol.step.codes'),
    done: has.codes,
    content: html`${post('/enrol/recovery-codes', primary(say('enrol.codes.start')))}${more}`,
  };
  const end: Step = { name: say('enrol.step.finish'), done: false, content: html`${finish}${more}` };
  return has.password ? [password, factor, codes, end] : [factor, password, codes, end];
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
