import { attribute, html, type Markup, type Slot } from './markup.ts';

export interface Field {
  readonly id: string;
  /** Null for a field that is not sent. */
  readonly name: string;
  readonly label: Slot;
  readonly hint?: Slot;
  readonly type?: 'text' | 'email' | 'url' | 'password';
  readonly value?: string;
  readonly autocomplete: string;
  readonly inputmode?: 'numeric' | 'email' | 'url';
  readonly autocapitalize?: 'none' | 'characters' | 'words';
  readonly maxlength?: number;
  /** Wide, evenly spaced characters. */
  readonly code?: boolean;
  readonly autofocus?: boolean;
  readonly optional?: boolean;
  /** Said at the field itself. */
  readonly error?: string | null;
  /** Said elsewhere on the page: the id of that text. */
  readonly describedBy?: string | null;
  readonly invalid?: boolean;
}

/** One label, one input, its hint and its error, tied together for those who hear the page. */
export function field(field: Field): Markup {
  const { id, hint, error = null } = field;
  const described = [field.describedBy, error === null ? null : `${id}-error`, hint ? `${id}-hint` : null];
  const ids = described.filter((part) => part !== null && part !== undefined).join(' ');
  const spelling = field.type === 'password' || field.autocapitalize !== 'words';
  return html`<div class="field">
<label for="${id}">${field.label}</label>
${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
${error !== null && html`<p class="error" id="${id}-error">${error}</p>`}
<input id="${id}" name="${field.name}" type="${field.type ?? 'text'}" autocomplete="${field.autocomplete}"${attribute('value', field.value ?? null)}${attribute(
    'class',
    field.code === true && 'code',
  )}${attribute('inputmode', field.inputmode ?? null)}${attribute('autocapitalize', field.autocapitalize ?? null)}${attribute(
    'maxlength',
    field.maxlength ?? null,
  )}${attribute('aria-describedby', ids || null)}${spelling && html` spellcheck="false"`}${
    field.optional !== true && html` required`
  }${(field.invalid === true || error !== null) && html` aria-invalid="true"`}${field.autofocus === true && html` autofocus`}>
</div>`;
}

/**
 * For password managers: whose password this is. Neither shown nor spoken, since the page says it in its own words,
 * and without a name, so it is not sent.
 */
export const usernameForManagers = (login: string): Markup =>
  html`<input class="apart" type="text" autocomplete="username" value="${login}" readonly tabindex="-1" aria-hidden="true">`;
