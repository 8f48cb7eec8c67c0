import { X509Certificate } from 'node:crypto';
import { judgeRegistration } from '@countersign/core/factor/judge-webauthn-registration';
import { describe, expect, it } from 'vitest';
import { LENIENT, model, NOW, trusting } from './ceremony-fixture.ts';
import { readAssertion } from './read-assertion.ts';
import { readRegistration } from './read-registration.ts';
import vectors from './vectors/w3c-webauthn-level-3.json' with { type: 'json' };

/** Web Authentication Level 3, "Test Vectors"; each has a registration and an assertion with its key. */
const base64Url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const root = new Uint8Array(Buffer.from(vectors.attestationRootCertificate, 'hex'));

type Vector = (typeof vectors.vectors)[number];

const uuid = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function registration({ registration: r }: Vector, trust = trusting(model(uuid(r.aaguid), root))) {
  const id = base64Url(r.credential_id);
  const response = {
    clientDataJSON: base64Url(r.clientDataJSON),
    attestationObject: base64Url(r.attestationObject),
  };
  const expected = { challenge: base64Url(r.challenge), origin: vectors.origin, rpId: vectors.rpId };
  return {
    value: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} },
    expected,
    trust,
  };
}

function assertion({ registration: r, authentication: a }: Vector) {
  const id = base64Url(r.credential_id);
  const response = {
    clientDataJSON: base64Url(a.clientDataJSON),
    authenticatorData: base64Url(a.authenticatorData),
    signature: base64Url(a.signature),
  };
  const expected = { challenge: base64Url(a.challenge), origin: vectors.origin, rpId: vectors.rpId };
  return { value: { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} }, expected, id };
}

const KINDS: Readonly<Record<string, string>> = {
  'none-es256': 'none',
  'packed-self-es256': 'self',
  'packed-es256': 'trusted',
};
const cross = vectors.vectors.filter(({ id }) => id.endsWith('-crossOrigin'));
const plain = vectors.vectors.filter(({ id }) => !id.endsWith('-crossOrigin'));

describe('W3C Web Authentication Level 3 test vectors', () => {
  it('are four', () => {
    expect([plain.length, cross.length]).toEqual([3, 1]);
    expect(new X509Certificate(root).validFromDate.getTime()).toBeLessThan(NOW);
  });

  it.each(plain)('$title: registration and assertion verify', async (vector) => {
    const { value, expected, trust } = registration(vector);
    const facts = await readRegistration(value, expected, trust);
    expect(facts).toMatchObject({
      ok: true,
      value: {
        algorithm: -7,
        aaguid: uuid(vector.registration.aaguid),
        attestation: { kind: KINDS[vector.id] },
      },
    });
    if (!facts.ok) return;
    const asked = assertion(vector);
    const credential = { credentialId: asked.id, publicKey: facts.value.publicKey };
    expect(await readAssertion(asked.value, asked.expected, credential)).toMatchObject({
      ok: true,
      value: { counter: 0 },
    });
  });

  it.each(plain)('$title: fails in any other ceremony', async (vector) => {
    const { value, expected, trust } = registration(vector);
    const read = (change: object) => readRegistration(value, { ...expected, ...change }, trust);
    expect(await read({ origin: 'https://example.org.' })).toEqual({
      ok: false,
      error: 'webauthn.wrong_origin',
    });
    expect(await read({ rpId: 'example.com' })).toEqual({ ok: false, error: 'webauthn.wrong_rp' });
    expect(await read({ challenge: 'A'.repeat(43) })).toEqual({
      ok: false,
      error: 'webauthn.wrong_challenge',
    });
  });

  it.each(cross)('$title: refused for its frame and for nothing else', async (vector) => {
    const { value, expected, trust } = registration(vector);
    expect(await readRegistration(value, expected, trust)).toEqual({
      ok: false,
      error: 'webauthn.cross_origin',
    });
    const asked = assertion(vector);
    const credential = { credentialId: asked.id, publicKey: new Uint8Array(77) };
    expect(await readAssertion(asked.value, asked.expected, credential)).toEqual({
      ok: false,
      error: 'webauthn.cross_origin',
    });
  });

  it("the packed vector is trusted by its own model's root only, and then passes direct", async () => {
    const vector = plain.find(({ id }) => id === 'packed-es256');
    if (vector === undefined) throw new Error('The packed vector is missing.');
    const { value, expected, trust } = registration(vector);
    const known = await readRegistration(value, expected, trust);
    expect(known.ok && judgeRegistration(known.value, { ...LENIENT, attestation: 'direct' }).ok).toBe(true);
    const unknown = await readRegistration(value, expected, trusting());
    expect(unknown).toMatchObject({ ok: true, value: { attestation: { kind: 'untrusted' } } });
  });
});
