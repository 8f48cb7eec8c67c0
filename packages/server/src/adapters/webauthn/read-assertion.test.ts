import {
  type JudgedAssertion,
  judgeAssertion,
  type StoredCredential,
} from '@countersign/core/factor/judge-webauthn-assertion';
import { judgeRegistration } from '@countersign/core/factor/judge-webauthn-registration';
import { asId } from '@countersign/core/kernel/id';
import {
  createWebAuthnKey,
  type Overrides,
  type WebAuthnKeySettings,
} from '@countersign/testkit/authenticators/webauthn-key';
import { describe, expect, it } from 'vitest';
import {
  creationFor,
  expecting,
  freshChallenge,
  LENIENT,
  NOW,
  ORIGIN,
  requestFor,
  trusting,
} from './ceremony-fixture.ts';
import { readAssertion } from './read-assertion.ts';
import { readRegistration } from './read-registration.ts';

async function enrolled(settings: WebAuthnKeySettings = {}) {
  const key = createWebAuthnKey(settings);
  const challenge = freshChallenge();
  const options = creationFor(challenge);
  const facts = await readRegistration(key.create(options, ORIGIN), expecting(challenge), trusting());
  const judged = facts.ok ? judgeRegistration(facts.value, LENIENT) : facts;
  if (!judged.ok) throw new Error(judged.error);
  return { key, credential: judged.value, userHandle: options.user.id };
}

type Enrolled = Awaited<ReturnType<typeof enrolled>>;

function answer({ key, credential }: Enrolled, overrides: Overrides = {}, holder = key) {
  const challenge = freshChallenge();
  return readAssertion(
    holder.get(requestFor(challenge), ORIGIN, overrides),
    expecting(challenge),
    credential,
  );
}

const refused = (error: string) => ({ ok: false, error });

describe('a sound assertion', () => {
  it.each([-7, -8, -257] as const)('is read for algorithm %i', async (algorithm) => {
    const enrolment = await enrolled({ algorithm });
    expect(await answer(enrolment)).toEqual({
      ok: true,
      value: {
        credentialId: enrolment.key.credentialId,
        userHandle: enrolment.userHandle,
        userVerified: true,
        backup: 'device-bound',
        counter: 2,
      },
    });
  });

  it('has no user handle when the key is not discoverable', async () => {
    expect(await answer(await enrolled({ resident: false }))).toMatchObject({
      ok: true,
      value: { userHandle: null },
    });
  });
});

describe('I-25 everything the client says is verified', () => {
  it.each([
    'http://sso.example.test',
    'https://sso.example.test:8443',
    'https://sso.example.test:443',
    'https://evilsso.example.test',
    'https://evilexample.test',
    'https://a.sso.example.test',
    'https://example.test',
    'https://sso.example.test.',
    'https://sso.example.test/',
    'https://SSO.example.test',
    'HTTPS://sso.example.test',
    'https://sso.example.test.evil.test',
    'https://sso.example.test@evil.test',
    'null',
    '',
  ])('S-20 the near-miss origin "%s" is refused', async (origin) => {
    expect(await answer(await enrolled(), { origin })).toEqual(refused('webauthn.wrong_origin'));
  });

  it('S-21 a foreign, empty or client-chosen challenge is refused', async () => {
    const enrolment = await enrolled();
    for (const challenge of [freshChallenge(), '', 'AAAA']) {
      expect(await answer(enrolment, { challenge })).toEqual(refused('webauthn.wrong_challenge'));
    }
  });

  it('S-21 the answer to an earlier challenge is refused for the next one', async () => {
    const { key, credential } = await enrolled();
    const earlier = key.get(requestFor(freshChallenge()), ORIGIN);
    expect(await readAssertion(earlier, expecting(freshChallenge()), credential)).toEqual(
      refused('webauthn.wrong_challenge'),
    );
  });

  it('an expected challenge that is empty or short matches nothing, not even itself', async () => {
    const { key, credential } = await enrolled();
    for (const challenge of ['', 'c2hvcnQ']) {
      const response = key.get(requestFor(challenge), ORIGIN);
      expect(await readAssertion(response, expecting(challenge), credential)).toEqual(
        refused('webauthn.wrong_challenge'),
      );
    }
  });

  it.each([
    ['type webauthn.create', { type: 'webauthn.create' }, 'webauthn.wrong_type'],
    ['a type in other case', { type: 'WebAuthn.get' }, 'webauthn.wrong_type'],
    ['a foreign RP id', { rpIdHash: new Uint8Array(32) }, 'webauthn.wrong_rp'],
    ['S-23 UP false', { flags: { up: false } }, 'webauthn.user_not_present'],
    ['BS without BE (R-WAA-04)', { flags: { bs: true } }, 'webauthn.backup_flags'],
    ['a page in a foreign frame (R-WAR-04)', { crossOrigin: true }, 'webauthn.cross_origin'],
    ['a top origin', { crossOrigin: true, topOrigin: 'https://evil.test' }, 'webauthn.cross_origin'],
    ['a top origin that denies the frame', { topOrigin: ORIGIN }, 'webauthn.cross_origin'],
    ['crossOrigin that is no boolean', { crossOrigin: 'false' }, 'webauthn.malformed'],
    ['S-22 id and rawId that differ', { rawId: 'AAAA' }, 'webauthn.malformed'],
    ['S-22 padding in the id', { id: 'AAAA==', rawId: 'AAAA==' }, 'webauthn.malformed'],
    ['S-22 another credential', { id: 'AAAA', rawId: 'AAAA' }, 'webauthn.unknown_credential'],
    ['S-22 an empty signature', { signature: () => new Uint8Array() }, 'webauthn.malformed'],
    ['S-22 a signature of noughts', { signature: () => new Uint8Array(70) }, 'webauthn.bad_signature'],
    [
      'S-22 a flipped bit',
      { signature: (s: Uint8Array) => s.map((byte, i) => (i === 12 ? byte ^ 1 : byte)) },
      'webauthn.bad_signature',
    ],
    ['a user handle over 64 bytes', { userHandle: 'A'.repeat(88) }, 'webauthn.malformed'],
  ] as const)('%s is refused', async (_, overrides, reason) => {
    expect(await answer(await enrolled(), overrides)).toEqual(refused(reason));
  });

  it('S-22 a signature by another key is refused', async () => {
    const [mine, other] = [await enrolled(), await enrolled()];
    const id = mine.key.credentialId;
    expect(await answer(mine, { id }, other.key)).toEqual(refused('webauthn.bad_signature'));
  });

  it.each([-8, -257] as const)(
    'S-22 a key of one kind does not verify under another algorithm (%i)',
    async (algorithm) => {
      const [mine, other] = [await enrolled(), await enrolled({ algorithm })];
      expect(await answer(mine, { id: mine.key.credentialId }, other.key)).toEqual(
        refused('webauthn.bad_signature'),
      );
    },
  );

  it('a stored key of an algorithm that we do not accept verifies nothing', async () => {
    const { key, credential } = await enrolled();
    const challenge = freshChallenge();
    // The label 3 (alg) of the COSE key: -7 becomes -9.
    const publicKey = Uint8Array.from(credential.publicKey, (byte, i) => (i === 4 ? 0x28 : byte));
    const response = key.get(requestFor(challenge), ORIGIN);
    expect(await readAssertion(response, expecting(challenge), { ...credential, publicKey })).toEqual(
      refused('webauthn.wrong_algorithm'),
    );
  });

  it('data changed after signing is refused', async () => {
    const { key, credential } = await enrolled({ userVerifying: false });
    const challenge = freshChallenge();
    const response = key.get(requestFor(challenge), ORIGIN);
    const data = Buffer.from(response.response.authenticatorData, 'base64url');
    data[32] = (data[32] ?? 0) | 0x04; // UV
    response.response.authenticatorData = data.toString('base64url');
    expect(await readAssertion(response, expecting(challenge), credential)).toEqual(
      refused('webauthn.bad_signature'),
    );
  });

  it('a frame is accepted from exactly the page that is configured (R-WAR-04)', async () => {
    const { key, credential } = await enrolled();
    const challenge = freshChallenge();
    const expected = { ...expecting(challenge), framedBy: 'https://portal.example.test' };
    const ask = (overrides: Overrides) =>
      readAssertion(key.get(requestFor(challenge), ORIGIN, overrides), expected, credential);
    expect((await ask({ crossOrigin: true, topOrigin: 'https://portal.example.test' })).ok).toBe(true);
    expect(await ask({ crossOrigin: true, topOrigin: 'https://portal.example.test.evil.test' })).toEqual(
      refused('webauthn.cross_origin'),
    );
    expect(await ask({ crossOrigin: true })).toEqual(refused('webauthn.cross_origin'));
    expect((await ask({})).ok).toBe(true);
  });
});

describe('adapter and core together', () => {
  const judge = async (
    enrolment: Enrolled,
    stored: StoredCredential,
    overrides: Overrides = {},
    holder = enrolment.key,
  ) => {
    const facts = await answer(enrolment, overrides, holder);
    if (!facts.ok) throw new Error(facts.error);
    const ask = {
      factorId: asId<'factor'>('f1'),
      at: NOW,
      userVerification: 'preferred',
      userHandleRequired: false,
      allowed: null,
    } as const;
    return judgeAssertion(facts.value, stored, ask);
  };
  const after = (stored: StoredCredential, judged: JudgedAssertion) => ({
    ...stored,
    counter: judged.nextCounter,
  });

  it('I-27 a cloned device-bound key is refused with an alarm as soon as both have been used', async () => {
    const enrolment = await enrolled();
    const { credential, userHandle, key } = enrolment;
    const clone = key.clone();
    const first = await judge(enrolment, { ...credential, userHandle }, {}, clone);
    if (!first.ok) throw new Error(first.error.reason);
    const second = await judge(enrolment, after({ ...credential, userHandle }, first.value));
    expect(second).toEqual({ ok: false, error: { reason: 'webauthn.counter_regressed', alarm: true } });
  });

  it('R-WAA-03 a key without user verification proves possession only', async () => {
    const enrolment = await enrolled({ userVerifying: false });
    const judged = await judge(enrolment, { ...enrolment.credential, userHandle: enrolment.userHandle });
    expect(judged).toMatchObject({
      ok: true,
      value: { method: 'security-key', proof: { categories: ['possession'] } },
    });
  });

  it('a synced passkey without a counter signs in again and again, and is never hardware-bound', async () => {
    const enrolment = await enrolled({ backupEligible: true, backedUp: true, counter: 'zero' });
    for (let i = 0; i < 2; i++) {
      const judged = await judge(enrolment, { ...enrolment.credential, userHandle: enrolment.userHandle });
      expect(judged).toMatchObject({
        ok: true,
        value: { method: 'passkey', backedUp: true, proof: { hardwareBound: false } },
      });
    }
  });
});
