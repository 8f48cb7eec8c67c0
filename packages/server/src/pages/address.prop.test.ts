import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authenticatorAddress, factorAddress, safeAddress, signinAddress, signinWith } from './address.ts';

// What an attacker had before: an address from outside in a link, as a script or as a way to another site.

describe('safeAddress', () => {
  it.each(['/', '/signin?x=1&y=2', 'https://app.example/callback?code=1', 'http://localhost:8080/'])(
    'keeps %s',
    (address) => {
      expect(safeAddress(address)).toBe(address);
    },
  );

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    '/\tx',
    '\\evil',
    '',
    'https://',
    'JAVASCRIPT://x',
  ])('refuses %j', (address) => {
    expect(safeAddress(address)).toBe('/');
  });

  it('gives a path of this site or an http address, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ size: 'xsmall' })), (text) => {
        const address = new URL(safeAddress(text), 'https://login.example');
        expect(['http:', 'https:']).toContain(address.protocol);
        if (!/^https?:/i.test(text)) expect(address.origin).toBe('https://login.example');
      }),
    );
  });
});

describe('authenticatorAddress', () => {
  it('is an otpauth address or none', () => {
    expect(authenticatorAddress('otpauth://totp/A:b?secret=C')).toBe('otpauth://totp/A:b?secret=C');
    expect(authenticatorAddress('javascript:alert(1)')).toBeNull();
  });
});

it('an id stays one part of its path', () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      expect(signinAddress(id, 'totp').split('/')).toHaveLength(4);
      expect(factorAddress(id, 'remove').split('/')).toHaveLength(5);
      expect(signinWith('t', id).split(/[?&]/)).toHaveLength(2);
    }),
  );
});
