import { signinAddress, signinWith } from '../address.ts';
import { ceremony } from '../ceremony.ts';
import { html, type Markup } from '../markup.ts';
import { phrases } from '../texts/phrases.ts';
import type { PageContext } from '../views.ts';
import { elsewherePage } from './elsewhere-page.ts';
import { proveFrame, type ProveView } from './prove-frame.ts';

/** A hand, a key, a port: what to do with a security key before any dialog of the browser says so (ux.md S4). */
const keyDrawing =
  (): Markup => html`<svg class="drawing" viewBox="0 0 160 56" width="160" height="56" aria-hidden="true" focusable="false">
<path d="M2 18h40v20H2z M42 24h10v8H42z"/><path d="M70 16h66a12 12 0 0 1 12 12 12 12 0 0 1-12 12H70z M58 21h12v14H58z"/>
<circle cx="122" cy="28" r="6"/><path class="wave" d="M122 15a13 13 0 0 1 13 13 M122 8a20 20 0 0 1 20 20"/></svg>`;

/** Passkey or security key (ux.md S3, S4): says what the device will ask, and starts on a tap. */
export function passkeyPage(
  method: 'passkey' | 'security-key',
  view: ProveView,
  context: PageContext,
): Markup {
  if (view.passkey === null || view.passkey.options === null) return elsewherePage(view, context);
  const { say } = phrases(context.locale);
  const key = method === 'security-key';
  const form = ceremony(
    {
      action: signinAddress(view.transaction, 'passkey'),
      kind: 'get',
      options: view.passkey.options,
      autofill: false,
      start: say(key ? 'signin.key.start' : 'signin.passkey.start'),
      rank: 'primary',
      otherWay: view.others.length > 0 ? signinWith(view.transaction, 'choose') : null,
      explain: true,
    },
    context,
  );
  return proveFrame(view, context, {
    title: say(key ? 'signin.key.title' : 'signin.passkey.title'),
    hasField: false,
    scripts: ['ceremony'],
    content: html`${key && keyDrawing()}
<p>${say(key ? 'signin.key.text' : 'signin.passkey.text')}</p>
${form}`,
  });
}
