import { describe, expect, test } from 'vitest';
import { asId } from '../kernel/id.ts';
import { atLeast, strengthOf } from './strength.ts';
import type { Proof } from './proof.ts';

const proof = (method: Proof['method'], more: Partial<Proof> = {}): Proof => ({
  method,
  factorId: asId('f'),
  at: 1,
  categories: method === 'password' ? ['knowledge'] : ['possession'],
  phishingResistant: false,
  hardwareBound: false,
  ...more,
});
const password = proof('password');
const totp = proof('totp');
const sms = proof('sms');
const key = proof('security-key', { phishingResistant: true, hardwareBound: true });
const synced = proof('passkey', { categories: ['possession', 'inherence'], phishingResistant: true });
const bound = proof('passkey', {
  categories: ['possession', 'inherence'],
  phishingResistant: true,
  hardwareBound: true,
});

describe('strengths count independent categories, never proofs (G-01)', () => {
  test.each([
    ['nothing proves nothing', [], null],
    ['a password alone', [password], 'password-only'],
    ['two possessions are one category', [totp, sms], 'password-only'],
    ['a key without user verification is possession alone (R-WAA-03)', [key], 'password-only'],
    ['password and SMS', [password, sms], 'mfa'],
    ['password and TOTP', [password, totp], 'mfa-no-sms'],
    ['an SMS beside a TOTP takes nothing away', [password, totp, sms], 'mfa-no-sms'],
    ['a synced passkey alone', [synced], 'phishing-resistant'],
    ['a device-bound passkey alone', [bound], 'hardware-bound'],
    ['password and security key', [password, key], 'hardware-bound'],
  ] as const)('%s', (_, proofs, strength) => {
    expect(strengthOf(proofs)).toBe(strength);
  });

  test('recovery codes and temporary passes never count towards a strength (I-12)', () => {
    const recovery = proof('recovery-code');
    const pass = proof('temporary-pass', { categories: ['knowledge'] });
    expect(strengthOf([recovery])).toBeNull();
    expect(strengthOf([pass, recovery])).toBeNull();
    expect(strengthOf([password, recovery])).toBe('password-only');
    expect(strengthOf([pass, totp])).toBe('password-only');
  });

  test('nothing reached is at least nothing, not even the weakest strength', () => {
    expect(atLeast(null, 'password-only')).toBe(false);
  });
});
