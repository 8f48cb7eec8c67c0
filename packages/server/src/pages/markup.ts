import { html as fill } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Text that is already HTML. Only `html` and `raw.ts` make it; a route sends `String(markup)`. */
export type Markup = HtmlEscapedString;

/** What may stand in a hole of a template: text is escaped, markup is kept, nothing is empty. */
export type Slot = string | number | false | null | undefined | Markup | readonly Slot[];

/** An object that only claims to be markup (`{ isEscaped: true }` out of some JSON) must never be taken at its word. */
function refuseImpostor(slot: unknown): void {
  if (Array.isArray(slot)) slot.forEach(refuseImpostor);
  else if (slot === null || typeof slot !== 'object' || slot instanceof String) return;
  else throw new TypeError('Only text, numbers and markup can be put into a page.');
}

/** Escapes `< > & " '` in every text. Attributes must be quoted; addresses go through `address.ts`. */
export function html(strings: TemplateStringsArray, ...slots: readonly Slot[]): Markup {
  slots.forEach(refuseImpostor);
  return fill(strings, ...slots) as Markup;
}

/** An attribute, present or absent as a whole, with the space before it. */
export const attribute = (name: AttributeName, value: string | number | null | false): Slot =>
  value === null || value === false ? null : html` ${name}="${value}"`;

type AttributeName =
  | 'aria-describedby'
  | 'autocomplete'
  | 'inputmode'
  | 'maxlength'
  | 'autocapitalize'
  | 'class'
  | 'value';
