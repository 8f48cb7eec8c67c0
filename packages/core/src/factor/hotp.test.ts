import { describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../kernel/bytes.ts';
import { hotp, OTP_ALGORITHMS } from './hotp.ts';
import vectors from './rfc-otp-vectors.json' with { type: 'json' };
import { stepAt } from './totp-step.ts';

describe('One-time values (R-OTP-02)', () => {
  it.each(vectors.hotp.codes.map((code, counter) => ({ code, counter })))(
    'at counter $counter is $code, as RFC 4226 appendix D says',
    ({ code, counter }) => {
      expect(hotp(utf8ToBytes(vectors.hotp.seed), counter, 6, 'SHA1')).toBe(code);
    },
  );

  const totp = vectors.totp.codes.flatMap((row) =>
    OTP_ALGORITHMS.map((algorithm) => ({ seconds: row.seconds, algorithm, code: row[algorithm] })),
  );

  it.each(totp)('with $algorithm at second $seconds is $code, as RFC 6238 appendix B says', (row) => {
    const seed = utf8ToBytes(vectors.totp.seeds[row.algorithm]);
    expect(hotp(seed, stepAt(row.seconds * 1_000), 8, row.algorithm)).toBe(row.code);
  });

  it('are all 10 and all 18 of the published ones', () => {
    expect([vectors.hotp.codes.length, totp.length]).toEqual([10, 18]);
  });
});
