import { createHash, randomBytes } from 'node:crypto';
import type { Visitor } from '../../visitor/create-visitor.ts';
import type { Seen } from '../../visitor/seen.ts';
import { login } from '../login.ts';
import type { Person } from '../person.ts';
import type { Client } from './client.ts';

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function makePkce(verifier: string = randomBytes(32).toString('base64url')): Pkce {
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Parameters of a request by name; null leaves one of the usual ones out. */
export type Parameters = Readonly<Record<string, string | null>>;

export interface Request {
  readonly path: string;
  readonly pkce: Pkce;
  readonly state: string;
  readonly nonce: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A request for a code as a careful app makes it, changed as a test likes. */
export function request(client: Client, changes: Parameters = {}): Request {
  const pkce = makePkce();
  const [state, nonce] = [randomBytes(16).toString('base64url'), randomBytes(16).toString('base64url')];
  const usual: Parameters = {
    client_id: client.clientId,
    response_type: 'code',
    redirect_uri: client.redirectUri,
    scope: 'openid',
    state,
    nonce,
    code_challenge: pkce.challenge,
    code_challenge_method: 'S256',
    ...changes,
  };
  const parameters = Object.fromEntries(
    Object.entries(usual).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  );
  return { path: `/oidc/auth?${new URLSearchParams(parameters).toString()}`, pkce, state, nonce, parameters };
}

export interface Authorized {
  /** The last answer of this server: a redirect to the app, or a page. */
  readonly seen: Seen;
  /** What the app gets in its callback; null when the browser was not sent there. */
  readonly callback: URLSearchParams | null;
  readonly code: string | null;
  readonly error: string | null;
  readonly request: Request;
  /** How often the person had to prove something on the way. */
  readonly proofs: number;
}

const MOST_STEPS = 12;

/** Sends a browser for a code and follows it, signing in where that is asked, until it leaves or gets stuck. */
export async function authorize(
  visitor: Visitor,
  client: Client,
  person: Person | null,
  changes: Parameters = {},
  by?: 'passkey' | 'totp',
): Promise<Authorized> {
  return follow(visitor, request(client, changes), person, by);
}

export async function follow(
  visitor: Visitor,
  asked: Request,
  person: Person | null,
  by?: 'passkey' | 'totp',
): Promise<Authorized> {
  const { origin } = visitor.deployment;
  let proofs = 0;
  let seen = await visitor.get(asked.path);
  for (let step = 0; step < MOST_STEPS && seen.location !== null; step += 1) {
    const url = new URL(seen.location, origin);
    if (url.origin !== origin) return { seen, ...callbackOf(url), request: asked, proofs };
    if (!/^\/signin\/[0-9a-f-]{36}$/.test(url.pathname)) {
      seen = await visitor.get(`${url.pathname}${url.search}`);
      continue;
    }
    if (person === null) break;
    const shown = await visitor.get(url.pathname);
    if (shown.status !== 200) {
      seen = shown;
      break;
    }
    proofs += 1;
    const asksName = shown.page?.forms.some(({ action }) => action.endsWith('/name')) === true;
    const attempt = login.at(visitor, url.pathname);
    seen = asksName
      ? await login.prove(attempt, person, by)
      : await login.stepUp(visitor, { ...shown, location: url.pathname }, person, by);
  }
  return { seen, callback: null, code: null, error: null, request: asked, proofs };
}

const callbackOf = (url: URL): Pick<Authorized, 'callback' | 'code' | 'error'> => {
  const callback =
    url.search === '' && url.hash !== '' ? new URLSearchParams(url.hash.slice(1)) : url.searchParams;
  return { callback, code: callback.get('code'), error: callback.get('error') };
};
