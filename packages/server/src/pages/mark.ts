import { html, type Markup } from './markup.ts';

/** The sign of the product: a tick that takes two strokes, one across the other. Decoration beside its name. */
export const mark = (): Markup =>
  html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path class="mark-one" d="M5 14.5 14.5 26"/><path class="mark-gap" d="M10.5 27.5 26 5"/><path class="mark-two" d="M10.5 27.5 26 5"/></svg>`;
