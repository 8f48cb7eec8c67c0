import { toBase64Url, fromBase64Url } from '@countersign/core/kernel/base-encoding';
import { equalBytes, utf8ToBytes } from '@countersign/core/kernel/bytes';
import type { Instant } from '@countersign/core/kernel/time';
import type { OidcDeps } from './deps.ts';
import { LIVES } from './lives.ts';

/** What a confirmed logout will do: carried by the page, so that nothing need be stored for it. */
export interface LogoutPlan {
  /** Only this session ends, whoever brings the ticket back. */
  readonly sessionId: string;
  /** The registered address to return to, already checked, with its state; null for our own page. */
  readonly returnTo: string | null;
}

interface Sealed extends LogoutPlan {
  readonly until: Instant;
}

/** Signs the plan: a form that somebody else's page posts cannot carry a ticket of this session. */
export function makeTicket({ tag }: Pick<OidcDeps, 'tag'>, plan: LogoutPlan, now: Instant): string {
  const body = toBase64Url(utf8ToBytes(JSON.stringify({ ...plan, until: now + LIVES.logoutTicket })));
  return `${body}.${toBase64Url(tag('oidc-logout', body))}`;
}

/** The plan of a ticket that is ours and still good for this session, or null. */
export function readTicket(
  { tag }: Pick<OidcDeps, 'tag'>,
  ticket: string,
  sessionId: string,
  now: Instant,
): LogoutPlan | null {
  const [body = '', mac = '', ...more] = ticket.split('.');
  const given = fromBase64Url(mac);
  if (more.length > 0 || !given.ok || !equalBytes(given.value, tag('oidc-logout', body))) return null;
  const bytes = fromBase64Url(body);
  if (!bytes.ok) return null;
  const plan = JSON.parse(Buffer.from(bytes.value).toString('utf8')) as Sealed; // signed by us
  return plan.until > now && plan.sessionId === sessionId ? plan : null;
}
