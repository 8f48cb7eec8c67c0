import { WEBAUTHN_REASONS } from '@countersign/core/factor/judge-webauthn-facts';
import { createWebAuthnKey } from '@countersign/testkit/authenticators/webauthn-key';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creationFor, expecting, freshChallenge, ORIGIN, requestFor, trusting } from './ceremony-fixture.ts';
import { createWebAuthn } from './create-webauthn.ts';
import { readRegistration } from './read-registration.ts';

const { readAssertion, claimedCredential } = createWebAuthn();
const challenge = freshChallenge();
const expected = expecting(challenge);
const key = createWebAuthnKey({ attestation: 'packed-self' });
const registration = key.create(creationFor(challenge), ORIGIN);
const assertion = key.get(requestFor(challenge), ORIGIN);
const enrolled = await readRegistration(registration, expected, trusting());
if (!enrolled.ok) throw new Error(enrolled.error);
const credential = enrolled.value;

const isKnownRefusal = (result: { readonly ok: boolean; readonly error?: unknown }): boolean =>
  !result.ok && WEBAUTHN_REASONS.some((reason) => reason === result.error);

/** Any JSON, and JSON of the right outline with anything in its places. */
const text = fc.oneof(
  fc.string(),
  fc.base64String().map((s) => s.replace(/[+/=]/g, '_')),
  fc.jsonValue(),
);
const outline = fc.record(
  {
    id: fc.oneof(fc.constant(credential.credentialId), text),
    rawId: fc.oneof(fc.constant(credential.credentialId), text),
    type: fc.oneof(fc.constant('public-key'), text),
    clientExtensionResults: fc.jsonValue(),
    response: fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          clientDataJSON: fc.oneof(
            fc.constant(assertion.response.clientDataJSON),
            fc.constant(registration.response.clientDataJSON),
            text,
          ),
          attestationObject: text,
          authenticatorData: text,
          signature: text,
          userHandle: text,
          transports: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
);

// A fault here is an answer, not a duration: the limit only stops a hang on a busy machine.
const LIMIT = { timeout: 60_000 };

describe('S-22 hostile JSON never throws and never yields ok', LIMIT, () => {
  it('whatever its shape', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.anything(), outline), async (value) => {
        expect(isKnownRefusal(await readRegistration(value, expected, trusting()))).toBe(true);
        expect(isKnownRefusal(await readAssertion(value, expected, credential))).toBe(true);
        claimedCredential(value);
      }),
      { numRuns: 1_000 },
    );
  });

  const eachBit = function* (encoded: string): Generator<string> {
    const bytes = Buffer.from(encoded, 'base64url');
    for (let place = 0; place < bytes.length; place++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ (1 << bit);
        yield changed.toString('base64url');
      }
    }
  };

  it.each(['clientDataJSON', 'authenticatorData', 'signature'] as const)(
    'an assertion with any one bit of %s changed is refused',
    async (name) => {
      for (const changed of eachBit(assertion.response[name])) {
        const response = { ...assertion.response, [name]: changed };
        expect(isKnownRefusal(await readAssertion({ ...assertion, response }, expected, credential))).toBe(
          true,
        );
      }
    },
  );

  it.each(['clientDataJSON', 'attestationObject'] as const)(
    'a self-attested registration with any one bit of %s changed is refused',
    async (name) => {
      for (const changed of eachBit(registration.response[name])) {
        const response = { ...registration.response, [name]: changed };
        expect(
          isKnownRefusal(await readRegistration({ ...registration, response }, expected, trusting())),
        ).toBe(true);
      }
    },
  );

  it.each([
    ['nested arrays', Buffer.alloc(24_000, 0x81)],
    ['nested maps', Buffer.alloc(24_000, 0xa1)],
    ['nested tags', Buffer.alloc(24_000, 0xc1)],
    ['an endless string', Buffer.from('5bffffffffffffffff', 'hex')],
    ['an endless array', Buffer.from('9b7fffffffffffffff', 'hex')],
  ])('CBOR of %s is malformed', async (_, object) => {
    const response = { ...registration.response, attestationObject: object.toString('base64url') };
    expect(await readRegistration({ ...registration, response }, expected, trusting())).toEqual({
      ok: false,
      error: 'webauthn.malformed',
    });
  });

  it('fields over their limit are malformed', async () => {
    for (const [name, size] of [
      ['clientDataJSON', 5_468],
      ['authenticatorData', 10_928],
      ['signature', 2_736],
    ] as const) {
      const response = { ...assertion.response, [name]: 'A'.repeat(size) };
      expect(await readAssertion({ ...assertion, response }, expected, credential)).toEqual({
        ok: false,
        error: 'webauthn.malformed',
      });
    }
  });

  it('the claimed credential is read for looking it up', () => {
    expect(claimedCredential(assertion)).toMatchObject({
      ok: true,
      value: { credentialId: key.credentialId },
    });
    expect(claimedCredential({})).toEqual({ ok: false, error: 'webauthn.malformed' });
  });
});
