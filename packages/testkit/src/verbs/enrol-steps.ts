import { createTotp, type Totp } from '../authenticators/totp.ts';
import type { Overrides, WebAuthnKey } from '../authenticators/webauthn-key.ts';
import type { CreationOptionsJson } from '../authenticators/webauthn-json.ts';
import type { Seen } from '../visitor/seen.ts';
import { unescapeHtml } from '../visitor/page.ts';
import type { Visitor } from '../visitor/create-visitor.ts';
import { freshCode } from './fresh-code.ts';

/** Opens a link as a person does: look at the page, then press its button. */
export async function openLink(visitor: Visitor, link: string): Promise<Seen> {
  const { pathname } = new URL(link);
  const seen = await visitor.get(pathname);
  if (seen.status !== 200) return seen;
  return visitor.submit('/invitation');
}

export const setPassword = (visitor: Visitor, password: string, current?: string): Promise<Seen> =>
  visitor.post('/enrol/password', { password, ...(current === undefined ? {} : { current }) });

export interface OfferedTotp {
  readonly seen: Seen;
  readonly pending: string;
  readonly totp: Totp;
}

/** The page with the QR picture, read by a soft authenticator; null when another page came. */
export async function offerTotp(visitor: Visitor): Promise<OfferedTotp | null> {
  const seen = await visitor.get('/enrol/totp');
  const pending = seen.page?.forms.find(({ action }) => action === '/enrol/totp')?.fields['pending'];
  const uri =
    seen.page?.links.find((link) => link.startsWith('otpauth://')) ??
    /data-copy="([^"]*)"/.exec(seen.body)?.[1];
  if (pending === undefined || uri === undefined) return null;
  return { seen, pending, totp: createTotp(unescapeHtml(uri)) };
}

export const confirmTotp = (visitor: Visitor, pending: string, code: string, name = 'Phone'): Promise<Seen> =>
  visitor.post('/enrol/totp', { pending, code, name });

/** Adds an authenticator app. `totp` is null when it came to nothing. */
export async function addTotp(
  visitor: Visitor,
): Promise<{ readonly seen: Seen; readonly totp: Totp | null }> {
  const offered = await offerTotp(visitor);
  if (offered === null) return { seen: visitor.last() ?? (await visitor.get('/enrol/totp')), totp: null };
  const seen = await confirmTotp(visitor, offered.pending, await freshCode(visitor.deployment, offered.totp));
  return { seen, totp: seen.status === 303 ? offered.totp : null };
}

export interface KeyAsk {
  readonly kind?: 'passkey' | 'security-key';
  readonly name?: string;
  readonly overrides?: Overrides;
  readonly origin?: string;
  /** Changes what the page offered, as a script in the browser could. */
  readonly options?: (offered: CreationOptionsJson) => CreationOptionsJson;
}

/** The creation options of the page; null when another page came. */
export async function offerKey(
  visitor: Visitor,
  kind: 'passkey' | 'security-key' = 'passkey',
): Promise<CreationOptionsJson | null> {
  const seen = await visitor.get(`/enrol/${kind}`);
  const options = seen.page?.forms.find(({ data }) => data['ceremony'] === 'create')?.data['options'];
  return options === undefined ? null : (JSON.parse(options) as CreationOptionsJson);
}

/** Adds a passkey or security key. */
export async function addKey(visitor: Visitor, key: WebAuthnKey, ask: KeyAsk = {}): Promise<Seen> {
  const { kind = 'passkey', name = 'Key', overrides = {}, origin = visitor.deployment.origin } = ask;
  const offered = await offerKey(visitor, kind);
  if (offered === null) return visitor.last() ?? (await visitor.get(`/enrol/${kind}`));
  const options = (ask.options ?? ((same) => same))(offered);
  const response = key.create(options, origin, overrides);
  return visitor.post('/enrol/passkey', {
    kind,
    challenge: offered.challenge,
    response: JSON.stringify(response),
    name,
  });
}

/** A new set of recovery codes, as the page shows them this once. */
export async function makeRecoveryCodes(
  visitor: Visitor,
): Promise<{ readonly seen: Seen; readonly codes: readonly string[] }> {
  const seen = await visitor.post('/enrol/recovery-codes', {});
  const codes = [...seen.body.matchAll(/<li dir="ltr">([^<]+)<\/li>/g)].map(([, code = '']) =>
    unescapeHtml(code),
  );
  return { seen, codes };
}

export const finishEnrolment = (visitor: Visitor): Promise<Seen> => visitor.post('/enrol/done', {});
