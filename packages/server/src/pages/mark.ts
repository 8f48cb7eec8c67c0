import { html, type Markup } from './markup.ts';

/** The sign of the product: a tick that takes two strokes, one across the other. Decoration beside its name. */
export const mark = (): Markup =>
  html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path class="mark-one" d="M4.5 14.5 16.5 28.5"/><path class="mark-gap" d="M9 28 27.5 4"/><path class="mark-two" d="M9 28 27.5 4"/></svg>`;
