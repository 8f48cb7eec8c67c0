import type { Markup } from './markup.ts';
import type { PageContext, SigninView } from './views.ts';
import { choosePage } from './signin/choose-page.ts';
import { codePage } from './signin/code-page.ts';
import { elsewherePage } from './signin/elsewhere-page.ts';
import { endedPage } from './signin/ended-page.ts';
import { lostPage } from './signin/lost-page.ts';
import { namePage } from './signin/name-page.ts';
import { passkeyPage } from './signin/passkey-page.ts';
import { passwordPage } from './signin/password-page.ts';
import type { ProveView } from './signin/prove-frame.ts';

function provePage(view: ProveView, context: PageContext): Markup {
  switch (view.method) {
    case 'password':
      return passwordPage(view, context);
    case 'totp':
    case 'recovery-code':
    case 'temporary-pass':
      return codePage(view.method, view, context);
    case 'passkey':
    case 'security-key':
      return passkeyPage(view.method, view, context);
    case 'push':
    case 'sms':
      return elsewherePage(view, context);
  }
}

/** The page for one step of a sign-in. */
export function renderSignin(view: SigninView, context: PageContext): Markup {
  switch (view.kind) {
    case 'name':
      return namePage(view, context);
    case 'prove':
      return provePage(view, context);
    case 'choose':
      return choosePage(view, context);
    case 'lost':
      return lostPage(view, context);
    case 'ended':
      return endedPage(view, context);
  }
}
