import type { RegistrationFacts, WebAuthnReason } from '@countersign/core/factor/judge-webauthn-facts';
import { equalBytes } from '@countersign/core/kernel/bytes';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { AttestationTrust, ExpectedCeremony } from '../../ports/webauthn.ts';
import { checkClientData } from './check-client-data.ts';
import { isWholeCbor } from './is-whole-cbor.ts';
import { parseRegistrationResponse, type RegistrationResponse } from './parse-registration-response.ts';
import { readAttestation } from './read-attestation.ts';
import { readAuthenticatorData } from './read-authenticator-data.ts';
import { COSE_ALGORITHMS, readCoseKey } from './read-cose-key.ts';
import { decodeAttestationObject, verifyRegistrationResponse } from './simplewebauthn.ts';

/** Runs the format's procedure. Everything else has been checked by now, so a dislike is of the statement (R-WAR-07). */
async function isStatementSound(
  response: RegistrationResponse,
  expected: ExpectedCeremony,
): Promise<boolean> {
  const id = response.credentialId.text;
  try {
    const { verified } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: response.clientDataJSON.text,
          attestationObject: response.attestationObject.text,
        },
      },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: expected.rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: [...COSE_ALGORITHMS],
    });
    return verified;
  } catch {
    return false;
  }
}

async function read(
  value: unknown,
  expected: ExpectedCeremony,
  trust: AttestationTrust,
): Promise<Result<RegistrationFacts, WebAuthnReason>> {
  const response = parseRegistrationResponse(value);
  if (response === null) return err('webauthn.malformed');
  const reason = checkClientData(response.clientDataJSON.bytes, 'webauthn.create', expected);
  if (reason !== null) return err(reason);
  if (!isWholeCbor(response.attestationObject.bytes)) return err('webauthn.malformed');
  const decoded: unknown = decodeAttestationObject(response.attestationObject.bytes);
  if (!(decoded instanceof Map)) return err('webauthn.malformed');
  const authData: unknown = decoded.get('authData');
  if (!(authData instanceof Uint8Array)) return err('webauthn.malformed');
  const data = readAuthenticatorData(new Uint8Array(authData), expected.rpId);
  if (!data.ok) return data;
  const { attested } = data.value;
  if (attested === null || !equalBytes(attested.credentialId, response.credentialId.bytes))
    return err('webauthn.malformed');
  const algorithm = readCoseKey(attested.publicKey);
  if (algorithm === null) return err('webauthn.wrong_algorithm');
  const key = { aaguid: attested.aaguid, algorithm };
  const attestation = readAttestation(decoded.get('fmt'), decoded.get('attStmt'), key, trust);
  if (attestation === null || !(await isStatementSound(response, expected)))
    return err('webauthn.attestation_refused');
  return ok({
    credentialId: response.credentialId.text,
    publicKey: attested.publicKey,
    algorithm,
    counter: data.value.counter,
    aaguid: attested.aaguid,
    userVerified: data.value.userVerified,
    backup: data.value.backup,
    discoverable: response.discoverable,
    transports: response.transports,
    attestation: attestation.fact,
    model: attestation.model,
  });
}

/** Reads an answer to `navigator.credentials.create()`; what is established stands at `RegistrationFacts`. */
export async function readRegistration(
  value: unknown,
  expected: ExpectedCeremony,
  trust: AttestationTrust,
): Promise<Result<RegistrationFacts, WebAuthnReason>> {
  try {
    return await read(value, expected, trust);
  } catch {
    // Broken CBOR or a broken certificate.
    return err('webauthn.malformed');
  }
}
