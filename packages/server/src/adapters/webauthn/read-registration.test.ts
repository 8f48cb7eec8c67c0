import { judgeRegistration } from '@countersign/core/factor/judge-webauthn-registration';
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
  model,
  ORIGIN,
  trusting,
} from './ceremony-fixture.ts';
import { readRegistration } from './read-registration.ts';

function register(settings: WebAuthnKeySettings = {}, overrides: Overrides = {}, trust = trusting()) {
  const challenge = freshChallenge();
  const response = createWebAuthnKey(settings).create(creationFor(challenge), ORIGIN, overrides);
  return readRegistration(response, expecting(challenge), trust);
}
const refused = (error: string) => ({ ok: false, error });
const flip = (signature: Uint8Array) => signature.map((byte, i) => (i === 12 ? byte ^ 1 : byte));

describe('a sound registration', () => {
  it.each([
    ['none', -7, 'none'],
    ['none', -8, 'none'],
    ['none', -257, 'none'],
    ['packed-self', -7, 'self'],
    ['packed-self', -8, 'self'],
    ['packed-self', -257, 'self'],
    ['packed', -7, 'untrusted'],
    ['packed', -8, 'untrusted'],
  ] as const)('with attestation %s and algorithm %i is read as %s', async (attestation, algorithm, kind) => {
    const facts = await register({ attestation, algorithm });
    expect(facts).toMatchObject({
      ok: true,
      value: {
        algorithm,
        counter: 1,
        userVerified: true,
        backup: 'device-bound',
        discoverable: true,
        transports: ['usb'],
        attestation: { kind },
      },
    });
  });

  it("tells the model and is trusted when the chain ends at the root of the model's metadata", async () => {
    const key = createWebAuthnKey({ attestation: 'packed' });
    const challenge = freshChallenge();
    const trust = trusting(model(key.aaguid, key.attestationRoot));
    const facts = await readRegistration(
      key.create(creationFor(challenge), ORIGIN),
      expecting(challenge),
      trust,
    );
    expect(facts).toMatchObject({
      ok: true,
      value: {
        aaguid: key.aaguid,
        attestation: { kind: 'trusted', format: 'packed' },
        model: { description: 'Test key', compromised: false },
      },
    });
  });

  it.each([
    [{ backupEligible: true }, 'eligible'],
    [{ backupEligible: true, backedUp: true }, 'backed-up'],
  ] as const)('reads the backup flags %o', async (settings, backup) => {
    expect(await register(settings)).toMatchObject({ ok: true, value: { backup } });
  });

  it('breaks on no missing extension output (R-WAR-10)', async () => {
    expect(await register({}, { credProps: null })).toMatchObject({
      ok: true,
      value: { discoverable: null },
    });
  });
});

describe('I-25 everything the client says is verified', () => {
  it.each([
    'http://sso.example.test',
    'https://sso.example.test:8443',
    'https://evilsso.example.test',
    'https://SSO.example.test',
    'https://sso.example.test.',
  ])('S-20 the near-miss origin %s is refused', async (origin) => {
    expect(await register({}, { origin })).toEqual(refused('webauthn.wrong_origin'));
  });

  it.each([
    ['type webauthn.get', { type: 'webauthn.get' }, 'webauthn.wrong_type'],
    ['S-21 a foreign challenge', { challenge: freshChallenge() }, 'webauthn.wrong_challenge'],
    ['a foreign frame (R-WAR-04)', { crossOrigin: true }, 'webauthn.cross_origin'],
    ['a foreign RP id (R-WAR-05)', { rpIdHash: new Uint8Array(32) }, 'webauthn.wrong_rp'],
    ['S-23 UP false (R-WAR-06)', { flags: { up: false } }, 'webauthn.user_not_present'],
    ['BS without BE (R-WAR-06)', { flags: { bs: true } }, 'webauthn.backup_flags'],
    ['S-22 id and rawId that differ', { rawId: 'AAAA' }, 'webauthn.malformed'],
    ['an id that is not the one in the authenticator data', { id: 'AAAA' }, 'webauthn.malformed'],
    [
      'a credential id over 1,023 bytes (R-WAR-09)',
      { credentialId: new Uint8Array(1_024) },
      'webauthn.malformed',
    ],
    ['an unknown format (R-WAR-07)', { format: 'homemade' }, 'webauthn.attestation_refused'],
    ['a format in other case (R-WAR-07)', { format: 'None' }, 'webauthn.attestation_refused'],
    ['SafetyNet', { format: 'android-safetynet' }, 'webauthn.attestation_refused'],
    [
      'a statement where there should be none',
      { statement: () => new Map([['sig', new Uint8Array(64)]]) },
      'webauthn.attestation_refused',
    ],
  ] as const)('%s is refused', async (_, overrides, reason) => {
    expect(await register({}, overrides)).toEqual(refused(reason));
  });

  it('a credential id of exactly 1,023 bytes is read', async () => {
    expect((await register({}, { credentialId: new Uint8Array(1_023).fill(7) })).ok).toBe(true);
  });
});

describe('R-WAR-02 clientDataJSON is UTF-8', () => {
  const withClientData = async (change: (json: Buffer) => Buffer) => {
    const challenge = freshChallenge();
    const response = createWebAuthnKey().create(creationFor(challenge), ORIGIN);
    const json = Buffer.from(response.response.clientDataJSON, 'base64url');
    response.response.clientDataJSON = change(json).toString('base64url');
    return readRegistration(response, expecting(challenge), trusting());
  };

  it('a leading byte order mark is dropped', async () => {
    expect((await withClientData((json) => Buffer.concat([Buffer.from('efbbbf', 'hex'), json]))).ok).toBe(
      true,
    );
  });

  it('other encodings and things that are no object are malformed', async () => {
    for (const hex of ['ff', '5b5d', '6e756c6c', '22', '7b7d']) {
      expect(await withClientData(() => Buffer.from(hex, 'hex'))).toEqual(refused('webauthn.malformed'));
    }
    const latin1 = (json: Buffer) => Buffer.from(json.toString().replace('{', '{"é":1,'), 'latin1');
    expect(await withClientData(latin1)).toEqual(refused('webauthn.malformed'));
  });
});

describe('I-26 the attestation statement is verified whatever the policy', () => {
  it.each(['packed', 'packed-self'] as const)(
    'S-22 a %s statement with a flipped signature is refused',
    async (attestation) => {
      expect(await register({ attestation }, { signature: flip })).toEqual(
        refused('webauthn.attestation_refused'),
      );
      expect(await register({ attestation }, { signature: () => new Uint8Array() })).toEqual(
        refused('webauthn.attestation_refused'),
      );
    },
  );

  it("self attestation under another algorithm than the credential's is refused", async () => {
    const overrides: Overrides = { statement: (statement) => new Map(statement).set('alg', -257) };
    expect(await register({ attestation: 'packed-self' }, overrides)).toEqual(
      refused('webauthn.attestation_refused'),
    );
  });

  it('an attestation certificate for another AAGUID is refused', async () => {
    const challenge = freshChallenge();
    const other = createWebAuthnKey({ attestation: 'packed' });
    const mine = createWebAuthnKey({ attestation: 'packed' });
    let stolen: unknown;
    other.create(creationFor(challenge), ORIGIN, {
      statement: (statement) => ((stolen = statement.get('x5c')), statement),
    });
    const response = mine.create(creationFor(challenge), ORIGIN, {
      statement: (statement) => new Map(statement).set('x5c', stolen),
    });
    const trust = trusting(model(mine.aaguid, other.attestationRoot));
    expect(await readRegistration(response, expecting(challenge), trust)).toEqual(
      refused('webauthn.attestation_refused'),
    );
  });

  it('S-24 attestation none, self and an unknown root are refused when direct is required', async () => {
    for (const attestation of ['none', 'packed-self', 'packed'] as const) {
      const facts = await register({ attestation });
      const judged = facts.ok ? judgeRegistration(facts.value, { ...LENIENT, attestation: 'direct' }) : facts;
      expect(judged).toEqual(refused('webauthn.attestation_refused'));
    }
  });

  it('stripping a statement to fmt none does not help against direct', async () => {
    const facts = await register({ attestation: 'packed' }, { format: 'none', statement: () => new Map() });
    expect(facts.ok && judgeRegistration(facts.value, { ...LENIENT, attestation: 'direct' })).toEqual(
      refused('webauthn.attestation_refused'),
    );
  });

  it('a model that is revoked in the metadata is refused even unattested', async () => {
    const key = createWebAuthnKey();
    const challenge = freshChallenge();
    const trust = trusting(model(key.aaguid, key.attestationRoot, { compromised: true }));
    const facts = await readRegistration(
      key.create(creationFor(challenge), ORIGIN),
      expecting(challenge),
      trust,
    );
    expect(facts.ok && judgeRegistration(facts.value, LENIENT)).toEqual(
      refused('webauthn.model_compromised'),
    );
  });
});
