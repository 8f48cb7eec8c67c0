import { err, ok, type Result } from '@countersign/core/kernel/result';
import { z } from 'zod';
import type { AppWithSecret } from '../../ports/apps.ts';
import { LIVES, toSeconds } from './lives.ts';
import { redirectFault } from './redirect-uri.ts';

const SECRET_METHODS: ReadonlySet<string> = new Set(['client_secret_basic', 'client_secret_post']);
const SCOPES = ['openid', 'profile', 'email', 'offline_access'] as const;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
const SHORTEST_RSA = 2048 / 6; // 2048 bits in base64url

const jwk = z
  .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), kid: z.exactOptional(z.string().min(1)) })
  .refine((key) => PRIVATE_MEMBERS.every((member) => !(member in key)), 'a private key')
  .refine(
    (key) => key.kty !== 'RSA' || (typeof key['n'] === 'string' && key['n'].length >= SHORTEST_RSA),
    'an RSA key below 2048 bits',
  );

const life = (most: number) => z.int().min(60).max(most);

/** An OIDC app as an administrator describes it: names of RFC 7591, closed, with our defaults. */
const schema = z.strictObject({
  application_type: z.enum(['web', 'native']).default('web'),
  redirect_uris: z.array(z.string()).min(1).max(50),
  post_logout_redirect_uris: z.array(z.string()).max(50).default([]),
  token_endpoint_auth_method: z
    .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
    .default('client_secret_basic'),
  grant_types: z.array(z.enum(['authorization_code', 'refresh_token'])).default(['authorization_code']),
  response_modes: z
    .array(z.enum(['query', 'form_post']))
    .min(1)
    .default(['query']),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256', 'EdDSA']).default('RS256'),
  subject_type: z.enum(['public', 'pairwise']).default('public'),
  scope: z.exactOptional(z.string()),
  jwks: z.exactOptional(z.strictObject({ keys: z.array(jwk).min(1).max(10) })),
  backchannel_logout_uri: z.exactOptional(z.string()),
  require_pushed_authorization_requests: z.boolean().default(false),
  dpop_bound_access_tokens: z.boolean().default(false),
  default_max_age: z.exactOptional(z.int().min(0)),
  /** Unused for so long, a refresh token ends. */
  refresh_idle_s: z.exactOptional(life(toSeconds(LIVES.refreshMost))),
  /** However used, refreshing ends so long after the sign-in. */
  refresh_absolute_s: z.exactOptional(life(toSeconds(LIVES.refreshMost))),
  /** May introspect tokens that were given to other apps: an API behind them. */
  resource_server: z.boolean().default(false),
});

export type ClientMetadata = z.infer<typeof schema>;

export interface MetadataFault {
  /** Dotted, as in `redirect_uris.0`. */
  readonly field: string;
  readonly reason: string;
}

/** What an administrator sent as an app, complete with defaults; or everything that is wrong with it at once. */
export function checkClientMetadata(input: unknown): Result<ClientMetadata, readonly MetadataFault[]> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    return err(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), reason: message })));
  }
  const faults = [...addressFaults(parsed.data), ...contradictions(parsed.data)];
  return faults.length > 0 ? err(faults) : ok(parsed.data);
}

function addressFaults(metadata: ClientMetadata): readonly MetadataFault[] {
  const lists = ['redirect_uris', 'post_logout_redirect_uris'] as const;
  const faults = lists.flatMap((list) =>
    metadata[list].map((uri, position) => ({
      field: `${list}.${position}`,
      reason: redirectFault(uri, metadata.application_type),
    })),
  );
  const { backchannel_logout_uri: logout } = metadata;
  if (logout !== undefined)
    faults.push({ field: 'backchannel_logout_uri', reason: redirectFault(logout, 'web') });
  return faults.flatMap(({ field, reason }) =>
    reason === null ? [] : [{ field, reason: `redirect.${reason}` }],
  );
}

function contradictions(metadata: ClientMetadata): readonly MetadataFault[] {
  const faults: MetadataFault[] = [];
  const wrong = (field: string, reason: string): number => faults.push({ field, reason });
  if (metadata.token_endpoint_auth_method === 'private_key_jwt' && metadata.jwks === undefined)
    wrong('jwks', 'app.keys_missing');
  if (!metadata.grant_types.includes('authorization_code')) wrong('grant_types', 'app.code_grant_missing');
  const unknown = metadata.scope?.split(' ').find((scope) => !SCOPES.some((known) => known === scope));
  if (unknown !== undefined) wrong('scope', 'app.unknown_scope');
  const hosts = new Set(metadata.redirect_uris.map((uri) => URL.parse(uri)?.host));
  // A list of hosts elsewhere (sector_identifier_uri) would have to be fetched, which we do not do.
  if (metadata.subject_type === 'pairwise' && hosts.size > 1)
    wrong('redirect_uris', 'app.pairwise_needs_one_host');
  const { refresh_idle_s: idle, refresh_absolute_s: absolute } = metadata;
  if (idle !== undefined && absolute !== undefined && idle > absolute)
    wrong('refresh_idle_s', 'app.idle_beyond_absolute');
  return faults;
}

export const needsSecret = ({
  token_endpoint_auth_method: method,
}: Pick<ClientMetadata, 'token_endpoint_auth_method'>): boolean => SECRET_METHODS.has(method);

/** Members of ours that the library carries but does not know. */
export const EXTRA_METADATA = ['refresh_idle_s', 'refresh_absolute_s', 'resource_server'] as const;

/**
 * The app as the library's client; null when the stored row would not be accepted today, so that an app that became
 * unsafe by a stricter rule stops working instead of working loosely.
 */
export function toClient(app: AppWithSecret): Readonly<Record<string, unknown>> | null {
  const checked = checkClientMetadata(app.metadata);
  if (!checked.ok || needsSecret(checked.value) !== (app.secret !== null && app.secret !== '')) return null;
  const { backchannel_logout_uri: logout, ...metadata } = checked.value;
  return {
    ...metadata,
    client_id: app.clientId,
    client_name: app.name,
    ...(app.secret === null ? {} : { client_secret: app.secret }),
    ...(logout === undefined
      ? {}
      : { backchannel_logout_uri: logout, backchannel_logout_session_required: true }),
    response_types: ['code'],
  };
}

export interface RefreshLives {
  readonly idleS: number;
  readonly absoluteS: number;
}

const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

/** How long refreshing may go on for an app; idle never beyond absolute. */
export function refreshLives(metadata: { readonly [member: string]: unknown }): RefreshLives {
  const absoluteS = numberOr(metadata['refresh_absolute_s'], toSeconds(LIVES.refreshAbsolute));
  const idleS = numberOr(metadata['refresh_idle_s'], toSeconds(LIVES.refreshIdle));
  return { absoluteS, idleS: Math.min(idleS, absoluteS) };
}
