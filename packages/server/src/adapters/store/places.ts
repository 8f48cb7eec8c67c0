import type { Place } from '../keys/sealer.ts';

/** Where each sealed column lives, named once so that what seals and what opens cannot differ. */
export const totpSeedAt = (factorId: string): Place => ({
  table: 'totp_secret',
  column: 'seed',
  row: factorId,
});
export const pendingSecretAt = (id: string): Place => ({
  table: 'pending_factor',
  column: 'secret',
  row: id,
});
export const mailParamsAt = (id: string): Place => ({ table: 'outbox', column: 'params', row: id });
export const appSecretAt = (id: string): Place => ({ table: 'app', column: 'secret', row: id });
export const signingKeyAt = (kid: string): Place => ({
  table: 'signing_key',
  column: 'private_key',
  row: kid,
});
export const artifactAt = (model: string, idHash: Uint8Array): Place => ({
  table: 'oidc_artifact',
  column: 'payload',
  row: `${model}/${Buffer.from(idHash).toString('hex')}`,
});
