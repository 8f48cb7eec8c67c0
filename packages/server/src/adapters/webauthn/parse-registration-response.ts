import { credentialIdOf, type Encoded, encodedField, fieldsOf, LIMITS } from './bounded-fields.ts';

export interface RegistrationResponse {
  readonly credentialId: Encoded;
  readonly clientDataJSON: Encoded;
  readonly attestationObject: Encoded;
  readonly transports: readonly string[];
  readonly discoverable: boolean | null;
}

const TRANSPORT = /^[a-z0-9-]{1,32}$/;

/** Hints for the browser only; words that we do not know are kept, anything else is dropped (R-WAR-10). */
const transportsOf = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? [
        ...new Set(
          value
            .slice(0, 16)
            .filter((word): word is string => typeof word === 'string' && TRANSPORT.test(word)),
        ),
      ]
    : [];

function discoverableOf(extensions: unknown): boolean | null {
  const rk = fieldsOf(fieldsOf(extensions)?.['credProps'])?.['rk'];
  return typeof rk === 'boolean' ? rk : null;
}

/** RegistrationResponseJSON from an untrusted client: shape and sizes only. Fields that we do not use are ignored. */
export function parseRegistrationResponse(value: unknown): RegistrationResponse | null {
  const outer = fieldsOf(value);
  const inner = fieldsOf(outer?.['response']);
  if (outer === null || inner === null) return null;
  const credentialId = credentialIdOf(outer);
  const clientDataJSON = encodedField(inner['clientDataJSON'], LIMITS.clientDataJSON);
  const attestationObject = encodedField(inner['attestationObject'], LIMITS.attestationObject);
  if (credentialId === null || clientDataJSON === null || attestationObject === null) return null;
  return {
    credentialId,
    clientDataJSON,
    attestationObject,
    transports: transportsOf(inner['transports']),
    discoverable: discoverableOf(outer['clientExtensionResults']),
  };
}
