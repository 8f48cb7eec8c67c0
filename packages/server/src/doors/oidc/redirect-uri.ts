/** Why an address may not be registered. */
export type RedirectFault =
  | 'too_long'
  | 'not_an_address'
  | 'not_canonical'
  | 'character'
  | 'wildcard'
  | 'fragment'
  | 'userinfo'
  | 'encoded_separator'
  | 'scheme'
  | 'http_outside_loopback'
  | 'host';

export type ApplicationType = 'web' | 'native';

const LONGEST = 2_048;

/** A name or an address and nothing else: it goes into the `form-action` of our pages, where `;` begins a directive. */
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])$/;

/** The only hosts that plain http may go to (R-OIDC-02): by address, or by the one name RFC 6761 keeps local. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Whether an address may be registered, and so be redirected to; null when it may. Requests match it as an exact
 * string (R-OIDC-01), so it must have one spelling: whatever two parsers could read differently is refused here
 * (I-33). Names beyond ASCII are registered in their `xn--` form.
 */
export function redirectFault(text: string, application: ApplicationType): RedirectFault | null {
  if (text.length > LONGEST) return 'too_long';
  if (!/^[\x21-\x7e]+$/.test(text) || /[\\"<>^`{|}]/.test(text)) return 'character';
  if (text.includes('*')) return 'wildcard';
  if (text.includes('#')) return 'fragment';
  if (/%(?:2f|5c|2e|00|25)/i.test(text)) return 'encoded_separator';
  const url = URL.parse(text);
  if (url === null) return 'not_an_address';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return ownSchemeFault(text, application);
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/\/[^/?]*@/i.test(text)) return 'userinfo';
  // Lower case, no default port, no dot segments, no other way to write an address: as the parser writes it.
  if (url.href !== text && url.href !== `${text}/`) return 'not_canonical';
  if (
    !HOST.test(url.hostname) ||
    url.hostname.endsWith('.') ||
    url.hostname === '0.0.0.0' ||
    url.hostname === '[::]'
  )
    return 'host';
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) return 'http_outside_loopback';
  return null;
}

/** A scheme of an app's own is a name it owns, written backwards (RFC 8252 §7.1): it has a dot. */
function ownSchemeFault(text: string, application: ApplicationType): RedirectFault | null {
  if (application !== 'native') return 'scheme';
  return /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:\/(?!\/)[\x21-\x7e]*$/.test(text) ? null : 'scheme';
}
