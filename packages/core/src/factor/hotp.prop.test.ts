import fc from 'fast-check';
import * as otpauth from 'otpauth';
import { expect, it } from 'vitest';
import { hotp, OTP_ALGORITHMS } from './hotp.ts';

it('Every one-time value is the one that otpauth computes, for any seed, counter, length and hash (R-OTP-02, R-OTP-03)', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 128 }),
      fc.oneof(fc.maxSafeNat(), fc.nat(2 ** 31), fc.integer({ min: 2 ** 32 - 5, max: 2 ** 32 + 5 })),
      fc.constantFrom(6 as const, 7 as const, 8 as const),
      fc.constantFrom(...OTP_ALGORITHMS),
      (seed, counter, digits, algorithm) => {
        const secret = new otpauth.Secret({ buffer: seed.slice().buffer });
        expect(hotp(seed, counter, digits, algorithm)).toBe(
          otpauth.HOTP.generate({ secret, counter, digits, algorithm }),
        );
      },
    ),
  );
});
