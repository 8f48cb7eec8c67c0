import { hidden, post, primary } from '../form.ts';
import { page } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { invitationAddress } from '../address.ts';
import { phrases, type TextKey } from '../texts/phrases.ts';
import type { EnrolView, PageContext } from '../views.ts';

type InvitationView = Extract<EnrolView, { kind: 'invitation' }>;

const WORDING = {
  'set-up': ['invitation.set-up.text', 'invitation.set-up.start'],
  recovery: ['invitation.recovery.text', 'invitation.recovery.start'],
  invitation: ['invitation.text', 'invitation.start'],
} as const satisfies Readonly<Record<InvitationView['purpose'], readonly [TextKey, TextKey]>>;

/** A link was opened. Nothing is used up before the button: scanners of mail open links too. */
export function invitationPage(view: InvitationView, context: PageContext): Markup {
  const { say } = phrases(context.locale);
  const [text, start] = WORDING[view.purpose];
  const title =
    view.purpose === 'invitation'
      ? say('invitation.title', { organisation: context.organisation })
      : say(`invitation.${view.purpose}.title`);
  return page(context, {
    title,
    here: invitationAddress(view.token),
    failed: false,
    content: html`<h1>${title}</h1>
<p>${say(text)}</p>
<p>${say('invitation.once')}</p>
${post('/invitation', hidden('token', view.token), primary(say(start)))}
<p class="small">${say('invitation.not_you')}</p>`,
  });
}
