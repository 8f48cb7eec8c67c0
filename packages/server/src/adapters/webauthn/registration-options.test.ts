import { describe, expect, it } from 'vitest';
import { assertionOptions } from './assertion-options.ts';
import { LENIENT } from './ceremony-fixture.ts';
import { registrationOptions } from './registration-options.ts';

const ask = {
  rpId: 'sso.example.test',
  rpName: 'Example',
  userHandle: 'cmFuZG9t',
  name: 'kim',
  displayName: 'Kim',
  challenge: 'Y2hhbGxlbmdl',
  excludeCredentials: [{ id: 'AQID', transports: ['usb'] }],
  policy: LENIENT,
  timeout: 300_000,
};

describe('options for the browser', () => {
  it('for a registration say what the policy says', () => {
    expect(
      registrationOptions({ ...ask, policy: { ...LENIENT, attestation: 'direct', residentKey: 'required' } }),
    ).toEqual({
      rp: { id: 'sso.example.test', name: 'Example' },
      user: { id: 'cmFuZG9t', name: 'kim', displayName: 'Kim' },
      challenge: 'Y2hhbGxlbmdl',
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 300_000,
      excludeCredentials: [{ type: 'public-key', id: 'AQID', transports: ['usb'] }],
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'preferred',
      },
      attestation: 'direct',
      extensions: { credProps: true },
    });
  });

  it('ask for attestation when there is a list of allowed models, which cannot be kept without', () => {
    expect(registrationOptions(ask).attestation).toBe('none');
    expect(registrationOptions({ ...ask, policy: { ...LENIENT, allowedModels: [] } }).attestation).toBe(
      'direct',
    );
  });

  it('for an assertion send credential ids only when told to (R-PRV-02)', () => {
    const plain = {
      rpId: 'sso.example.test',
      challenge: 'Y2hhbGxlbmdl',
      userVerification: 'required',
      timeout: 300_000,
    } as const;
    expect(assertionOptions(plain)).toEqual(plain);
    expect(
      assertionOptions({ ...plain, allowCredentials: [{ id: 'AQID', transports: [] }] }).allowCredentials,
    ).toEqual([{ type: 'public-key', id: 'AQID', transports: [] }]);
  });
});
