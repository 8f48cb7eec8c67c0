import { credentialIdOf, type Encoded, encodedField, fieldsOf, LIMITS } from './bounded-fields.ts';

export interface AssertionResponse {
  readonly credentialId: Encoded;
  readonly clientDataJSON: Encoded;
  readonly authenticatorData: Encoded;
  readonly signature: Encoded;
  readonly userHandle: Encoded | null;
}

/** AuthenticationResponseJSON from an untrusted client: shape and sizes only. Fields that we do not use are ignored. */
export function parseAssertionResponse(value: unknown): AssertionResponse | null {
  const outer = fieldsOf(value);
  const inner = fieldsOf(outer?.['response']);
  if (outer === null || inner === null) return null;
  const credentialId = credentialIdOf(outer);
  const clientDataJSON = encodedField(inner['clientDataJSON'], LIMITS.clientDataJSON);
  const authenticatorData = encodedField(inner['authenticatorData'], LIMITS.authenticatorData);
  const signature = encodedField(inner['signature'], LIMITS.signature);
  if (credentialId === null || clientDataJSON === null || authenticatorData === null || signature === null)
    return null;
  // Absent, null and (from old browsers) empty all mean that the authenticator named nobody.
  const named = inner['userHandle'] ?? '';
  const userHandle = encodedField(named, LIMITS.userHandle);
  if (userHandle === null && named !== '') return null;
  return { credentialId, clientDataJSON, authenticatorData, signature, userHandle };
}
