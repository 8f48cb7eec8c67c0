import { SettingsService } from '@simplewebauthn/server';

export { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
export {
  convertAAGUIDToString,
  decodeAttestationObject,
  decodeCredentialPublicKey,
  parseAuthenticatorData,
} from '@simplewebauthn/server/helpers';

/**
 * The only file that imports SimpleWebAuthn. Its two global services reach the network: the metadata service
 * downloads when initialised (it never is), and its certificate path check fetches the revocation lists that the
 * certificates name. The path check is skipped for a format without roots, so we leave it none and check the path
 * ourselves (`verify-certificate-chain.ts`), against roots that are an argument.
 */
export const MDS_ROOTS: readonly string[] = SettingsService.getRootCertificates({ identifier: 'mds' });

const FORMATS = ['packed', 'fido-u2f', 'tpm', 'apple', 'android-key', 'android-safetynet', 'mds'] as const;
for (const identifier of FORMATS) SettingsService.setRootCertificates({ identifier, certificates: [] });
