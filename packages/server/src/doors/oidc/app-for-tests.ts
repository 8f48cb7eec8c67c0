import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { asId } from '@countersign/core/kernel/id';
import { checkClientMetadata, needsSecret } from './client-metadata.ts';
import type { CommitNow } from './people-for-tests.ts';

export async function addApp(commit: CommitNow, now: number, metadata: Readonly<Record<string, unknown>>) {
  const checked = checkClientMetadata(metadata);
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  const clientId = randomUUID();
  const secret = needsSecret(checked.value) ? randomBytes(32).toString('base64url') : null;
  const app = {
    id: randomUUID(),
    name: 'Files',
    clientId,
    metadata: checked.value,
    secret,
    strength: null,
    now,
  };
  await commit([{ kind: 'app.create', app }]);
  return { id: asId<'app'>(app.id), clientId, secret, redirectUri: checked.value.redirect_uris[0] ?? '' };
}

export type TestApp = Awaited<ReturnType<typeof addApp>>;

export const VERIFIER = randomBytes(32).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** An authorization request as an app's link; members given as null are left out. */
export function authorizeLink(app: TestApp, more: Readonly<Record<string, string | null>> = {}): string {
  const all = {
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    response_type: 'code',
    scope: 'openid profile email',
    state: 'st',
    nonce: 'n',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  };
  const entries = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/oidc/auth?${new URLSearchParams(entries).toString()}`;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A form post by an app's server, with its secret when it has one. */
export async function asApp(
  door: { readonly origin: string },
  app: TestApp,
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const basic =
    app.secret === null
      ? {}
      : { authorization: `Basic ${Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')}` };
  const named = app.secret === null ? { client_id: app.clientId } : {};
  const response = await fetch(door.origin + path, {
    method: 'POST',
    headers: { ...basic, ...headers },
    body: new URLSearchParams({ ...named, ...form }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as TokenAnswer['body']) };
}

export const redeem = (
  door: { readonly origin: string },
  app: TestApp,
  code: string,
  more: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> =>
  asApp(door, app, '/oidc/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: app.redirectUri,
    code_verifier: VERIFIER,
    ...more,
  });

export const refresh = (
  door: { readonly origin: string },
  app: TestApp,
  token: unknown,
): Promise<TokenAnswer> =>
  asApp(door, app, '/oidc/token', { grant_type: 'refresh_token', refresh_token: String(token) });

/** The claims of an ID token, unverified: tests that verify use a real client. */
export const claimsOf = (token: unknown): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Readonly<
    Record<string, unknown>
  >;
