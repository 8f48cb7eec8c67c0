import { signinAddress } from '../address.ts';
import { ceremony } from '../ceremony.ts';
import { field } from '../field.ts';
import { post, primary } from '../form.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { isAboutField, PROBLEM_ID, problemBox } from '../problem.ts';
import { chosen, phrases } from '../texts/phrases.ts';
import type { PageContext, SigninView } from '../views.ts';

type NameView = Extract<SigninView, { kind: 'name' }>;

/** Who (ux.md S1): one field that offers passkeys by autofill, and a button for them besides. */
export function namePage(view: NameView, context: PageContext): Markup {
  const { mark, say } = phrases(context.locale);
  const name = field({
    id: 'name',
    name: 'name',
    label: say('signin.name.field'),
    value: view.typedName,
    autocomplete: 'username webauthn',
    autocapitalize: 'none',
    inputmode: 'email',
    maxlength: 320,
    autofocus: true,
    describedBy: view.problem === null ? null : PROBLEM_ID,
    invalid: isAboutField(view.problem),
  });
  const passkey =
    view.passkey.options !== null &&
    ceremony(
      {
        action: signinAddress(view.transaction, 'passkey'),
        kind: 'get',
        options: view.passkey.options,
        autofill: view.passkey.autofill,
        start: say('signin.name.passkey'),
        rank: 'secondary',
        otherWay: null,
        explain: false,
      },
      context,
    );
  return page(context, {
    title: say('signin.name.title'),
    here: signinAddress(view.transaction),
    failed: view.problem !== null,
    scripts: ['ceremony'],
    content: html`<h1>${say('signin.name.title')}</h1>
<p class="lead">${mark('signin.name.to', { app: html`<strong>${chosen(view.appName)}</strong>` })}</p>
${problemBox(view.problem, context, 'field')}
${post(signinAddress(view.transaction, 'name'), name, primary(say('signin.continue')))}
<p class="or" data-with-passkey hidden><span>${say('signin.or')}</span></p>
${passkey}
<details><summary>${say('signin.name.trouble')}</summary>
<p>${mark('signin.name.trouble.text', { host: html`<strong>${context.host}</strong>` })} ${say('page.no_contact')}</p></details>`,
  });
}
