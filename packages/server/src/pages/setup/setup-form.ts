import { setupAddress } from '../address.ts';
import { field, type Field } from '../field.ts';
import { hidden, post, primary } from '../form.ts';
import { page } from '../layout.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { reasonText } from '../problem.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext, SetupView } from '../views.ts';

type FormView = Extract<SetupView, { kind: 'form' }>;
type FieldName = 'publicUrl' | 'organisation' | 'login' | 'displayName' | 'email';

function fields(
  view: FormView,
  context: PageContext,
): Readonly<Record<FieldName, Omit<Field, 'id' | 'name'>>> {
  const { mark, say } = phrases(context.locale);
  const observed = html`<strong>${view.observedUrl}</strong>`;
  return {
    publicUrl: {
      label: say('setup.url'),
      hint: html`${say('setup.url.hint')} ${mark('setup.url.observed', { observed })}`,
      type: 'url',
      inputmode: 'url',
      value: view.publicUrl,
      autocomplete: 'url',
      maxlength: 255,
    },
    organisation: {
      label: say('setup.organisation'),
      value: view.organisation,
      autocomplete: 'organization',
      autocapitalize: 'words',
      maxlength: 100,
    },
    login: {
      label: say('setup.login'),
      hint: say('setup.login.hint'),
      value: view.login,
      autocomplete: 'username',
      autocapitalize: 'none',
      maxlength: 320,
    },
    displayName: {
      label: say('setup.name'),
      value: view.displayName,
      autocomplete: 'name',
      autocapitalize: 'words',
      maxlength: 100,
    },
    email: {
      label: say('setup.email'),
      hint: say('setup.email.hint'),
      optional: true,
      type: 'email',
      inputmode: 'email',
      value: view.email,
      autocomplete: 'email',
      maxlength: 320,
    },
  };
}

const isField = (name: string, all: Readonly<Record<FieldName, unknown>>): name is FieldName =>
  Object.hasOwn(all, name);

/** All problems at the top, each a link to its field, and each again at the field (ux.md §2.5). */
function summary(view: FormView, context: PageContext): Slot {
  if (view.problems.length === 0) return null;
  const all = fields(view, context);
  const items = view.problems.map(({ field: name, reason }) => {
    const { what, next } = reasonText(reason, context);
    return html`<li>${isField(name, all) ? html`<a href="#${name}">${all[name].label}: ${what}</a>` : html`${what} ${next}`}</li>
`;
  });
  return html`<div class="problem" role="alert" tabindex="-1" autofocus>
<p><strong>${phrases(context.locale).say('setup.problems')}</strong></p>
<ul>
${items}</ul></div>`;
}

export function setupForm(view: FormView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const all = fields(view, context);
  const input = (name: FieldName): Markup => {
    const wrong = view.problems.find((problem) => problem.field === name);
    const text = wrong === undefined ? null : reasonText(wrong.reason, context);
    return field({ ...all[name], id: name, name, error: text === null ? null : `${text.what} ${text.next}` });
  };
  return page(context, {
    title: say('setup.title'),
    here: setupAddress(view.token),
    failed: view.problems.length > 0,
    content: html`<h1>${say('setup.title')}</h1>
<p>${say('setup.text')}</p>
${summary(view, context)}
${post(
  '/setup',
  hidden('token', view.token),
  html`<fieldset><legend>${say('setup.place')}</legend>
${input('publicUrl')}
${input('organisation')}</fieldset>
<fieldset><legend>${say('setup.owner')}</legend>
${input('login')}
${input('displayName')}
${input('email')}</fieldset>
<p class="small">${say('setup.next')}</p>`,
  primary(say('setup.save')),
)}`,
  });
}
