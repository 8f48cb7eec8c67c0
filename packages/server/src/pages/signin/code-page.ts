import { signinAddress } from '../address.ts';
import { field } from '../field.ts';
import { post, primary } from '../form.ts';
import { html, type Markup, type Slot } from '../markup.ts';
import { isAboutField, PROBLEM_ID } from '../problem.ts';
import { chosen, phrases } from '../texts/phrases.ts';
import type { PageContext } from '../views.ts';
import { proveFrame, type ProveView } from './prove-frame.ts';

export type TypedMethod = 'totp' | 'recovery-code' | 'temporary-pass';

interface Wording {
  readonly title: string;
  readonly label: Slot;
  readonly hint: Slot;
  readonly before: Slot;
}

function wording(method: TypedMethod, view: ProveView, context: PageContext): Wording {
  const { count, mark, say } = phrases(context.locale);
  switch (method) {
    case 'totp':
      return {
        title: say('signin.totp.title'),
        label: mark('signin.totp.field', { name: chosen(view.name) }),
        hint: mark('signin.totp.hint', { organisation: chosen(context.organisation) }),
        before: null,
      };
    case 'recovery-code':
      return {
        title: say('signin.recovery.title'),
        label: say('signin.recovery.field'),
        hint: say('signin.recovery.hint'),
        before:
          view.recoveryCodesLeft !== null &&
          html`<p>${count('signin.recovery.left', 'left', view.recoveryCodesLeft)}</p>`,
      };
    case 'temporary-pass':
      return {
        title: say('signin.pass.title'),
        label: say('signin.pass.field'),
        hint: say('signin.pass.hint'),
        before: null,
      };
  }
}

/**
 * One field for a typed code (ux.md S6, S7). It takes a pasted code with blanks, and is never sent by itself: the
 * person decides when (R-A11Y-02).
 */
export function codePage(method: TypedMethod, view: ProveView, context: PageContext): Markup {
  const { title, label, hint, before } = wording(method, view, context);
  const digits = method === 'totp';
  const code = field({
    id: 'code',
    name: 'code',
    label,
    hint,
    autocomplete: digits ? 'one-time-code' : 'off',
    ...(digits ? { inputmode: 'numeric' as const } : { autocapitalize: 'characters' as const }),
    maxlength: digits ? 20 : 40,
    code: true,
    autofocus: true,
    describedBy: view.problem === null ? null : PROBLEM_ID,
    invalid: isAboutField(view.problem),
  });
  const send = primary(phrases(context.locale).say('signin.continue'));
  return proveFrame(view, context, {
    title,
    hasField: true,
    content: html`${before}
${post(signinAddress(view.transaction, method), code, send)}`,
  });
}
