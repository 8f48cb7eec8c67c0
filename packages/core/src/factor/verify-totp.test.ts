import { describe, expect, it } from 'vitest';
import { hotp } from './hotp.ts';
import { type Code6, parseCode } from './parse-code.ts';
import { stepAt } from './totp-step.ts';
import { type TotpSecret, verifyTotp } from './verify-totp.ts';

const SEED = new Uint8Array(20).map((_, i) => i * 7 + 1);
const NOW = 1_795_000_015_000;
const T = stepAt(NOW);

const secret = (lastStep: number | null = null): TotpSecret => ({ seed: SEED, algorithm: 'SHA1', lastStep });

function codeAt(step: number): Code6 {
  const code = parseCode(hotp(SEED, step, 6, 'SHA1'));
  if (!code.ok) throw new Error('not a code');
  return code.value;
}

describe('A code of an authenticator app', () => {
  it('is accepted in its own step and the next one, and says which step it used up (design §10.6)', () => {
    expect(verifyTotp(codeAt(T), secret(), NOW)).toEqual({ kind: 'accepted', step: T });
    expect(verifyTotp(codeAt(T - 1), secret(), NOW)).toEqual({ kind: 'accepted', step: T - 1 });
  });

  it('is refused from two steps ago and from the step to come, with a hint about the clock (S-09)', () => {
    expect(verifyTotp(codeAt(T - 2), secret(), NOW)).toEqual({ kind: 'refused', hint: 'clock_behind' });
    expect(verifyTotp(codeAt(T + 1), secret(), NOW)).toEqual({ kind: 'refused', hint: 'clock_ahead' });
  });

  it.each([-1_000, -60, -3, 2, 3, 60, 1_000])('is refused %d steps away, without a hint', (offset) => {
    expect(verifyTotp(codeAt(T + offset), secret(), NOW)).toEqual({ kind: 'refused', hint: null });
  });

  it('is a replay the second time, and so is every older one (S-01, S-09, R-OTP-04, I-01)', () => {
    expect(verifyTotp(codeAt(T), secret(T), NOW)).toEqual({ kind: 'replayed', step: T });
    expect(verifyTotp(codeAt(T - 1), secret(T), NOW)).toEqual({ kind: 'replayed', step: T - 1 });
    expect(verifyTotp(codeAt(T - 2), secret(T), NOW)).toEqual({ kind: 'replayed', step: T - 2 });
  });

  it('of the current step is accepted after the one of the last step', () => {
    expect(verifyTotp(codeAt(T), secret(T - 1), NOW)).toEqual({ kind: 'accepted', step: T });
  });

  it('stays used when the clock of the server is set back', () => {
    expect(verifyTotp(codeAt(T), secret(T + 1), NOW)).toEqual({ kind: 'replayed', step: T });
    expect(verifyTotp(codeAt(T + 1), secret(T + 1), NOW)).toEqual({ kind: 'replayed', step: T + 1 });
    expect(verifyTotp(codeAt(T - 1), secret(T + 5_000), NOW)).toEqual({ kind: 'replayed', step: T - 1 });
  });

  it('lives in the current step only where the setting says so (R-OTP-05)', () => {
    const only = { onlyCurrentStep: true };
    expect(verifyTotp(codeAt(T), secret(), NOW, only)).toEqual({ kind: 'accepted', step: T });
    expect(verifyTotp(codeAt(T - 1), secret(), NOW, only)).toEqual({ kind: 'refused', hint: 'clock_behind' });
  });

  it('that two steps share is booked on the newer step, so that it cannot be used again', () => {
    // Found by search: the first two neighbouring steps of this seed with the same six digits.
    const older = 1_041_479;
    const code = codeAt(older);
    expect(code).toBe(codeAt(older + 1));
    const now = (older + 1) * 30_000;
    expect(verifyTotp(code, secret(), now)).toEqual({ kind: 'accepted', step: older + 1 });
    expect(verifyTotp(code, secret(older), now)).toEqual({ kind: 'accepted', step: older + 1 });
    expect(verifyTotp(code, secret(older + 1), now).kind).toBe('replayed');
  });

  it('is judged in the year 1970, after 2038 and in the year 9999 alike (R-OTP-03)', () => {
    for (const now of [0, 2 ** 31 * 1_000, 253_402_300_799_000])
      expect(verifyTotp(codeAt(stepAt(now)), secret(), now)).toEqual({ kind: 'accepted', step: stepAt(now) });
  });
});
