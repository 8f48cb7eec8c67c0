import { ceremony } from '../ceremony.ts';
import { hidden } from '../form.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { problemBox } from '../problem.ts';
import { phrases } from '../texts/phrases.ts';
import type { EnrolView, PageContext } from '../views.ts';
import { factorNameField } from './factor-name-field.ts';

type PasskeyView = Extract<EnrolView, { kind: 'passkey' }>;

/** Says what will happen before the dialog of the system does (ux.md P2). */
export function passkeyPage(view: PasskeyView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const key = view.securityKey;
  const method = key ? 'security-key' : 'passkey';
  const title = say(key ? 'key.title' : 'passkey.title');
  const named = view.problem?.reason.startsWith('factor.name') === true;
  const form = ceremony(
    {
      action: '/enrol/passkey',
      kind: 'create',
      options: view.options,
      autofill: false,
      start: say(key ? 'key.start' : 'passkey.start'),
      rank: 'primary',
      fields: html`${hidden('kind', method)}
${factorNameField(method, view.suggestedName, view.problem, context)}`,
      otherWay: '/enrol',
      explain: true,
    },
    context,
  );
  return page(context, {
    title,
    here: `/enrol/${method}`,
    failed: view.problem !== null,
    scripts: ['ceremony'],
    content: html`<h1>${title}</h1>
${problemBox(view.problem, context, named ? 'field' : 'none')}
<p>${say(key ? 'key.text' : 'passkey.text')}${!key && html` ${say('passkey.where')}`}</p>
${form}
<ul class="ways"><li><a href="/enrol">${say('enrol.back')}</a></li></ul>`,
  });
}
