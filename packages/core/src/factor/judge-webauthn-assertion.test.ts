import { describe, expect, it } from 'vitest';
import { asId } from '../kernel/id.ts';
import { type AssertionAsk, judgeAssertion, type StoredCredential } from './judge-webauthn-assertion.ts';
import type { AssertionFacts, WebAuthnTraits } from './judge-webauthn-facts.ts';
import { strengthOf } from './strength.ts';

const traits: WebAuthnTraits = {
  kind: 'webauthn',
  discoverable: true,
  userVerifying: true,
  backupEligible: false,
  backedUp: false,
  aaguid: '00000000-0000-0000-0000-000000000000',
  attested: false,
  transports: [],
};
const synced: WebAuthnTraits = { ...traits, backupEligible: true };
const facts: AssertionFacts = {
  credentialId: 'AQID',
  userHandle: 'dXNlcg',
  userVerified: true,
  backup: 'device-bound',
  counter: 8,
};
const stored: StoredCredential = {
  method: 'passkey',
  credentialId: 'AQID',
  userHandle: 'dXNlcg',
  counter: 7,
  traits,
};
const ask: AssertionAsk = {
  factorId: asId<'factor'>('f1'),
  at: 1_000,
  userVerification: 'preferred',
  userHandleRequired: false,
  allowed: null,
};
const judge = (
  f: Partial<AssertionFacts> = {},
  s: Partial<StoredCredential> = {},
  a: Partial<AssertionAsk> = {},
) => judgeAssertion({ ...facts, ...f }, { ...stored, ...s }, { ...ask, ...a });
const refused = (reason: string, alarm = false) => ({ ok: false, error: { reason, alarm } });
const strength = (result: ReturnType<typeof judge>) => (result.ok ? strengthOf([result.value.proof]) : null);

describe('R-WAA-03 user verification decides how many factors a key is', () => {
  it('with it, one key reaches mfa by itself, bound to hardware', () => {
    const result = judge();
    expect(result).toMatchObject({
      ok: true,
      value: {
        method: 'passkey',
        nextCounter: 8,
        backedUp: false,
        userVerificationIsNew: false,
        proof: {
          method: 'passkey',
          factorId: 'f1',
          at: 1_000,
          categories: ['possession', 'inherence'],
          hardwareBound: true,
        },
      },
    });
    expect(strength(result)).toBe('hardware-bound');
  });

  it('when only preferred and not done, the result is possession and never mfa', () => {
    const result = judge({ userVerified: false });
    expect(result).toMatchObject({
      ok: true,
      value: { proof: { categories: ['possession'], phishingResistant: true } },
    });
    expect(strength(result)).toBe('password-only');
  });

  it('S-23 when required and not done, it is refused', () => {
    expect(judge({ userVerified: false }, {}, { userVerification: 'required' })).toEqual(
      refused('webauthn.user_not_verified'),
    );
  });

  it('a PIN set on a found key that was enrolled without one counts for nothing', () => {
    const withoutPin = { traits: { ...traits, userVerifying: false } };
    const result = judge({}, withoutPin);
    expect(result).toMatchObject({
      ok: true,
      value: { userVerificationIsNew: true, proof: { categories: ['possession'] } },
    });
    expect(judge({}, withoutPin, { userVerification: 'required' })).toEqual(
      refused('webauthn.user_not_verified'),
    );
  });
});

describe('I-27 a counter that does not grow is refused', () => {
  it.each([
    [7, 7],
    [6, 7],
    [0, 7],
  ])('device-bound: %i after %i, with an alarm', (counter, before) => {
    expect(judge({ counter }, { counter: before })).toEqual(refused('webauthn.counter_regressed', true));
  });

  it('synced: refused as well, without an alarm', () => {
    expect(judge({ counter: 3, backup: 'eligible' }, { traits: synced })).toEqual(
      refused('webauthn.counter_regressed'),
    );
  });

  it('a key that has no counter reports nought for ever', () => {
    expect(judge({ counter: 0 }, { counter: 0 })).toMatchObject({ ok: true, value: { nextCounter: 0 } });
    expect(judge({ counter: 1 }, { counter: 0 }).ok).toBe(true);
  });
});

describe('I-25 ownership', () => {
  it('S-22 another credential than the stored one, or one that was not allowed, is refused', () => {
    expect(judge({ credentialId: 'BBBB' })).toEqual(refused('webauthn.unknown_credential'));
    expect(judge({}, {}, { allowed: ['BBBB'] })).toEqual(refused('webauthn.unknown_credential'));
    expect(judge({}, {}, { allowed: ['BBBB', 'AQID'] }).ok).toBe(true);
  });

  it('a user handle of somebody else is refused (R-WAA-01)', () => {
    expect(judge({ userHandle: 'b3RoZXI' })).toEqual(refused('webauthn.wrong_user'));
  });

  it('a missing user handle is refused when nobody was named before, and fine otherwise', () => {
    expect(judge({ userHandle: null }, {}, { userHandleRequired: true })).toEqual(
      refused('webauthn.wrong_user'),
    );
    expect(judge({ userHandle: null }).ok).toBe(true);
  });
});

describe('R-WAA-04 backup flags', () => {
  it('a device-bound key that turns up backup-eligible is refused with an alarm', () => {
    expect(judge({ backup: 'eligible' })).toEqual(refused('webauthn.backup_flags', true));
  });

  it('a synced key that turns up device-bound is refused', () => {
    expect(judge({}, { traits: synced })).toEqual(refused('webauthn.backup_flags'));
  });

  it('R-WAA-07 a synced key is never hardware-bound, and its backup state follows the flag', () => {
    const result = judge({ backup: 'backed-up' }, { traits: synced });
    expect(result).toMatchObject({ ok: true, value: { backedUp: true, proof: { hardwareBound: false } } });
    expect(strength(result)).toBe('phishing-resistant');
  });
});
