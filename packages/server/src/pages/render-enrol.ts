import type { Markup } from './markup.ts';
import type { EnrolView, PageContext } from './views.ts';
import { choosePage } from './enrol/choose-page.ts';
import { donePage } from './enrol/done-page.ts';
import { invitationPage } from './enrol/invitation-page.ts';
import { invitationRefusedPage } from './enrol/invitation-refused-page.ts';
import { passkeyPage } from './enrol/passkey-page.ts';
import { passwordPage } from './enrol/password-page.ts';
import { recoveryCodesPage } from './enrol/recovery-codes-page.ts';
import { totpPage } from './enrol/totp-page.ts';

/** The page for one step of setting up how to sign in: for the invited, the recovering and the signed-in. */
export function renderEnrol(view: EnrolView, context: PageContext): Markup {
  switch (view.kind) {
    case 'invitation':
      return invitationPage(view, context);
    case 'invitation-refused':
      return invitationRefusedPage(view, context);
    case 'choose':
      return choosePage(view, context);
    case 'password':
      return passwordPage(view, context);
    case 'totp':
      return totpPage(view, context);
    case 'passkey':
      return passkeyPage(view, context);
    case 'recovery-codes':
      return recoveryCodesPage(view, context);
    case 'done':
      return donePage(view, context);
  }
}
