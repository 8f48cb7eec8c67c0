import { X509Certificate } from 'node:crypto';
import { decode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from './webauthn-certificate.ts';
import { createWebAuthnKey } from './webauthn-key.ts';

const ORIGIN = 'https://sso.example.test';
const creation = {
  rp: { id: 'sso.example.test' },
  user: { id: 'dXNlcg' },
  challenge: 'Y2hhbGxlbmdl',
  pubKeyCredParams: [],
};
const request = { rpId: 'sso.example.test', challenge: 'Y2hhbGxlbmdl' };

const counterOf = (data: string): number => Buffer.from(data, 'base64url').readUInt32BE(33);
const flagsOf = (data: string): number => Buffer.from(data, 'base64url').readUInt8(32);

describe('the soft WebAuthn key', () => {
  it('counts its uses, and a clone goes on from the same counter', () => {
    const key = createWebAuthnKey();
    key.create(creation, ORIGIN);
    const clone = key.clone();
    expect(counterOf(key.get(request, ORIGIN).response.authenticatorData)).toBe(2);
    expect(counterOf(key.get(request, ORIGIN).response.authenticatorData)).toBe(3);
    const answer = clone.get(request, ORIGIN);
    expect([counterOf(answer.response.authenticatorData), answer.id, answer.response.userHandle]).toEqual([
      2,
      key.credentialId,
      'dXNlcg',
    ]);
  });

  it('stays at nought when it has no counter', () => {
    const key = createWebAuthnKey({ counter: 'zero' });
    expect([1, 2].map(() => counterOf(key.get(request, ORIGIN).response.authenticatorData))).toEqual([0, 0]);
  });

  it('sets its flags by its kind, and a test overrides any of them', () => {
    const key = createWebAuthnKey({ backupEligible: true, backedUp: true });
    expect(flagsOf(key.get(request, ORIGIN).response.authenticatorData)).toBe(0x1d);
    expect(
      flagsOf(key.get(request, ORIGIN, { flags: { uv: false, up: false } }).response.authenticatorData),
    ).toBe(0x18);
  });

  it("sends an attestation certificate that its maker's root issued", () => {
    const key = createWebAuthnKey({ attestation: 'packed' });
    const object: unknown = decode(
      Buffer.from(key.create(creation, ORIGIN).response.attestationObject, 'base64url'),
      { useMaps: true },
    );
    const statement: unknown = object instanceof Map ? object.get('attStmt') : null;
    const x5c: unknown = statement instanceof Map ? statement.get('x5c') : null;
    const [leaf] = Array.isArray(x5c) ? x5c.map((der: Uint8Array) => new X509Certificate(der)) : [];
    const root = new X509Certificate(key.attestationRoot);
    expect(leaf?.checkIssued(root) && leaf.verify(root.publicKey)).toBe(true);
    expect([leaf?.ca, root.ca]).toEqual([false, true]);
  });

  it('makes certificates for a host', () => {
    const { der } = makeCertificate({ subject: 'x', dnsName: 'mds.example.test', ca: false });
    expect(new X509Certificate(der).checkHost('mds.example.test')).toBe('mds.example.test');
  });
});
