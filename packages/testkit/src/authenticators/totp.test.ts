import * as otpauth from 'otpauth';
import { describe, expect, it } from 'vitest';
import { createTotp } from './totp.ts';

const SEED = Buffer.from('12345678901234567890');
const URI =
  'otpauth://totp/Acme%20Corp:anna%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20Corp&algorithm=SHA1&digits=6&period=30';

describe('The soft authenticator', () => {
  it('reads issuer, account and the way to count from the address', () => {
    expect(createTotp(URI)).toMatchObject({
      issuer: 'Acme Corp',
      account: 'anna@acme.example',
      algorithm: 'SHA1',
      digits: 6,
      periodS: 30,
    });
  });

  it.each([
    [59_000, '94287082'],
    [1_111_111_109_000, '07081804'],
    [20_000_000_000_000, '65353130'],
  ])('shows at %d what RFC 6238 appendix B says (R-OTP-02)', (at, code) => {
    expect(createTotp(URI.replace('digits=6', 'digits=8')).code(at)).toBe(code);
    expect(createTotp(SEED).code(at)).toBe(code.slice(2));
  });

  it('agrees with otpauth, an independent program, step by step', () => {
    const other = new otpauth.TOTP({ secret: otpauth.Secret.fromHex(SEED.toString('hex')) });
    const ours = createTotp('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
    for (const step of [0, 1, 7, 1_000, 54_000_000, 2 ** 33]) {
      expect(ours.code(step * 30_000)).toBe(other.generate({ timestamp: step * 30_000 }));
      expect(ours.code(step * 30_000, 1)).toBe(other.generate({ timestamp: (step + 1) * 30_000 }));
    }
  });

  it('reads the addresses that otpauth writes', () => {
    const uri = new otpauth.TOTP({
      issuer: 'Acme & Söhne',
      label: 'anna+x@acme.example',
      algorithm: 'SHA256',
      digits: 8,
    });
    const ours = createTotp(uri.toString());
    expect(ours).toMatchObject({
      issuer: 'Acme & Söhne',
      account: 'anna+x@acme.example',
      algorithm: 'SHA256',
    });
    expect(ours.code(0)).toBe(uri.generate({ timestamp: 0 }));
  });

  it.each([
    'https://acme.example/totp',
    'otpauth://hotp/x?secret=GEZDGNBV&counter=0',
    'otpauth://totp/x?issuer=Acme',
    'otpauth://totp/Acme:x?secret=GEZDGNBV&issuer=Other',
    'otpauth://totp/x?secret=GEZDGNB1',
    'otpauth://totp/x?secret=GEZDGNBV&algorithm=MD5',
  ])('refuses %s', (uri) => {
    expect(() => createTotp(uri)).toThrow();
  });
});
