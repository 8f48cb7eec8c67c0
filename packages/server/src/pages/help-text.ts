import { html, type Slot } from './markup.ts';
import { chosen, phrases } from './texts/phrases.ts';
import type { PageContext } from './views.ts';

/** Whom to ask, and to name the reference. */
export function helpText(contact: string | null, context: PageContext): Slot {
  const { mark, say } = phrases(context.locale);
  if (contact === null) return say('page.no_contact');
  return mark('page.contact', { contact: html`<strong>${chosen(contact)}</strong>` });
}
