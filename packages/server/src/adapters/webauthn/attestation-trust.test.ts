import {
  makeCertificate,
  type TestCertificate,
} from '@countersign/testkit/authenticators/webauthn-certificate';
import {
  createWebAuthnKey,
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

describe('one certificate is one certificate to every parser', () => {
  const pem = (certificate: TestCertificate): Uint8Array =>
    Buffer.from(
      `\n-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate.der).toString('base64')}\n-----END CERTIFICATE-----\n`,
    );

  it("a genuine certificate pasted as PEM into the attacker's is refused: Node would have read the genuine one", async () => {
    const victim = makeCertificate({ subject: 'Genuine key', unit, ca: false }, genuine);
    const forged = makeCertificate({ subject: 'Forged', unit, ca: false, comment: pem(victim) }, attacker);
    expect(await kind({ attestationRoot: genuine }, undefined, [forged.der])).toBe('webauthn.malformed');
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
    const key = createWebAuthnKey({
      attestation: 'packed',
      aaguid: AAGUID,
      attestationRoot: own,
      chainTail: [own.der, attacker.der],
    });
    const challenge = freshChallenge();
    const response = key.create(creationFor(challenge), ORIGIN, { format: 'android-key' });
    const facts = await readRegistration(
      response,
      expecting(challenge),
      trusting(model(AAGUID_TEXT, genuine.der)),
    );
    expect(facts).toEqual({ ok: false, error: 'webauthn.attestation_refused' });
  });
});
