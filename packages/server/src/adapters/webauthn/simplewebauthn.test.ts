import {
  SettingsService,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { makeCertificate } from '@countersign/testkit/authenticators/webauthn-certificate';
import { createWebAuthnKey } from '@countersign/testkit/authenticators/webauthn-key';
import { afterEach, describe, expect, it } from 'vitest';
import { creationFor, freshChallenge, ORIGIN, requestFor, RP_ID } from './ceremony-fixture.ts';
import { MDS_ROOTS } from './simplewebauthn.ts';

const trust = (...roots: readonly Uint8Array[]): void =>
  SettingsService.setRootCertificates({
    identifier: 'packed',
    certificates: roots.map((root) => new Uint8Array(root)),
  });

/** The library by itself: what we rely on in it, and that the soft key speaks to a verifier that is not ours. */
const register = (key: ReturnType<typeof createWebAuthnKey>) => {
  const challenge = freshChallenge();
  return verifyRegistrationResponse({
    response: key.create(creationFor(challenge), ORIGIN),
    expectedChallenge: challenge,
    expectedOrigin: ORIGIN,
    expectedRPID: RP_ID,
  });
};

describe('the soft key against SimpleWebAuthn alone', () => {
  it.each([-7, -8, -257] as const)('registers and signs in with algorithm %i', async (algorithm) => {
    for (const attestation of ['none', 'packed', 'packed-self'] as const) {
      const key = createWebAuthnKey({ attestation, algorithm });
      const registered = await register(key);
      if (!registered.verified) throw new Error('Not verified.');
      const challenge = freshChallenge();
      const { verified } = await verifyAuthenticationResponse({
        response: key.get(requestFor(challenge), ORIGIN),
        expectedChallenge: challenge,
        expectedOrigin: ORIGIN,
        expectedRPID: RP_ID,
        credential: registered.registrationInfo.credential,
      });
      expect(verified).toBe(true);
    }
  });
});

describe('GHSA-6hxq-p678-4hr2 in the version in use', () => {
  afterEach(() => trust());

  it('a self-signed root at the end of x5c is no anchor, while the trusted root is', async () => {
    const genuine = makeCertificate({ subject: 'Maker root', ca: true });
    const attacker = makeCertificate({ subject: 'Maker root', ca: true });
    trust(genuine.der);
    expect(
      (await register(createWebAuthnKey({ attestation: 'packed', attestationRoot: genuine }))).verified,
    ).toBe(true);
    const forged = createWebAuthnKey({
      attestation: 'packed',
      attestationRoot: attacker,
      chainTail: [attacker.der],
    });
    await expect(register(forged)).rejects.toThrow();
  });
});

describe("the library's global services", () => {
  it('hold no roots, so its path check, which fetches revocation lists, is never entered', () => {
    for (const identifier of [
      'packed',
      'fido-u2f',
      'tpm',
      'apple',
      'android-key',
      'android-safetynet',
      'mds',
    ] as const) {
      expect(SettingsService.getRootCertificates({ identifier })).toEqual([]);
    }
  });

  it('gave us the roots of the FIDO Alliance before', () => {
    expect(MDS_ROOTS).toHaveLength(2);
  });
});
