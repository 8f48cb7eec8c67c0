import { randomBytes } from 'node:crypto';
import type { RegistrationPolicy } from '@countersign/core/factor/judge-webauthn-registration';
import type { AttestationTrust, ExpectedCeremony, FidoModel } from '../../ports/webauthn.ts';
import { fidoModels } from './fido-models.ts';
import { registrationOptions } from './registration-options.ts';

/** For tests only: one relying party, and ceremonies with fresh challenges. */
export const ORIGIN = 'https://sso.example.test';
export const RP_ID = 'sso.example.test';
export const NOW = Date.parse('2026-11-01T00:00:00Z');

export const LENIENT: RegistrationPolicy = {
  attestation: 'none',
  userVerification: 'preferred',
  residentKey: 'preferred',
  syncedKeys: 'allowed',
  allowedModels: null,
  blockedModels: [],
  algorithms: [-8, -7, -257],
};

export const freshChallenge = (): string => randomBytes(32).toString('base64url');

export const expecting = (challenge: string): ExpectedCeremony => ({
  challenge,
  origin: ORIGIN,
  rpId: RP_ID,
});

export const creationFor = (challenge: string) =>
  registrationOptions({
    rpId: RP_ID,
    rpName: 'Example',
    userHandle: randomBytes(32).toString('base64url'),
    name: 'kim',
    displayName: 'Kim',
    challenge,
    excludeCredentials: [],
    policy: LENIENT,
    timeout: 300_000,
  });

export const requestFor = (challenge: string) => ({ rpId: RP_ID, challenge });

export const model = (aaguid: string | null, root: Uint8Array, more: Partial<FidoModel> = {}): FidoModel => ({
  aaguid,
  keyIdentifiers: [],
  description: 'Test key',
  roots: [Buffer.from(root).toString('base64')],
  statuses: ['FIDO_CERTIFIED_L1'],
  compromised: false,
  ...more,
});

export const trusting = (...models: readonly FidoModel[]): AttestationTrust => ({
  models: fidoModels(models),
  now: NOW,
});
