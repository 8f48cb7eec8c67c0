import type { Deployment } from '../../deployment/start-deployment.ts';
import { createVisitor } from '../../visitor/create-visitor.ts';
import { brief, type Seen } from '../../visitor/seen.ts';
import { admin, member, textMember } from '../admin.ts';
import type { ApiCaller } from '../operator.ts';

/** An app as its developers know it. */
export interface Client {
  /** The id by which administrators know it. */
  readonly id: string;
  readonly clientId: string;
  readonly secret: string | null;
  readonly redirectUri: string;
}

export interface ClientAsk {
  readonly name?: string;
  readonly strength?: string;
  /** Members of RFC 7591; a code flow with refresh and a secret unless they say otherwise. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

let count = 0;

/** Registers an app through the administration API. */
export async function register(
  caller: ApiCaller,
  { name, strength, metadata = {} }: ClientAsk = {},
): Promise<Client> {
  count += 1;
  const redirectUri = `https://app-${count}.example.test/cb`;
  const whole = {
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    ...metadata,
  };
  const seen = await admin.createApp(caller, {
    name: name ?? `App ${count}`,
    ...(strength === undefined ? {} : { strength }),
    metadata: whole,
  });
  if (seen.status !== 201) throw new Error(`registering an app: ${brief(seen)}`);
  const secret = member(seen, 'clientSecret');
  const [first] = whole.redirect_uris as readonly string[];
  return {
    id: textMember(seen, 'id'),
    clientId: textMember(seen, 'clientId'),
    secret: typeof secret === 'string' ? secret : null,
    redirectUri: first ?? redirectUri,
  };
}

export interface BackAsk {
  /** How the app shows who it is; by its secret in the header, or by name alone when it has none. */
  readonly as?: 'basic' | 'post' | 'none';
  readonly dpop?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly node?: number;
}

const encode = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');

/** A request of the app's own server: a form, without any cookie. */
export function back(
  deployment: Deployment,
  client: Pick<Client, 'clientId' | 'secret'>,
  path: string,
  form: Readonly<Record<string, string>>,
  ask: BackAsk = {},
): Promise<Seen> {
  const { as = client.secret === null ? 'none' : 'basic', dpop, headers = {}, node = 0 } = ask;
  const named =
    as === 'basic'
      ? {}
      : { client_id: client.clientId, ...(as === 'post' ? { client_secret: client.secret ?? '' } : {}) };
  const basic = `Basic ${Buffer.from(`${encode(client.clientId)}:${encode(client.secret ?? '')}`).toString('base64')}`;
  return createVisitor(deployment, { node, agent: 'app/1.0' }).raw(
    'POST',
    path,
    {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(as === 'basic' ? { authorization: basic } : {}),
      ...(dpop === undefined ? {} : { dpop }),
      ...headers,
    },
    new URLSearchParams({ ...named, ...form }).toString(),
  );
}
