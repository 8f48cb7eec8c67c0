import { z } from 'zod';
import { pageOf, pageQuery } from './paging.ts';
import { id, instant, line, strength } from './scalars.ts';

const address = line(2_048).min(1);
const addresses = z.array(address).max(50);
const seconds = z.int().min(60);

/** A public key as RFC 7517 writes it: flat, texts and lists of texts. Private members are refused by the door. */
const jwk = z.record(line(64), z.union([line(8_192), z.array(line(8_192)).max(10)]));

/** An OpenID Connect client in the words of RFC 7591. What is left out gets the door's default. */
export const oidcMetadata = z.strictObject({
  application_type: z.exactOptional(z.enum(['web', 'native'])),
  redirect_uris: addresses.min(1),
  post_logout_redirect_uris: z.exactOptional(addresses),
  token_endpoint_auth_method: z.exactOptional(
    z.enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']),
  ),
  grant_types: z.exactOptional(z.array(z.enum(['authorization_code', 'refresh_token'])).max(2)),
  response_modes: z.exactOptional(
    z
      .array(z.enum(['query', 'form_post']))
      .min(1)
      .max(2),
  ),
  id_token_signed_response_alg: z.exactOptional(z.enum(['RS256', 'ES256', 'EdDSA'])),
  subject_type: z.exactOptional(z.enum(['public', 'pairwise'])),
  scope: z.exactOptional(line(200)),
  jwks: z.exactOptional(z.strictObject({ keys: z.array(jwk).min(1).max(10) })),
  backchannel_logout_uri: z.exactOptional(address),
  require_pushed_authorization_requests: z.exactOptional(z.boolean()),
  dpop_bound_access_tokens: z.exactOptional(z.boolean()),
  default_max_age: z.exactOptional(z.int().min(0)),
  /** Unused for so long, a refresh token ends. */
  refresh_idle_s: z.exactOptional(seconds),
  /** However used, refreshing ends so long after the sign-in. */
  refresh_absolute_s: z.exactOptional(seconds),
  /** May introspect tokens that were given to other apps: an API behind them. */
  resource_server: z.exactOptional(z.boolean()),
});

const name = line(100).refine(
  (text) => text.trim() === text && text !== '',
  'a name without blanks around it',
);

export const app = z.strictObject({
  id,
  kind: z.literal('oidc'),
  name: z.string(),
  clientId: z.string(),
  /** The least strength for this app beyond the floor. */
  strength: strength.nullable(),
  metadata: z.record(z.string(), z.json()),
  createdAt: instant,
});
export type AppAnswer = z.output<typeof app>;

export const appsQuery = z.strictObject(pageQuery);
export const appPage = pageOf(app);

export const createAppBody = z.strictObject({
  kind: z.literal('oidc').default('oidc'),
  name,
  strength: strength.nullable().default(null),
  metadata: oidcMetadata,
});

/** Only what is named changes; `metadata` is replaced as a whole. */
export const updateAppBody = z
  .strictObject({
    name: z.exactOptional(name),
    strength: z.exactOptional(strength.nullable()),
    metadata: z.exactOptional(oidcMetadata),
  })
  .refine((change) => Object.keys(change).length > 0, 'at least one change');

/** This is the only time the secret is shown; null for a client that has none. */
export const createdAppAnswer = z.strictObject({
  id,
  clientId: z.string(),
  clientSecret: z.string().nullable(),
});
export type CreatedAppAnswer = z.output<typeof createdAppAnswer>;
export const secretAnswer = z.strictObject({ clientSecret: z.string() });
export type SecretAnswer = z.output<typeof secretAnswer>;
