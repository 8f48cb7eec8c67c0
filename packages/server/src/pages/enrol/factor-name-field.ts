import { field } from '../field.ts';
import type { Markup } from '../markup.ts';
import { PROBLEM_ID } from '../problem.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext, Problem } from '../views.ts';

/** The name by which its owner will know the factor again; filled in already. */
export function factorNameField(
  method: 'totp' | 'passkey' | 'security-key',
  name: string,
  problem: Problem | null,
  context: PageContext,
): Markup {
  const { say } = phrases(context.locale);
  const blamed = problem?.reason.startsWith('factor.name') === true;
  return field({
    id: 'factor-name',
    name: 'name',
    label: say('factor.name'),
    hint: say('factor.name.hint'),
    value: name === '' ? say(`factor.name.${method}`) : name,
    autocomplete: 'off',
    autocapitalize: 'words',
    maxlength: 64,
    autofocus: blamed,
    describedBy: blamed ? PROBLEM_ID : null,
    invalid: blamed,
  });
}
