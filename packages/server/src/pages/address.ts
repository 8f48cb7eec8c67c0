/** One part of a path of ours. */
const part = (text: string): string => encodeURIComponent(text);

/** `/signin/<transaction>[/<step>]`. */
export const signinAddress = (transaction: string, step?: string): string =>
  step === undefined ? `/signin/${part(transaction)}` : `/signin/${part(transaction)}/${part(step)}`;

/** The page of this sign-in that shows another method, the choice of methods or the way out. */
export const signinWith = (transaction: string, what: string): string =>
  `${signinAddress(transaction)}?with=${part(what)}`;

export const factorAddress = (id: string, act: 'rename' | 'remove'): string =>
  `/account/factors/${part(id)}/${act}`;
export const sessionAddress = (id: string): string => `/account/sessions/${part(id)}/end`;
export const setupAddress = (token: string): string => `/setup/${part(token)}`;
export const invitationAddress = (token: string): string => `/invitation/${part(token)}`;

/**
 * An address that came in a view, for `href` or `action`: a path of this site, or http(s). Everything else (other
 * schemes, `//host`, back slashes, control characters) becomes the start page.
 */
export function safeAddress(address: string): string {
  if (/^\/(?![/\\])[\u0021-\u005b\u005d-\u007e]*$/.test(address)) return address;
  if (!/^https?:\/\//i.test(address)) return '/';
  return URL.canParse(address) ? new URL(address).href : '/';
}

/** The address that opens an authenticator app on this device; any other scheme is no link. */
export const authenticatorAddress = (uri: string): string | null =>
  /^otpauth:\/\/totp\/[\u0021-\u007e]*$/.test(uri) ? uri : null;

/** The same page in another language. */
export const inLanguage = (here: string, locale: string): string =>
  `${here}${here.includes('?') ? '&' : '?'}lang=${part(locale)}`;
