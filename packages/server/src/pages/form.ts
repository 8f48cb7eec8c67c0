import { html, type Markup, type Slot } from './markup.ts';

/**
 * A form that changes something. Checked by the server and not by bubbles of the browser, which are gone before a
 * screen reader has read them.
 */
export const post = (action: string, ...content: readonly Slot[]): Markup =>
  html`<form method="post" action="${action}" novalidate>
${content}
</form>`;

export const hidden = (name: string, value: string): Markup =>
  html`<input type="hidden" name="${name}" value="${value}">`;

export const primary = (label: Slot): Markup => html`<button class="primary" type="submit">${label}</button>`;
export const secondary = (label: Slot): Markup =>
  html`<button class="secondary" type="submit">${label}</button>`;
