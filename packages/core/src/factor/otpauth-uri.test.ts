import fc from 'fast-check';
import * as otpauth from 'otpauth';
import { describe, expect, it } from 'vitest';
import { groupedKey } from './grouped-key.ts';
import { OTP_ALGORITHMS } from './hotp.ts';
import { newTotpSeed } from './new-totp-seed.ts';
import { otpauthUri } from './otpauth-uri.ts';

const SEED = Uint8Array.from('12345678901234567890', (digit) => digit.charCodeAt(0));

describe('The address in the QR picture', () => {
  it('follows the convention of Google Authenticator to the letter', () => {
    expect(otpauthUri({ issuer: 'Acme Corp', account: 'anna+work@acme.example', seed: SEED })).toBe(
      'otpauth://totp/Acme%20Corp:anna%2Bwork%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%20Corp&algorithm=SHA1&digits=6&period=30',
    );
  });

  it('keeps a colon out of both names, where it would move the border between them', () => {
    const uri = otpauthUri({ issuer: 'Acme: Staff', account: 'ad:anna', seed: SEED });
    expect(uri).toContain('otpauth://totp/Acme-%20Staff:ad-anna?');
    expect(uri).toContain('&issuer=Acme-%20Staff&');
  });

  it('does not fail on half a surrogate pair', () => {
    expect(() => otpauthUri({ issuer: 'Acme \ud800', account: '\udfff', seed: SEED })).not.toThrow();
  });

  it('says to an independent program what we meant, whatever the names hold', () => {
    const names = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((name) => !name.includes(':') && name.trim() === name && name !== '');
    fc.assert(
      fc.property(
        names,
        names,
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.constantFrom(...OTP_ALGORITHMS),
        (issuer, account, seed, algorithm) => {
          const read = otpauth.URI.parse(otpauthUri({ issuer, account, seed, algorithm }));
          expect(read).toMatchObject({ issuer, label: account, algorithm, digits: 6, period: 30 });
          expect([...read.secret.bytes]).toEqual([...seed]);
        },
      ),
    );
  });
});

describe('The seed of an authenticator app', () => {
  it('is 160 bits, of the random source alone (R-OTP-01)', () => {
    const random = SEED.slice();
    const seed = newTotpSeed(random);
    random.fill(0);
    expect([...seed]).toEqual([...SEED]);
  });

  it.each([0, 16, 19, 21])('is not made from %d bytes', (length) => {
    expect(() => newTotpSeed(new Uint8Array(length))).toThrow(RangeError);
  });

  it('is shown for typing in groups of four', () => {
    expect(groupedKey(SEED)).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
    expect(groupedKey(new Uint8Array(0))).toBe('');
  });
});
