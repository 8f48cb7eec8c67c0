import { minutes, seconds, type Instant } from '@countersign/core/kernel/time';
import type { DueLogout } from '../../ports/logout-targets.ts';
import type { OidcDeps } from './deps.ts';
import { sidOf, subjectFor } from './from-grant.ts';
import type { Provider } from './internals.ts';

/** After the last, the app learns at its next refresh or introspection: those are refused at once anyway. */
const TRIES: readonly number[] = [seconds(10), minutes(1), minutes(10), minutes(60)];
const LEASE = minutes(2);

const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };

/**
 * Tells apps that a session has ended (Back-Channel Logout 1.0), wherever it was ended. A fresh token for each try,
 * since it lives two minutes; tried again only after a failure that may pass (R-OIDC-27). How many were told.
 */
export async function deliverLogouts(deps: OidcDeps, provider: Provider, limit = 50): Promise<number> {
  const now = deps.clock();
  const due = await deps.logoutTargets.take(now, now + LEASE, limit);
  const told = await Promise.all(due.map((target) => deliver(deps, provider, target, now)));
  return told.filter(Boolean).length;
}

async function deliver(
  deps: OidcDeps,
  provider: Provider,
  target: DueLogout,
  now: Instant,
): Promise<boolean> {
  const { apps, logoutTargets, post, report } = deps;
  const app = await apps.byId(target.appId);
  const client = app === null ? undefined : await provider.Client.find(app.clientId);
  const uri = client?.backchannelLogoutUri;
  if (client === undefined || uri === undefined) {
    await logoutTargets.done(target, now);
    return false;
  }
  const token = new provider.IdToken({}, { client });
  token.set('sub', subjectFor(deps, client, target.accountId));
  token.set('events', EVENTS);
  token.set('jti', deps.random.uuid());
  token.set('sid', sidOf(deps, target.sessionId, client.clientId));
  const status = await post(uri, { logout_token: await token.issue({ use: 'logout' }) }).catch(
    (error: unknown) => {
      report(error, null);
      return null;
    },
  );
  const told = status === 200 || status === 204;
  const again = TRIES[target.attempts - 1];
  const mayPass = status === null || status === 429 || status >= 500;
  if (told || !mayPass || again === undefined) await logoutTargets.done(target, now);
  else await logoutTargets.retryAt(target, now + again);
  return told;
}
