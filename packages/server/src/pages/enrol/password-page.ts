import { usernameForManagers } from '../field.ts';
import { post, primary } from '../form.ts';
import { page } from '../layout.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { passwordField } from '../password-field.ts';
import { isAboutField, PROBLEM_ID, problemBox, reasonText } from '../problem.ts';
import { phrases } from '../texts/phrases.ts';
import type { EnrolView, PageContext } from '../views.ts';

type PasswordView = Extract<EnrolView, { kind: 'password' }>;

/** Every reason against the password at once, each with advice (R-PWD-08). */
function refusals(view: PasswordView, context: PageContext): Slot {
  if (view.problems.length === 0) return problemBox(view.problem, context, 'field');
  const items = view.problems.map((reason) => {
    const { what, next } = reasonText(reason, context, { minimum: view.minimum });
    return html`<p><strong>${what}</strong> ${next}</p>
`;
  });
  return html`<div class="problem" role="alert" id="${PROBLEM_ID}">
${items}</div>`;
}

/** Choose or change the password: no rule about characters, no second field, since it can be shown (R-PWD-05, -09). */
export function passwordPage(view: PasswordView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const failed = view.problem !== null || view.problems.length > 0;
  const title = view.change ? say('password.change.title') : say('password.title');
  const wrongCurrent = view.problem?.reason === 'password.current_wrong';
  const current = passwordField(
    {
      name: 'current',
      label: say('password.current'),
      autocomplete: 'current-password',
      describedBy: wrongCurrent ? PROBLEM_ID : null,
      invalid: wrongCurrent,
      autofocus: view.problems.length === 0,
    },
    context,
  );
  const password = passwordField(
    {
      name: 'password',
      label: say('password.field'),
      hint: say('password.hint', { minimum: view.minimum }),
      autocomplete: 'new-password',
      describedBy: failed && !wrongCurrent ? PROBLEM_ID : null,
      invalid: view.problems.length > 0 || (isAboutField(view.problem) && !wrongCurrent),
      autofocus: !view.change || view.problems.length > 0,
    },
    context,
  );
  return page(context, {
    title,
    here: '/enrol/password',
    failed,
    scripts: ['password'],
    content: html`<h1>${title}</h1>
${refusals(view, context)}
${post('/enrol/password', usernameForManagers(view.login), view.change && current, password, primary(say('password.save')))}
<ul class="ways"><li><a href="${view.change ? '/' : '/enrol'}">${say('enrol.back')}</a></li></ul>`,
  });
}
