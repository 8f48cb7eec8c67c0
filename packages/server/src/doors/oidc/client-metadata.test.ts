import { describe, expect, it } from 'vitest';
import { checkClientMetadata, refreshLives, toClient } from './client-metadata.ts';
import { redirectFault } from './redirect-uri.ts';

const faultsOf = (input: object): readonly string[] => {
  const checked = checkClientMetadata({ redirect_uris: ['https://rp.example/cb'], ...input });
  return checked.ok ? [] : checked.error.map(({ field }) => field);
};

describe('an address that may be registered has one spelling', () => {
  it.each([
    'https://rp.example/cb',
    'https://rp.example',
    'https://rp.example/cb?tenant=a%20b',
    'https://rp.example:8443/',
    'https://xn--bcher-kva.example/cb',
    'https://192.0.2.7/cb',
    'https://intranet/cb',
    'http://localhost:8080/cb',
    'http://127.0.0.1:8080/cb',
    'http://[::1]:8080/cb',
    'https://[2001:db8::7]/cb',
  ])('%s', (uri) => expect(redirectFault(uri, 'web')).toBeNull());

  it.each([
    ['https://rp.example/*', 'wildcard'],
    ['https://*.example/cb', 'wildcard'],
    ['https://rp.example/cb#', 'fragment'],
    ['https://user@rp.example/cb', 'userinfo'],
    ['https://user:pw@rp.example/cb', 'userinfo'],
    ['https://@rp.example/cb', 'userinfo'],
    ['https://rp.example\\cb', 'character'],
    ['https://rp.example/c b', 'character'],
    ['https://rp.example/cb\n', 'character'],
    ['https://bücher.example/cb', 'character'],
    ['https://rp。example/cb', 'character'],
    ['https://rp.example/a%2Fb', 'encoded_separator'],
    ['https://rp.example/a%5cb', 'encoded_separator'],
    ['https://rp.example/%2e%2e/cb', 'encoded_separator'],
    ['https://rp.example/a%252fb', 'encoded_separator'],
    ['https://rp.example:443/cb', 'not_canonical'],
    ['https://RP.example/cb', 'not_canonical'],
    ['HTTPS://rp.example/cb', 'not_canonical'],
    ['https:/rp.example/cb', 'not_canonical'],
    ['https://rp.example/a/../cb', 'not_canonical'],
    ['https://rp.example./cb', 'host'],
    ['https://a;sandbox/cb', 'host'],
    ["https://a;form-action'self'/cb", 'host'],
    ["https://a'b.example/cb", 'host'],
    ['https://a,b.example/cb', 'host'],
    ['https://a$b.example/cb', 'host'],
    ['https://a_b.example/cb', 'host'],
    ['https://0x7f.1/cb', 'not_canonical'],
    ['http://rp.example/cb', 'http_outside_loopback'],
    ['http://127.0.0.2/cb', 'http_outside_loopback'],
    ['http://localhost.example/cb', 'http_outside_loopback'],
    ['http://localhost./cb', 'host'],
    ['http://[::ffff:127.0.0.1]/cb', 'not_canonical'],
    ['http://0.0.0.0/cb', 'host'],
    ['http://127.1/cb', 'not_canonical'],
    ['javascript:alert(1)', 'scheme'],
    ['data:text/html,x', 'scheme'],
    ['com.example.app:/cb', 'scheme'],
    ['rp.example/cb', 'not_an_address'],
    ['', 'character'],
    [`https://rp.example/${'a'.repeat(3000)}`, 'too_long'],
  ])('%s: %s', (uri, fault) => expect(redirectFault(uri, 'web')).toBe(fault));

  it('a native app may have a scheme that is a name it owns, and no other', () => {
    expect(redirectFault('com.example.app:/cb', 'native')).toBeNull();
    for (const uri of [
      'myapp:/cb',
      'myapp://cb',
      'javascript:/x',
      'com.example.app://host/cb',
      'com.example.app:cb',
      'file:///etc/passwd',
    ]) {
      expect([uri, redirectFault(uri, 'native')]).toEqual([uri, 'scheme']);
    }
  });
});

describe('an app', () => {
  it('needs only its addresses; the rest has a safe default', () => {
    expect(checkClientMetadata({ redirect_uris: ['https://rp.example/cb'] })).toMatchObject({
      ok: true,
      value: {
        application_type: 'web',
        token_endpoint_auth_method: 'client_secret_basic',
        grant_types: ['authorization_code'],
        response_modes: ['query'],
        id_token_signed_response_alg: 'RS256',
      },
    });
  });

  it('is told everything that is wrong at once, by field', () => {
    expect(
      faultsOf({
        redirect_uris: ['http://rp.example', 'https://ok.example/', 'x'],
        post_logout_redirect_uris: ['https://a.example/#'],
        backchannel_logout_uri: 'http://internal/',
      }),
    ).toEqual([
      'redirect_uris.0',
      'redirect_uris.2',
      'post_logout_redirect_uris.0',
      'backchannel_logout_uri',
    ]);
  });

  it.each([
    [{ grant_types: ['authorization_code', 'implicit'] }, 'grant_types.1'],
    [{ grant_types: ['password'] }, 'grant_types.0'],
    [{ grant_types: ['refresh_token'] }, 'grant_types'],
    [{ response_types: ['token'] }, ''],
    [{ jwks_uri: 'https://rp.example/jwks' }, ''],
    [{ sector_identifier_uri: 'https://rp.example/s' }, ''],
    [{ token_endpoint_auth_method: 'client_secret_jwt' }, 'token_endpoint_auth_method'],
    [{ token_endpoint_auth_method: 'private_key_jwt' }, 'jwks'],
    [{ id_token_signed_response_alg: 'none' }, 'id_token_signed_response_alg'],
    [{ id_token_signed_response_alg: 'HS256' }, 'id_token_signed_response_alg'],
    [{ scope: 'openid admin' }, 'scope'],
    [{ redirect_uris: [] }, 'redirect_uris'],
    [{ refresh_absolute_s: 31 * 86_400 }, 'refresh_absolute_s'],
    [{ refresh_idle_s: 7200, refresh_absolute_s: 3600 }, 'refresh_idle_s'],
    [
      { subject_type: 'pairwise', redirect_uris: ['https://a.example/', 'https://b.example/'] },
      'redirect_uris',
    ],
    [{ jwks: { keys: [{ kty: 'oct', k: 'AA' }] } }, 'jwks.keys.0.kty'],
    [{ jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'c' }] } }, 'jwks.keys.0'],
    [{ jwks: { keys: [{ kty: 'RSA', e: 'AQAB', n: 'A'.repeat(171) }] } }, 'jwks.keys.0'],
  ])('is refused with %j', (input, field) => expect(faultsOf(input)).toContain(field));

  const app = {
    id: 'a',
    name: 'A',
    clientId: 'c',
    strength: null,
    createdAt: 0,
    metadata: { redirect_uris: ['https://rp.example/cb'] },
  } as unknown as Parameters<typeof toClient>[0];

  it.each([null, ''])('whose secret is %j is no client', (secret) =>
    expect(toClient({ ...app, secret })).toBeNull(),
  );

  it('that is public has no secret to leak', () => {
    const metadata = { ...app.metadata, token_endpoint_auth_method: 'none' };
    expect(toClient({ ...app, metadata, secret: 'x' })).toBeNull();
    expect(toClient({ ...app, metadata, secret: null })).not.toHaveProperty('client_secret');
  });

  it('never refreshes beyond its absolute life', () => {
    expect(refreshLives({ refresh_absolute_s: 600 })).toEqual({ absoluteS: 600, idleS: 600 });
    expect(refreshLives({})).toEqual({ absoluteS: 43_200, idleS: 1_800 });
  });
});
