import { describe, expect, it } from 'vitest';
import type { RegistrationFacts } from './judge-webauthn-facts.ts';
import { judgeRegistration, type RegistrationPolicy } from './judge-webauthn-registration.ts';

const AAGUID = '8446ccb9-ab1d-b374-750b-2367ff6f3a1f';
const facts: RegistrationFacts = {
  credentialId: 'AQID',
  publicKey: Uint8Array.of(1),
  algorithm: -7,
  counter: 4,
  aaguid: AAGUID,
  userVerified: true,
  backup: 'device-bound',
  discoverable: true,
  transports: ['usb'],
  attestation: { kind: 'trusted', format: 'packed' },
  model: { description: 'Key One', compromised: false },
};
const policy: RegistrationPolicy = {
  attestation: 'none',
  userVerification: 'preferred',
  residentKey: 'preferred',
  syncedKeys: 'allowed',
  allowedModels: null,
  blockedModels: [],
  algorithms: [-8, -7, -257],
};
const judge = (f: Partial<RegistrationFacts> = {}, p: Partial<RegistrationPolicy> = {}) =>
  judgeRegistration({ ...facts, ...f }, { ...policy, ...p });
const refused = (error: string) => ({ ok: false, error });

describe('I-26 the registration policy is enforced on the server', () => {
  it('keeps everything a later assertion is judged by (R-WAR-10)', () => {
    expect(judge()).toEqual({
      ok: true,
      value: {
        method: 'passkey',
        credentialId: 'AQID',
        publicKey: Uint8Array.of(1),
        algorithm: -7,
        counter: 4,
        modelName: 'Key One',
        traits: {
          kind: 'webauthn',
          discoverable: true,
          userVerifying: true,
          backupEligible: false,
          backedUp: false,
          aaguid: AAGUID,
          attested: true,
          transports: ['usb'],
        },
      },
    });
  });

  it.each(['none', 'self', 'untrusted'] as const)(
    'S-24 attestation of kind %s is refused when direct is required',
    (kind) => {
      const attestation = kind === 'untrusted' ? { kind, format: 'packed' } : { kind };
      expect(judge({ attestation }, { attestation: 'direct' })).toEqual(
        refused('webauthn.attestation_refused'),
      );
      expect(judge({ attestation })).toMatchObject({ ok: true, value: { traits: { attested: false } } });
    },
  );

  it('S-24 an algorithm that was not offered is refused', () => {
    expect(judge({ algorithm: -257 }, { algorithms: [-7] })).toEqual(refused('webauthn.wrong_algorithm'));
  });

  it('S-23 a key that did not verify its user is refused when that is required', () => {
    expect(judge({ userVerified: false }, { userVerification: 'required' })).toEqual(
      refused('webauthn.user_not_verified'),
    );
  });

  it("an allow list holds only for attested models: an AAGUID without attestation is the client's word", () => {
    expect(judge({}, { allowedModels: [AAGUID] }).ok).toBe(true);
    expect(judge({ attestation: { kind: 'none' } }, { allowedModels: [AAGUID] })).toEqual(
      refused('webauthn.attestation_refused'),
    );
    expect(judge({}, { allowedModels: [] })).toEqual(refused('webauthn.not_allowed_model'));
  });

  it('a blocked model is refused even without attestation', () => {
    const attestation = { kind: 'none' } as const;
    expect(judge({ attestation }, { blockedModels: [AAGUID] })).toEqual(
      refused('webauthn.not_allowed_model'),
    );
  });

  it('a model that its metadata calls revoked or compromised is refused under every policy', () => {
    const model = { description: 'Key One', compromised: true };
    expect(judge({ model })).toEqual(refused('webauthn.model_compromised'));
    expect(judge({ model }, { attestation: 'direct', allowedModels: [AAGUID] })).toEqual(
      refused('webauthn.model_compromised'),
    );
  });

  it.each(['eligible', 'backed-up'] as const)(
    'a synced key (%s) is refused where keys must be device-bound',
    (backup) => {
      expect(judge({ backup }, { syncedKeys: 'refused' })).toEqual(refused('webauthn.synced_key_refused'));
      expect(judge({ backup })).toMatchObject({
        ok: true,
        value: { traits: { backupEligible: true, backedUp: backup === 'backed-up' } },
      });
    },
  );

  it.each([
    [true, 'preferred', true, 'passkey'],
    [true, 'preferred', false, 'security-key'],
    [false, 'preferred', true, 'security-key'],
    [null, 'preferred', true, 'security-key'],
    [null, 'required', true, 'passkey'],
    [null, 'discouraged', true, 'security-key'],
  ] as const)(
    'discoverable %s, resident key %s, user verified %s makes a %s',
    (discoverable, residentKey, userVerified, method) => {
      expect(judge({ discoverable, userVerified }, { residentKey })).toMatchObject({
        ok: true,
        value: { method },
      });
    },
  );

  it('a key that says it is not discoverable is refused when that is required', () => {
    expect(judge({ discoverable: false }, { residentKey: 'required' })).toEqual(
      refused('webauthn.not_discoverable'),
    );
  });
});
