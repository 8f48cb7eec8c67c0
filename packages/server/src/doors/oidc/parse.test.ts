import { asId } from '@countersign/core/kernel/id';
import { describe, expect, it } from 'vitest';
import type { SessionOwner } from '../../ports/session-store.ts';
import { parseAuthorize } from './parse.ts';
import { isAbout, toAsk } from './to-ask.ts';

const parse = (params: Readonly<Record<string, unknown>>, hint?: unknown) =>
  parseAuthorize({ redirect_uri: 'https://rp.example/cb', ...params }, hint);
const claims = (idToken: unknown): string => JSON.stringify({ id_token: idToken });
const read = (params: Readonly<Record<string, unknown>>, hint?: unknown) => {
  const parsed = parse(params, hint);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('what a request demands of the sign-in', () => {
  it.each([
    [{}, { values: [], essential: false }],
    [{ acr_values: 'phr urn:x' }, { values: ['phr', 'urn:x'], essential: false }],
    [{ claims: claims({ acr: null }) }, { values: [], essential: false }],
    [{ claims: claims({ acr: { essential: true } }) }, { values: [], essential: false }],
    [{ claims: claims({ acr: { essential: true, value: 'phr' } }) }, { values: ['phr'], essential: true }],
    [
      { claims: claims({ acr: { essential: true, values: ['phr', 'phrh'] } }) },
      { values: ['phr', 'phrh'], essential: true },
    ],
    [
      { claims: claims({ acr: { values: ['phr'] } }), acr_values: 'a' },
      { values: ['phr', 'a'], essential: false },
    ],
  ])('%j', (params, acr) => expect(read(params).acr).toEqual(acr));

  it('acr_values beside an essential acr does not soften it', () => {
    expect(
      read({
        claims: claims({ acr: { essential: true, value: 'phr' } }),
        acr_values: 'urn:countersign:acr:mfa',
      }).acr,
    ).toEqual({ values: ['phr'], essential: true });
  });

  it.each([
    ['claims', { claims: 'not json' }],
    ['claims', { claims: '[]' }],
    ['claims', { claims: claims('x') }],
    ['acr', { claims: claims({ acr: 'phr' }) }],
    ['acr', { claims: claims({ acr: { essential: 'true', value: 'phr' } }) }],
    ['acr', { claims: claims({ acr: { essential: true, values: 'phr' } }) }],
    ['acr', { claims: claims({ acr: { essential: true, values: [1] } }) }],
    ['sub', { claims: claims({ sub: { value: 7 } }) }],
    ['max_age', { max_age: '-1' }],
    ['max_age', { max_age: '1.5' }],
    ['max_age', { max_age: 'soon' }],
    ['login_hint', { login_hint: 'a\0' }],
    ['login_hint', { login_hint: 'a\nb' }],
    ['login_hint', { login_hint: 'a\u202eb' }],
    ['login_hint', { login_hint: 'a'.repeat(255) }],
  ])('a malformed %s is an error, never a weaker demand: %j', (part, params) =>
    expect(parse(params)).toEqual({ ok: false, error: part }),
  );
});

describe('the ask', () => {
  const app = {
    id: asId<'app'>('a'),
    name: 'Files',
    clientId: 'c',
    metadata: {},
    strength: null,
    createdAt: 0,
  };
  const notBefore = (params: Readonly<Record<string, unknown>>) =>
    toAsk(read(params), app, null, 1_000_000).ask.notBefore;

  it('counts freshness from when the request began', () => {
    expect(notBefore({})).toBeNull();
    expect(notBefore({ max_age: '60' })).toBe(940_000);
    expect(notBefore({ prompt: 'login' })).toBe(1_000_000);
    expect(notBefore({ prompt: 'consent login', max_age: '60' })).toBe(1_000_000);
    expect(notBefore({ prompt: 'consent' })).toBeNull();
  });

  it('keeps of the acr values only those that mean something, each once', () => {
    const many = { acr_values: 'phr urn:x phr \0 urn:countersign:acr:mfa' };
    expect(toAsk(read(many), app, null, 0).askedAcr).toEqual(['phr', 'urn:countersign:acr:mfa']);
  });

  it('names the one origin that the page may lead to', () => {
    const origin = (uri: string) => toAsk(read({ redirect_uri: uri }), app, null, 0).returnOrigin;
    expect(origin('https://rp.example:8443/cb?x=1')).toBe('https://rp.example:8443');
    expect(origin('com.example.app:/cb')).toBe('com.example.app:');
  });

  const owner = {
    person: { account: { login: 'alice', email: 'Alice@Example.org' } },
  } as unknown as SessionOwner;
  it.each([
    [{}, undefined, true],
    [{ login_hint: ' ALICE ' }, undefined, true],
    [{ login_hint: 'alice@example.org' }, undefined, true],
    [{ login_hint: 'bob' }, undefined, false],
    [{}, { sub: 'me' }, true],
    [{}, { sub: 'other' }, false],
    [{ claims: claims({ sub: { value: 'me' } }) }, { sub: 'other' }, false],
    [{ claims: claims({ sub: { value: 'other' } }) }, { sub: 'me' }, false],
  ])('is about one person: %j with hint %j: %s', (params, hint, expected) =>
    expect(isAbout(read(params, hint), owner, 'me')).toBe(expected),
  );
});
