import type { AssertionOptionsAsk, AssertionOptionsJson } from '../../ports/webauthn.ts';
import { describeCredential } from './registration-options.ts';

export const assertionOptions = (ask: AssertionOptionsAsk): AssertionOptionsJson => ({
  rpId: ask.rpId,
  challenge: ask.challenge,
  timeout: ask.timeout,
  userVerification: ask.userVerification,
  ...(ask.allowCredentials === undefined
    ? {}
    : { allowCredentials: ask.allowCredentials.map(describeCredential) }),
});
