import type { Vault } from '../ports/vault.ts';
import type { Sealer } from './keys/sealer.ts';
import { pendingSecretAt, totpSeedAt } from './store/places.ts';

export const createVault = (sealer: Sealer): Vault => ({
  openTotpSeed: (factorId, sealed) => sealer.open(totpSeedAt(factorId), sealed),
  openPendingSecret: (pendingId, sealed) => sealer.open(pendingSecretAt(pendingId), sealed),
  strangerSubject: (name) => `name:${sealer.tag('stranger', name).toString('base64url')}`,
  sprayKey: sealer.derive('password-spray'),
});
