import { createHash, sign, X509Certificate } from 'node:crypto';
import {
  makeCertificate,
  type TestCertificate,
} from '@countersign/testkit/authenticators/webauthn-certificate';
import {
  createWebAuthnKey,
  type Overrides,
  type WebAuthnKeySettings,
} from '@countersign/testkit/authenticators/webauthn-key';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FidoModel } from '../../ports/webauthn.ts';
import { creationFor, expecting, freshChallenge, model, ORIGIN, trusting } from './ceremony-fixture.ts';
import { readRegistration } from './read-registration.ts';

/**
 * What an attacker had before: SimpleWebAuthn < 13.3.2 took a self-signed certificate at the end of x5c as its own
 * anchor (GHSA-6hxq-p678-4hr2), so any software key passed as a certified one.
 */
const genuine = makeCertificate({ subject: 'Maker root', ca: true });
const attacker = makeCertificate({ subject: 'Maker root', ca: true });
const AAGUID = new Uint8Array(16).fill(9);
const AAGUID_TEXT = '09090909-0909-0909-0909-090909090909';
const unit = 'Authenticator Attestation';

const kind = async (
  settings: WebAuthnKeySettings,
  about: FidoModel = model(AAGUID_TEXT, genuine.der),
  x5c?: readonly Uint8Array[],
) => {
  const challenge = freshChallenge();
  const key = createWebAuthnKey({ attestation: 'packed', aaguid: AAGUID, ...settings });
  const overrides =
    x5c === undefined ? {} : { statement: (s: Map<string, unknown>) => new Map(s).set('x5c', x5c) };
  const facts = await readRegistration(
    key.create(creationFor(challenge), ORIGIN, overrides),
    expecting(challenge),
    trusting(about),
  );
  return facts.ok ? facts.value.attestation.kind : facts.error;
};

const fetched = vi.fn<(url: string) => Promise<Response>>();
beforeEach(() => vi.stubGlobal('fetch', fetched.mockRejectedValue(new Error('No network.'))));
afterEach(() => {
  expect(fetched).not.toHaveBeenCalled();
  vi.unstubAllGlobals();
});

describe('I-26, S-24 an attestation is trusted only by a root from the metadata', () => {
  it('issued by the root, with or without the root in the chain, or by way of an intermediate', async () => {
    expect(await kind({ attestationRoot: genuine })).toBe('trusted');
    expect(await kind({ attestationRoot: genuine, chainTail: [genuine.der] })).toBe('trusted');
    const middle = makeCertificate({ subject: 'Maker batch 7', ca: true }, genuine);
    expect(await kind({ attestationRoot: middle, chainTail: [middle.der] })).toBe('trusted');
  });

  it("a chain to an attacker's self-signed root of the same name is not", async () => {
    expect(await kind({ attestationRoot: attacker, chainTail: [attacker.der] })).toBe('untrusted');
    expect(await kind({ attestationRoot: attacker })).toBe('untrusted');
  });

  it('nor when the genuine root is put behind it, or the whole genuine chain', async () => {
    expect(await kind({ attestationRoot: attacker, chainTail: [genuine.der] })).toBe('untrusted');
    expect(await kind({ attestationRoot: attacker, chainTail: [attacker.der, genuine.der] })).toBe(
      'untrusted',
    );
  });

  it('nor a certificate that was issued by a genuine attestation certificate, which is no CA', async () => {
    const leaf = makeCertificate({ subject: 'Genuine key', unit, ca: false }, genuine);
    expect(await kind({ attestationRoot: leaf, chainTail: [leaf.der] })).toBe('untrusted');
    expect(await kind({ attestationRoot: leaf, chainTail: [leaf.der, genuine.der] })).toBe('untrusted');
  });

  it('nor an intermediate that has expired', async () => {
    const old = makeCertificate(
      { subject: 'Maker batch 1', ca: true, notAfter: new Date('2025-01-01T00:00:00Z') },
      genuine,
    );
    expect(await kind({ attestationRoot: old, chainTail: [old.der] })).toBe('untrusted');
  });

  it('nor by the root of another model', async () => {
    expect(
      await kind({ attestationRoot: genuine }, model('00000000-1111-2222-3333-444444444444', genuine.der)),
    ).toBe('untrusted');
  });

  it('nor by metadata without roots, while a broken root among good ones does no harm', async () => {
    expect(await kind({ attestationRoot: genuine }, model(AAGUID_TEXT, genuine.der, { roots: [] }))).toBe(
      'untrusted',
    );
    const roots = ['bm90IGEgY2VydGlmaWNhdGU=', Buffer.from(genuine.der).toString('base64')];
    expect(await kind({ attestationRoot: genuine }, model(AAGUID_TEXT, genuine.der, { roots }))).toBe(
      'trusted',
    );
  });
});

describe('a U2F key, which has no AAGUID', () => {
  const register = async (about: (identifier: string) => FidoModel, overrides: Overrides = {}) => {
    const key = createWebAuthnKey({
      attestation: 'fido-u2f',
      attestationRoot: genuine,
      userVerifying: false,
    });
    // The last 65 bytes of a P-256 key's DER are its point, which is what the identifier is the SHA-1 of.
    const spki = new X509Certificate(key.attestationCertificate).publicKey.export({
      type: 'spki',
      format: 'der',
    });
    const identifier = createHash('sha1').update(spki.subarray(-65)).digest('hex');
    const challenge = freshChallenge();
    const response = key.create(creationFor(challenge), ORIGIN, overrides);
    return readRegistration(response, expecting(challenge), trusting(about(identifier)));
  };
  const u2f = (keyIdentifier: string, root = genuine) =>
    model(null, root.der, { keyIdentifiers: [keyIdentifier] });

  it("is found by the identifier of its certificate, and trusted by its model's root", async () => {
    expect(await register((identifier) => u2f(identifier))).toMatchObject({
      ok: true,
      value: { attestation: { kind: 'trusted', format: 'fido-u2f' }, model: { description: 'Test key' } },
    });
  });

  it('is not trusted when its identifier is unknown or the root is another', async () => {
    for (const about of [() => u2f('00'.repeat(20)), (identifier: string) => u2f(identifier, attacker)]) {
      expect(await register(about)).toMatchObject({
        ok: true,
        value: { attestation: { kind: 'untrusted' } },
      });
    }
  });

  it('is refused when its signature is not over this credential', async () => {
    const signature = (s: Uint8Array) => s.map((byte, i) => (i === 12 ? byte ^ 1 : byte));
    expect(await register((identifier) => u2f(identifier), { signature })).toEqual({
      ok: false,
      error: 'webauthn.attestation_refused',
    });
  });
});

describe('one certificate is one certificate to every parser', () => {
  const pem = (certificate: TestCertificate): Uint8Array =>
    Buffer.from(
      `\n-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate.der).toString('base64')}\n-----END CERTIFICATE-----\n`,
    );

  it("a genuine certificate pasted as PEM into the attacker's is refused: Node would have read the genuine one", async () => {
    const victim = makeCertificate({ subject: 'Genuine key', unit, ca: false }, genuine);
    const extension = { oid: '2b06010401868d1f01', value: pem(victim) };
    const forged = makeCertificate({ subject: 'Forged', unit, ca: false, extension }, attacker);
    expect(await kind({ attestationCertificate: forged })).toBe('webauthn.malformed');
  });

  it('bytes after the certificate, a PEM certificate, an empty one and a very long chain are refused or untrusted', async () => {
    const leaf = makeCertificate({ subject: 'Genuine key', unit, ca: false }, genuine);
    for (const certificate of [Buffer.concat([leaf.der, Buffer.from([0])]), pem(leaf), new Uint8Array()]) {
      expect(await kind({ attestationRoot: genuine }, undefined, [certificate])).toBe('webauthn.malformed');
    }
    const repeated = Array.from({ length: 12 }, () => genuine.der);
    expect(await kind({ attestationRoot: genuine, chainTail: repeated })).toBe('untrusted');
  });
});

describe('nothing here touches the network', () => {
  const withList = (issuer: TestCertificate) =>
    makeCertificate({ subject: 'Maker batch 8', ca: true, crl: 'http://127.0.0.1:9/list.crl' }, issuer);

  it('a revocation list named by an intermediate is not fetched', async () => {
    const middle = withList(genuine);
    expect(await kind({ attestationRoot: middle, chainTail: [middle.der] })).toBe('trusted');
  });

  it("nor for an Android chain of the attacker's own, which the library would follow", async () => {
    const own = withList(attacker);
    const der = (tag: number, ...parts: readonly Uint8Array[]) =>
      Buffer.concat([Buffer.from([tag, Buffer.concat(parts).length]), ...parts]);
    const one = Buffer.from('020101', 'hex');
    const level = Buffer.from('0a0101', 'hex');
    /** A statement that passes all of 8.4 but the trust in its root. */
    const statement: Overrides['statement'] = (_, about) => {
      const hash = createHash('sha256').update(about.clientData).digest();
      const description = [one, level, one, level, der(0x04, hash), der(0x04), der(0x30), der(0x30)];
      const extension = { oid: '2b06010401d679020111', value: der(0x30, ...description) };
      const leaf = makeCertificate({ subject: 'Android', ca: false, key: about.key, extension }, own);
      return new Map<string, unknown>([
        ['alg', -7],
        ['sig', sign('sha256', Buffer.concat([about.authData, hash]), about.key)],
        ['x5c', [leaf.der, own.der, attacker.der]],
      ]);
    };
    const key = createWebAuthnKey({ attestation: 'packed', aaguid: AAGUID });
    const read = (root: TestCertificate) => {
      const challenge = freshChallenge();
      const response = key.create(creationFor(challenge), ORIGIN, { format: 'android-key', statement });
      return readRegistration(response, expecting(challenge), trusting(model(AAGUID_TEXT, root.der)));
    };
    expect(await read(genuine)).toEqual({ ok: false, error: 'webauthn.attestation_refused' });
    // Nor when the chain is trusted but names a list.
    expect(await read(attacker)).toEqual({ ok: false, error: 'webauthn.attestation_refused' });
  });
});
