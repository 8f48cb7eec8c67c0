import type { Markup } from './markup.ts';
import { renderAccount } from './render-account.ts';
import { renderEnrol } from './render-enrol.ts';
import { renderFault } from './render-fault.ts';
import { renderSetup } from './render-setup.ts';
import { renderSignout } from './render-signout.ts';
import { renderSignin } from './render-signin.ts';
import {
  ACCOUNT_VIEWS,
  ENROL_VIEWS,
  FAULT_VIEWS,
  SETUP_VIEWS,
  SIGNIN_VIEWS,
  SIGNOUT_VIEWS,
} from './sample-views.ts';
import type { PageContext } from './views.ts';

export interface AnyPage {
  readonly name: string;
  readonly view: object;
  /** Renders the view after a change of its texts. */
  render(context: PageContext, change?: <View>(view: View) => View): Markup;
}

const group = <View extends object>(
  kind: string,
  views: Readonly<Record<string, View>>,
  draw: (view: View, context: PageContext) => Markup,
): readonly AnyPage[] =>
  Object.entries(views).map(([name, view]) => ({
    name: `${kind} ${name}`,
    view,
    render: (context, change = (same) => same) => draw(change(view), context),
  }));

/** Every sample view with its renderer, for tests that hold for all pages. */
export const ALL_PAGES: readonly AnyPage[] = [
  ...group('signin', SIGNIN_VIEWS, renderSignin),
  ...group('enrol', ENROL_VIEWS, renderEnrol),
  ...group('account', ACCOUNT_VIEWS, renderAccount),
  ...group('setup', SETUP_VIEWS, renderSetup),
  ...group('signout', SIGNOUT_VIEWS, renderSignout),
  ...group('fault', FAULT_VIEWS, renderFault),
];
