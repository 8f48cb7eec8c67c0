import type {
  CredentialHint,
  RegistrationOptionsAsk,
  RegistrationOptionsJson,
} from '../../ports/webauthn.ts';

export const describeCredential = ({ id, transports }: CredentialHint) =>
  ({ type: 'public-key', id, transports }) as const;

/** What the browser is asked for. Nothing of it is trusted to have been done: core judges the answer (I-26). */
export function registrationOptions(ask: RegistrationOptionsAsk): RegistrationOptionsJson {
  const { policy } = ask;
  return {
    rp: { id: ask.rpId, name: ask.rpName },
    user: { id: ask.userHandle, name: ask.name, displayName: ask.displayName },
    challenge: ask.challenge,
    pubKeyCredParams: policy.algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: ask.timeout,
    excludeCredentials: ask.excludeCredentials.map(describeCredential),
    authenticatorSelection: {
      residentKey: policy.residentKey,
      requireResidentKey: policy.residentKey === 'required',
      userVerification: policy.userVerification,
    },
    // A list of allowed models can only be kept with attestation.
    attestation: policy.allowedModels === null ? policy.attestation : 'direct',
    extensions: { credProps: true },
  };
}
