import fc from 'fast-check';
import * as otpauth from 'otpauth';
import { expect, it } from 'vitest';
import { OTP_ALGORITHMS } from './hotp.ts';
import { parseCode } from './parse-code.ts';
import { stepAt } from './totp-step.ts';
import { verifyTotp } from './verify-totp.ts';

const seeds = fc.uint8Array({ minLength: 20, maxLength: 64 });
const instants = fc.integer({ min: 0, max: 253_402_300_799_000 });

it('A code is accepted just when otpauth made it for this step or the last one, and none was used since (I-01)', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom(...OTP_ALGORITHMS),
      instants,
      fc.integer({ min: -4, max: 4 }),
      fc.option(fc.integer({ min: -4, max: 4 })),
      fc.boolean(),
      (seed, algorithm, now, offset, last, onlyCurrentStep) => {
        const secret = new otpauth.Secret({ buffer: seed.slice().buffer });
        const step = Math.max(0, stepAt(now) + offset);
        const code = parseCode(otpauth.HOTP.generate({ secret, counter: step, algorithm }));
        const lastStep = last === null ? null : stepAt(now) + last;
        fc.pre(code.ok);

        const codes = [0, -1].map((at) =>
          otpauth.HOTP.generate({ secret, counter: Math.max(0, stepAt(now) + at), algorithm }),
        );
        const open = [0, -1].filter(
          (at, i) =>
            codes[i] === code.value &&
            (lastStep === null || Math.max(0, stepAt(now) + at) > lastStep) &&
            (at === 0 || !onlyCurrentStep),
        );
        const verdict = verifyTotp(code.value, { seed, algorithm, lastStep }, now, { onlyCurrentStep });
        expect(verdict.kind === 'accepted').toBe(open.length > 0);
        if (verdict.kind === 'accepted') expect(verdict.step > (lastStep ?? -1)).toBe(true);
      },
    ),
  );
});

it('Once accepted, a code is never accepted again at that moment, whatever was tried in between (S-01, S-02)', () => {
  fc.assert(
    fc.property(seeds, instants, fc.constantFrom(0, -1), (seed, now, offset) => {
      const secret = new otpauth.Secret({ buffer: seed.slice().buffer });
      const code = parseCode(otpauth.HOTP.generate({ secret, counter: Math.max(0, stepAt(now) + offset) }));
      fc.pre(code.ok);
      const first = verifyTotp(code.value, { seed, algorithm: 'SHA1', lastStep: null }, now);
      fc.pre(first.kind === 'accepted');
      const again = verifyTotp(code.value, { seed, algorithm: 'SHA1', lastStep: first.step }, now);
      expect(again.kind).toBe('replayed');
    }),
  );
});
