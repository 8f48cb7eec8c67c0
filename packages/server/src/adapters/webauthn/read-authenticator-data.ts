import { createHash } from 'node:crypto';
import type { BackupState, WebAuthnReason } from '@countersign/core/factor/judge-webauthn-facts';
import { equalBytes } from '@countersign/core/kernel/bytes';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import { convertAAGUIDToString, parseAuthenticatorData } from './simplewebauthn.ts';

export interface AuthenticatorData {
  readonly userVerified: boolean;
  readonly backup: BackupState;
  readonly counter: number;
  readonly attested: {
    readonly aaguid: string;
    readonly credentialId: Uint8Array;
    readonly publicKey: Uint8Array<ArrayBuffer>;
  } | null;
}

/** RP id, presence and backup flags are checked (R-WAR-05, R-WAR-06). Throws on broken CBOR; signed by nobody yet. */
export function readAuthenticatorData(
  bytes: Uint8Array<ArrayBuffer>,
  rpId: string,
): Result<AuthenticatorData, WebAuthnReason> {
  const data = parseAuthenticatorData(bytes);
  const { flags, aaguid, credentialID, credentialPublicKey } = data;
  if (!equalBytes(data.rpIdHash, createHash('sha256').update(rpId, 'utf8').digest()))
    return err('webauthn.wrong_rp');
  if (!flags.up) return err('webauthn.user_not_present');
  if (flags.bs && !flags.be) return err('webauthn.backup_flags');
  return ok({
    userVerified: flags.uv,
    backup: flags.bs ? 'backed-up' : flags.be ? 'eligible' : 'device-bound',
    counter: data.counter,
    attested:
      aaguid === undefined || credentialID === undefined || credentialPublicKey === undefined
        ? null
        : {
            aaguid: convertAAGUIDToString(aaguid),
            credentialId: credentialID,
            publicKey: credentialPublicKey,
          },
  });
}
