import { oidcMetadata } from '@countersign/contract/api/apps';
import { expect, it } from 'vitest';
import { checkClientMetadata } from '../../doors/oidc/client-metadata.ts';

const FULL = {
  application_type: 'web',
  redirect_uris: ['https://app.example.test/cb'],
  post_logout_redirect_uris: ['https://app.example.test/out'],
  token_endpoint_auth_method: 'private_key_jwt',
  grant_types: ['authorization_code', 'refresh_token'],
  response_modes: ['query'],
  id_token_signed_response_alg: 'ES256',
  subject_type: 'public',
  scope: 'openid profile',
  jwks: { keys: [{ kty: 'EC', crv: 'P-256', kid: 'one', x: 'x', y: 'y', use: 'sig', key_ops: ['verify'] }] },
  backchannel_logout_uri: 'https://app.example.test/logout',
  require_pushed_authorization_requests: true,
  dpop_bound_access_tokens: true,
  default_max_age: 60,
  refresh_idle_s: 600,
  refresh_absolute_s: 6_000,
  resource_server: true,
};

it('the API and the door speak of the same client: what the door makes of one goes through the API and back', () => {
  const checked = checkClientMetadata(FULL);
  expect(checked.ok).toBe(true);
  expect(Object.keys(FULL).sort()).toEqual(Object.keys(oidcMetadata.shape).sort());
  expect(oidcMetadata.parse(checked.ok ? checked.value : null)).toEqual(FULL);
});

it.each(Object.keys(oidcMetadata.shape))('the door knows the member %s', (member) => {
  const checked = checkClientMetadata({ [member]: FULL[member as keyof typeof FULL] });
  expect(JSON.stringify(checked)).not.toMatch(/Unrecognized/);
});
