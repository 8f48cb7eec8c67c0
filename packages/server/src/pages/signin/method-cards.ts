import type { Method } from '@countersign/core/factor/factor';
import { signinWith } from '../address.ts';
import { html, type Markup } from '../markup.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext } from '../views.ts';

/** One card a method, in the order given, each with what you have to have at hand (ux.md S8). */
export function methodCards(
  transaction: string,
  methods: readonly Method[],
  context: PageContext,
): Markup | null {
  if (methods.length === 0) return null;
  const { say } = phrases(context.locale);
  return html`<ul class="cards">
${methods.map(
  (
    method,
  ) => html`<li><a class="choice" href="${signinWith(transaction, method)}"><strong>${say(`method.${method}`)}</strong>
<span>${say(`method.${method}.hold`)}</span></a></li>
`,
)}</ul>`;
}
