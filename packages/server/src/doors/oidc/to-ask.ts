import type { Strength } from '@countersign/core/factor/strength';
import { seconds, type Instant } from '@countersign/core/kernel/time';
import { appAsk, KNOWN_ACR } from '../../desk/app-ask.ts';
import type { App } from '../../ports/apps.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { StoredAsk } from '../../ports/signin-store.ts';
import type { AuthorizeRequest } from './parse.ts';

/** The ask of an authorization request that began at `began`, with the strength to demand this time. */
export const toAsk = (
  request: AuthorizeRequest,
  app: App,
  strength: Strength | null,
  began: Instant,
): StoredAsk => ({
  ask: appAsk('oidc', app, strength, notBefore(request, began)),
  appName: app.name,
  askedAcr: understood(request.acr.values),
  returnTo: '',
  returnOrigin: originOf(request.redirectUri),
  loginHint: request.loginHint,
});

/** The values that mean something to us, each once: what is stored is bounded, whatever a stranger sends. */
const understood = (values: readonly string[]): readonly string[] =>
  [...new Set(values)].filter((value) => KNOWN_ACR.includes(value));

/** `prompt=login` wants proofs from after the request; `max_age` wants them at most so old when it began. */
function notBefore({ prompts, maxAgeS }: AuthorizeRequest, began: Instant): Instant | null {
  if (prompts.has('login') || prompts.has('select_account')) return began;
  return maxAgeS === null ? null : began - seconds(maxAgeS);
}

/** What the page's `form-action` must allow: the origin of the registered address, or an app's own scheme. */
function originOf(redirectUri: string): string | null {
  const url = URL.parse(redirectUri);
  if (url === null) return null;
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : url.protocol;
}

/**
 * Whether the session's person is the one the request is about. A `login_hint` counts as such (StoredAsk.loginHint):
 * an app that names somebody must not get somebody else. Nobody is looked up, so a hint is no oracle (I-60).
 */
export function isAbout(request: AuthorizeRequest, owner: SessionOwner, subject: string): boolean {
  if (request.subjects.some((wanted) => wanted !== subject)) return false;
  if (request.loginHint === null) return true;
  const { login, email } = owner.person.account;
  const hint = plain(request.loginHint);
  return hint === plain(login) || (email !== null && hint === plain(email));
}

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
