import { html, type Markup, type Slot } from './markup.ts';
import { reasonText } from './problem.ts';
import { phrases, type ReasonId } from './texts/phrases.ts';
import type { PageContext } from './views.ts';

/** Names of the errors that `navigator.credentials` throws (WebAuthn §5.1.3, §5.1.4), and what to say for each. */
const SENTENCES: Readonly<Record<string, ReasonId>> = {
  NotAllowedError: 'webauthn.cancelled',
  InvalidStateError: 'webauthn.already_registered',
  SecurityError: 'webauthn.wrong_site',
  NotSupportedError: 'webauthn.unsupported',
  ConstraintError: 'webauthn.needs_pin',
  other: 'webauthn.failed',
};

export interface Ceremony {
  readonly action: string;
  readonly kind: 'get' | 'create';
  readonly options: unknown;
  readonly autofill: boolean;
  readonly start: string;
  readonly rank: 'primary' | 'secondary';
  /** Fields that go with the answer. */
  readonly fields?: Slot;
  /** Where another way is offered, for the box that asks whether nothing happened. */
  readonly otherWay: string | null;
  /** Says that this needs JavaScript; left out where the page works without. */
  readonly explain: boolean;
}

function sentences(context: PageContext): string {
  const said = Object.entries(SENTENCES).map(([error, reason]) => {
    const { what, next } = reasonText(reason, context);
    return [error, `${what} ${next}`] as const;
  });
  return JSON.stringify(Object.fromEntries(said));
}

/**
 * A form that `browser/ceremony.js` fills with the answer of the authenticator and the challenge it answers. The button is hidden until the script
 * knows that it works; it starts on a tap, because some browsers open no dialog otherwise.
 */
export function ceremony(of: Ceremony, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return html`<form method="post" action="${of.action}" novalidate data-ceremony="${of.kind}" data-options="${JSON.stringify(of.options)}" data-autofill="${of.autofill ? 'yes' : 'no'}" data-sentences="${sentences(context)}" data-waiting="${say('passkey.waiting')}">
<input type="hidden" name="challenge" value="">
<input type="hidden" name="response" value="">
${of.fields}
${of.explain && html`<noscript><p class="note">${say('passkey.no_script')}</p></noscript>`}
<div class="problem" role="alert" data-error></div>
<button class="${of.rank}" type="submit" data-start hidden>${of.start}</button>
<p class="small" role="status" data-status></p>
<div class="note" data-nothing hidden>
<p><strong>${say('passkey.nothing.heading')}</strong> ${say('passkey.nothing.text')}</p>
<p class="row"><button class="secondary" type="submit">${say('passkey.again')}</button>
${of.otherWay !== null && html`<a class="secondary" href="${of.otherWay}">${say('signin.other_way')}</a>`}</p>
</div>
</form>`;
}
