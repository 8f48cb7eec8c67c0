import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  makeCertificate,
  type TestCertificate,
} from '@countersign/testkit/authenticators/webauthn-certificate';
import { CompactSign } from 'jose';
import { describe, expect, it } from 'vitest';
import { NOW } from './ceremony-fixture.ts';
import { fidoModels } from './fido-models.ts';
import { loadFidoMetadata } from './load-fido-metadata.ts';
import { MDS_ROOTS } from './simplewebauthn.ts';
import { verifyFidoMetadata } from './verify-fido-metadata.ts';

const HOST = 'mds.fidoalliance.org';
const root = makeCertificate({ subject: 'Test FIDO root', ca: true });
const middle = makeCertificate({ subject: 'Test FIDO issuer', ca: true }, root);
const signer = makeCertificate({ subject: HOST, dnsName: HOST, ca: false }, middle);
const pemOf = (certificate: TestCertificate): string => new X509Certificate(certificate.der).toString();
const trust = { now: NOW, roots: [pemOf(root)] };

const entry = (aaguid: string, status: string) => ({
  aaguid,
  metadataStatement: { description: `Key ${aaguid[0] ?? ''}`, attestationRootCertificates: ['AAAA\nBBBB'] },
  statusReports: [{ status: 'FIDO_CERTIFIED' }, { status }],
  timeOfLastStatusChange: '2026-01-01',
});
const GOOD = '11111111-1111-1111-1111-111111111111';
const BAD = '22222222-2222-2222-2222-222222222222';
const payload = {
  no: 42,
  nextUpdate: '2026-12-01',
  legalHeader: 'x',
  entries: [
    entry(GOOD, 'UPDATE_AVAILABLE'),
    entry(BAD.toUpperCase(), 'REVOKED'),
    {
      attestationCertificateKeyIdentifiers: ['AB'.repeat(20)],
      metadataStatement: { description: 'U2F key' },
      statusReports: [],
    },
    { aaid: '4e4e#4005', statusReports: [] },
    null,
  ],
};

const blobOf = (body: unknown, chain: readonly TestCertificate[], key: KeyObject, alg = 'ES256') =>
  new CompactSign(Buffer.from(JSON.stringify(body)))
    .setProtectedHeader({ alg, typ: 'JWT', x5c: chain.map(({ der }) => Buffer.from(der).toString('base64')) })
    .sign(key);
const signed = (body: unknown = payload, chain = [signer, middle]) => blobOf(body, chain, signer.key);
const refused = (error: string) => ({ ok: false, error });

describe('FIDO metadata from the disk', () => {
  it('is read when its chain ends at the root: models by AAGUID or key identifier, compromised ones marked', async () => {
    const metadata = await verifyFidoMetadata(await signed(), trust);
    expect(metadata).toMatchObject({ ok: true, value: { number: 42, nextUpdate: '2026-12-01' } });
    if (!metadata.ok) return;
    const models = fidoModels(metadata.value.models);
    expect(metadata.value.models).toHaveLength(3);
    expect(models.byAaguid(GOOD)).toEqual({
      aaguid: GOOD,
      keyIdentifiers: [],
      description: 'Key 1',
      roots: ['AAAABBBB'],
      statuses: ['FIDO_CERTIFIED', 'UPDATE_AVAILABLE'],
      compromised: false,
    });
    expect(models.byAaguid(BAD)?.compromised).toBe(true);
    expect(models.byKeyIdentifier('ab'.repeat(20))?.description).toBe('U2F key');
    expect(models.byAaguid('33333333-3333-3333-3333-333333333333')).toBeUndefined();
  });

  it.each([
    'REVOKED',
    'USER_VERIFICATION_BYPASS',
    'ATTESTATION_KEY_COMPROMISE',
    'USER_KEY_REMOTE_COMPROMISE',
    'USER_KEY_PHYSICAL_COMPROMISE',
  ])('a model once reported as %s is compromised, whatever came later', async (status) => {
    const one = { ...entry(GOOD, status), statusReports: [{ status }, { status: 'FIDO_CERTIFIED_L1' }] };
    const metadata = await verifyFidoMetadata(await signed({ ...payload, entries: [one] }), trust);
    expect(metadata).toMatchObject({ ok: true, value: { models: [{ compromised: true }] } });
  });

  it('of two entries for one model the compromised one counts', () => {
    const one = {
      aaguid: GOOD,
      keyIdentifiers: [],
      description: 'x',
      roots: [],
      statuses: [],
      compromised: false,
    };
    const other = { ...one, compromised: true };
    expect(fidoModels([one, other]).byAaguid(GOOD)?.compromised).toBe(true);
    expect(fidoModels([other, one]).byAaguid(GOOD)?.compromised).toBe(true);
  });

  it("signed under any other root, or by default any but the FIDO Alliance's, is refused", async () => {
    const other = makeCertificate({ subject: 'Test FIDO root', ca: true });
    expect(await verifyFidoMetadata(await signed(), { now: NOW, roots: [pemOf(other)] })).toEqual(
      refused('fido_metadata.untrusted_signer'),
    );
    expect(await verifyFidoMetadata(await signed(), { now: NOW })).toEqual(
      refused('fido_metadata.untrusted_signer'),
    );
    expect(await verifyFidoMetadata(await signed(payload, [signer, middle, other]), trust)).toEqual(
      refused('fido_metadata.untrusted_signer'),
    );
  });

  it('signed by another customer of the same authority is refused', async () => {
    const shop = makeCertificate({ subject: 'shop.example', dnsName: 'shop.example', ca: false }, middle);
    expect(await verifyFidoMetadata(await blobOf(payload, [shop, middle], shop.key), trust)).toEqual(
      refused('fido_metadata.untrusted_signer'),
    );
  });

  it('by an expired signer is refused', async () => {
    const old = makeCertificate(
      { subject: HOST, dnsName: HOST, ca: false, notAfter: new Date('2026-01-01T00:00:00Z') },
      root,
    );
    expect(await verifyFidoMetadata(await blobOf(payload, [old], old.key), trust)).toEqual(
      refused('fido_metadata.untrusted_signer'),
    );
  });

  it("signed with a key that is not the certificate's, changed, or with alg none is refused", async () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(await verifyFidoMetadata(await blobOf(payload, [signer, middle], stranger), trust)).toEqual(
      refused('fido_metadata.bad_signature'),
    );
    const [header = '', , signature = ''] = (await signed()).split('.');
    const body = Buffer.from(JSON.stringify({ ...payload, no: 99 })).toString('base64url');
    expect(await verifyFidoMetadata(`${header}.${body}.${signature}`, trust)).toEqual(
      refused('fido_metadata.bad_signature'),
    );
    const x5c = [signer, middle].map(({ der }) => Buffer.from(der).toString('base64'));
    const none = Buffer.from(JSON.stringify({ alg: 'none', x5c })).toString('base64url');
    expect(await verifyFidoMetadata(`${none}.${body}.`, trust)).toEqual(
      refused('fido_metadata.bad_signature'),
    );
  });

  it('that is older than the one in use, or the same again, is refused', async () => {
    expect(await verifyFidoMetadata(await signed(), { ...trust, after: 42 })).toEqual(
      refused('fido_metadata.not_newer'),
    );
    expect((await verifyFidoMetadata(await signed(), { ...trust, after: 41 })).ok).toBe(true);
  });

  it.each(['', 'no', 'a.b.c', '{}.{}.{}'])('the text "%s" is malformed', async (text) => {
    expect(await verifyFidoMetadata(text, trust)).toEqual(refused('fido_metadata.malformed'));
  });

  it.each([
    [null],
    [{}],
    [{ ...payload, entries: 3 }],
    [{ ...payload, no: '42' }],
    [{ ...payload, nextUpdate: 'soon' }],
  ])('the signed payload %j is malformed', async (body) => {
    expect(await verifyFidoMetadata(await signed(body), trust)).toEqual(refused('fido_metadata.malformed'));
  });

  it('is read from a file, and a missing file is a reason', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fido-'));
    const path = join(folder, 'blob.jwt');
    await writeFile(path, `${await signed()}\n`);
    expect((await loadFidoMetadata(path, trust)).ok).toBe(true);
    expect(await loadFidoMetadata(join(folder, 'none'), trust)).toEqual(refused('fido_metadata.unreadable'));
    expect(await loadFidoMetadata(folder, trust)).toEqual(refused('fido_metadata.unreadable'));
    await rm(folder, { recursive: true });
  });

  it("has the FIDO Alliance's roots as its default", () => {
    expect(MDS_ROOTS.map((pem) => new X509Certificate(pem).subject)).toEqual([
      expect.stringContaining('GlobalSign Root CA - R3'),
      expect.stringContaining('GlobalSign Root R46'),
    ]);
  });
});
