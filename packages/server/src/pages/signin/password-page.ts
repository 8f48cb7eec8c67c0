import { signinAddress } from '../address.ts';
import { usernameForManagers } from '../field.ts';
import { post, primary } from '../form.ts';
import type { Markup } from '../markup.ts';
import { passwordField } from '../password-field.ts';
import { isAboutField, PROBLEM_ID } from '../problem.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext } from '../views.ts';
import { proveFrame, type ProveView } from './prove-frame.ts';

/** Password (ux.md S2): masked, can be shown, friendly to managers, paste and autofill (R-PWD-09). */
export function passwordPage(view: ProveView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const password = passwordField(
    {
      name: 'password',
      label: say('signin.password.field'),
      autocomplete: 'current-password',
      describedBy: view.problem === null ? null : PROBLEM_ID,
      invalid: isAboutField(view.problem),
      autofocus: true,
    },
    context,
  );
  return proveFrame(view, context, {
    title: say('signin.password.title'),
    hasField: true,
    scripts: ['password'],
    content: post(
      signinAddress(view.transaction, 'password'),
      usernameForManagers(view.name),
      password,
      primary(say('signin.continue')),
    ),
  });
}
