import type { AssertionFacts, WebAuthnReason } from '@countersign/core/factor/judge-webauthn-facts';
import { err, ok, type Result } from '@countersign/core/kernel/result';
import type { ExpectedCeremony } from '../../ports/webauthn.ts';
import { checkClientData } from './check-client-data.ts';
import { isEcdsaSignature } from './is-ecdsa-signature.ts';
import { type AssertionResponse, parseAssertionResponse } from './parse-assertion-response.ts';
import { readAuthenticatorData } from './read-authenticator-data.ts';
import { readCoseKey } from './read-cose-key.ts';
import { verifyAuthenticationResponse } from './simplewebauthn.ts';

const ES256 = -7;

interface Credential {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
}

/** Everything else has been checked by now, so whatever the library dislikes is the signature (R-WAA-05). */
async function isSigned(
  response: AssertionResponse,
  expected: ExpectedCeremony,
  key: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const id = response.credentialId.text;
  try {
    const { verified } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: response.clientDataJSON.text,
          authenticatorData: response.authenticatorData.text,
          signature: response.signature.text,
        },
      },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: expected.rpId,
      ...(expected.framedBy === undefined ? {} : { expectedTopOrigin: expected.framedBy }),
      // Counter and user verification are core's to judge, which needs the facts of a regressed counter too.
      credential: { id, publicKey: key, counter: 0 },
      requireUserVerification: false,
    });
    return verified;
  } catch {
    return false;
  }
}

/** Reads an answer to `navigator.credentials.get()`; what is established stands at `AssertionFacts`. */
export async function readAssertion(
  value: unknown,
  expected: ExpectedCeremony,
  credential: Credential,
): Promise<Result<AssertionFacts, WebAuthnReason>> {
  try {
    const response = parseAssertionResponse(value);
    if (response === null) return err('webauthn.malformed');
    if (response.credentialId.text !== credential.credentialId) return err('webauthn.unknown_credential');
    const reason = checkClientData(response.clientDataJSON.bytes, 'webauthn.get', expected);
    if (reason !== null) return err(reason);
    const data = readAuthenticatorData(response.authenticatorData.bytes, expected.rpId);
    if (!data.ok) return data;
    const key = new Uint8Array(credential.publicKey);
    const algorithm = readCoseKey(key);
    if (algorithm === null) return err('webauthn.wrong_algorithm');
    const isShaped = algorithm !== ES256 || isEcdsaSignature(response.signature.bytes);
    if (!isShaped || !(await isSigned(response, expected, key))) return err('webauthn.bad_signature');
    return ok({
      credentialId: response.credentialId.text,
      userHandle: response.userHandle?.text ?? null,
      userVerified: data.value.userVerified,
      backup: data.value.backup,
      counter: data.value.counter,
    });
  } catch {
    // Broken CBOR in the authenticator data.
    return err('webauthn.malformed');
  }
}
