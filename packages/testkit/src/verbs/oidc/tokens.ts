import type { Deployment } from '../../deployment/start-deployment.ts';
import { createVisitor } from '../../visitor/create-visitor.ts';
import type { Seen } from '../../visitor/seen.ts';
import type { Request } from './authorize.ts';
import { back, type BackAsk, type Client } from './client.ts';

/** What a token endpoint answered. Members are null where the answer has none. */
export interface Tokens {
  readonly seen: Seen;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly idToken: string | null;
  readonly error: string | null;
}

function toTokens(seen: Seen): Tokens {
  const body = (typeof seen.json === 'object' && seen.json !== null ? seen.json : {}) as Readonly<
    Record<string, unknown>
  >;
  const text = (name: string): string | null => (typeof body[name] === 'string' ? body[name] : null);
  return {
    seen,
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    error: text('error'),
  };
}

/** The token endpoint with any form at all. */
export const token = async (
  deployment: Deployment,
  client: Client,
  form: Readonly<Record<string, string>>,
  ask?: BackAsk,
): Promise<Tokens> => toTokens(await back(deployment, client, '/oidc/token', form, ask));

const withoutNull = (form: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  );

/** Redeems a code; `changes` replaces members of the form, or leaves them out with null. */
export const redeem = (
  deployment: Deployment,
  client: Client,
  { code, request }: { readonly code: string | null; readonly request: Request },
  changes: Readonly<Record<string, string | null>> = {},
  ask?: BackAsk,
): Promise<Tokens> =>
  token(
    deployment,
    client,
    withoutNull({
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: client.redirectUri,
      code_verifier: request.pkce.verifier,
      ...changes,
    }),
    ask,
  );

export const refresh = (
  deployment: Deployment,
  client: Client,
  refreshToken: string | null,
  ask?: BackAsk,
): Promise<Tokens> =>
  token(deployment, client, { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' }, ask);

export const userinfo = (
  deployment: Deployment,
  accessToken: string | null,
  headers: Readonly<Record<string, string>> = {},
): Promise<Seen> =>
  createVisitor(deployment).raw('GET', '/oidc/userinfo', {
    authorization: `Bearer ${accessToken ?? ''}`,
    accept: 'application/json',
    ...headers,
  });

export const introspect = (
  deployment: Deployment,
  client: Client,
  value: string | null,
  ask?: BackAsk,
): Promise<Seen> => back(deployment, client, '/oidc/token/introspection', { token: value ?? '' }, ask);

/** Whether the server says that a token is good now. */
export async function isActive(
  deployment: Deployment,
  client: Client,
  value: string | null,
): Promise<boolean> {
  const { json } = await introspect(deployment, client, value);
  return typeof json === 'object' && json !== null && 'active' in json && json.active === true;
}

export const revoke = (
  deployment: Deployment,
  client: Client,
  value: string | null,
  ask?: BackAsk,
): Promise<Seen> => back(deployment, client, '/oidc/token/revocation', { token: value ?? '' }, ask);

/** Pushes a request; the answer has its `request_uri`. */
export const push = (
  deployment: Deployment,
  client: Client,
  request: Request,
  ask?: BackAsk,
): Promise<Seen> => back(deployment, client, '/oidc/par', { ...request.parameters }, ask);

/** The claims of an ID token. Nothing is verified. */
export function claimsOf(idToken: string | null): Readonly<Record<string, unknown>> {
  const part = (idToken ?? '').split('.')[1] ?? '';
  return JSON.parse(Buffer.from(part, 'base64url').toString() || '{}') as Readonly<Record<string, unknown>>;
}
