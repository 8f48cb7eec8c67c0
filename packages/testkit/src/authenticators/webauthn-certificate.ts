import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What goes into a test certificate; signed with ECDSA over SHA-256. */
export interface CertificateAsk {
  readonly subject: string;
  /** An attestation certificate has this unit by the rules of the packed format (WebAuthn 8.2.1). */
  readonly unit?: string;
  readonly ca: boolean;
  readonly aaguid?: Uint8Array;
  readonly dnsName?: string;
  /** A revocation list's address. */
  readonly crl?: string;
  /** One more extension: its OID as hex of the DER content, and its value. */
  readonly extension?: { readonly oid: string; readonly value: Uint8Array };
  /** P-256; fresh when missing. */
  readonly key?: KeyObject;
  readonly notAfter?: Date;
}

export interface TestCertificate {
  readonly der: Uint8Array;
  readonly key: KeyObject;
  readonly name: Buffer;
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const size: number[] = [];
  for (let left = body.length; left > 0; left >>= 8) size.unshift(left & 0xff);
  const length = body.length < 0x80 ? [body.length] : [0x80 | size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const TRUE = der(0x01, Buffer.from([0xff]));

const part = (type: string, text: string): Buffer =>
  der(0x31, sequence(oid(type), der(type === '550406' ? 0x13 : 0x0c, Buffer.from(text))));
const nameOf = (ask: CertificateAsk): Buffer =>
  sequence(
    part('550406', 'AA'),
    part('55040a', 'Countersign tests'),
    ...(ask.unit === undefined ? [] : [part('55040b', ask.unit)]),
    part('550403', ask.subject),
  );

const time = (date: Date): Buffer =>
  der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
const extension = (id: string, value: Uint8Array, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [TRUE] : []), octets(value));

function extensionsOf(ask: CertificateAsk): Buffer {
  const all = [extension('551d13', ask.ca ? sequence(TRUE) : sequence(), true)];
  if (ask.ca) all.push(extension('551d0f', der(0x03, Buffer.from([0x01, 0x06])), true));
  if (ask.aaguid) all.push(extension('2b0601040182e51c010104', octets(ask.aaguid)));
  if (ask.dnsName) all.push(extension('551d11', sequence(der(0x82, Buffer.from(ask.dnsName)))));
  if (ask.crl)
    all.push(extension('551d1f', sequence(sequence(der(0xa0, der(0xa0, der(0x86, Buffer.from(ask.crl))))))));
  if (ask.extension) all.push(extension(ask.extension.oid, ask.extension.value));
  return der(0xa3, sequence(...all));
}

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));

/** Makes a certificate, issued by `issuer`, or by itself when there is none. */
export function makeCertificate(ask: CertificateAsk, issuer?: TestCertificate): TestCertificate {
  const privateKey = ask.key ?? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const name = nameOf(ask);
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ECDSA_SHA256,
    issuer?.name ?? name,
    sequence(time(new Date('2024-01-01T00:00:00Z')), time(ask.notAfter ?? new Date('2124-01-01T00:00:00Z'))),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    extensionsOf(ask),
  );
  const signature = sign('sha256', toBeSigned, issuer?.key ?? privateKey);
  const whole = sequence(toBeSigned, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature));
  return { der: new Uint8Array(whole), key: privateKey, name };
}
