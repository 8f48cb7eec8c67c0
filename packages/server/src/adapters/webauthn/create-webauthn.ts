import { err, ok } from '@countersign/core/kernel/result';
import type { WebAuthn } from '../../ports/webauthn.ts';
import { assertionOptions } from './assertion-options.ts';
import { parseAssertionResponse } from './parse-assertion-response.ts';
import { readAssertion } from './read-assertion.ts';
import { readRegistration } from './read-registration.ts';
import { registrationOptions } from './registration-options.ts';

/** The port, by SimpleWebAuthn. Stateless: challenges, credentials and metadata are arguments. */
export const createWebAuthn = (): WebAuthn => ({
  registrationOptions,
  assertionOptions,
  readRegistration,
  readAssertion,
  claimedCredential: (response) => {
    const parsed = parseAssertionResponse(response);
    if (parsed === null) return err('webauthn.malformed');
    return ok({ credentialId: parsed.credentialId.text, userHandle: parsed.userHandle?.text ?? null });
  },
});
