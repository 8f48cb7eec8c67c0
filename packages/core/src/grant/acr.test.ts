import { describe, expect, test } from 'vitest';
import type { Proof } from '../factor/proof.ts';
import { asId } from '../kernel/id.ts';
import { acrFor, amrOf, strengthOfAcr } from './acr.ts';

const password: Proof = {
  method: 'password',
  factorId: asId('p'),
  at: 5,
  categories: ['knowledge'],
  phishingResistant: false,
  hardwareBound: false,
};
const totp: Proof = {
  method: 'totp',
  factorId: asId('t'),
  at: 9,
  categories: ['possession'],
  phishingResistant: false,
  hardwareBound: false,
};
const passkey: Proof = {
  method: 'passkey',
  factorId: asId('k'),
  at: 9,
  categories: ['possession', 'inherence'],
  phishingResistant: true,
  hardwareBound: false,
};

describe('acr and amr state what happened (I-12)', () => {
  test('the first value asked for that was reached is answered', () => {
    expect(acrFor('phishing-resistant', ['phrh', 'phr', 'urn:countersign:acr:mfa'])).toBe('phr');
  });
  test('what was not reached is never answered, the true value is', () => {
    expect(acrFor('mfa-no-sms', ['phr'])).toBe('urn:countersign:acr:mfa-no-sms');
    expect(acrFor('mfa', ['unknown'])).toBe('urn:countersign:acr:mfa');
  });
  test('phr and phrh map to their strengths, anything else to none (R-OIDC-22)', () => {
    expect(strengthOfAcr('phr')).toBe('phishing-resistant');
    expect(strengthOfAcr('phrh')).toBe('hardware-bound');
    expect(strengthOfAcr('gold')).toBeNull();
  });
  test('amr names the proofs given and mfa only when it was', () => {
    expect(amrOf([password, totp], 'mfa-no-sms')).toEqual(['pwd', 'otp', 'mfa']);
    expect(amrOf([passkey], 'phishing-resistant')).toEqual(['swk', 'user', 'mfa']);
    expect(amrOf([password], 'password-only')).toEqual(['pwd']);
  });
});
