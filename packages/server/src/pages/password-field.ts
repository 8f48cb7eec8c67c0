import { field } from './field.ts';
import { html, type Markup, type Slot } from './markup.ts';
import { phrases } from './texts/phrases.ts';
import type { PageContext } from './views.ts';

export interface PasswordField {
  readonly name: 'password' | 'current';
  readonly label: string;
  readonly hint?: Slot;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly describedBy: string | null;
  readonly invalid: boolean;
  readonly autofocus: boolean;
}

/** Masked by default. The switch that shows it appears only where `browser/password.js` runs. */
export function passwordField(of: PasswordField, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  return html`<div class="password" data-password>
${field({ ...of, id: of.name, type: 'password', autocapitalize: 'none' })}
<p class="row"><button class="quiet" type="button" data-reveal data-hide="${say('field.hide_password')}" data-shown="${say('field.password_shown')}" data-hidden="${say('field.password_hidden')}" hidden>${say('field.show_password')}</button></p>
<p class="small" role="status" data-caps data-text="${say('field.caps_lock')}"></p>
<p class="apart" role="status" data-said></p>
</div>`;
}
