import { LOCALES } from '@countersign/core/account/account';
import { describe, expect, it } from 'vitest';
import { reasonText } from './problem.ts';
import { SAMPLE_CONTEXT } from './sample-views.ts';

describe('reasonText', () => {
  it('says when waiting ends, never too early', () => {
    const retryAt = SAMPLE_CONTEXT.now + 4 * 60_000 + 1;
    expect(reasonText('guess.locked', SAMPLE_CONTEXT, { retryAt }).next).toContain('in 5 minutes');
    expect(reasonText('guess.locked', SAMPLE_CONTEXT).next).toContain('try again later');
    expect(reasonText('guess.locked', { ...SAMPLE_CONTEXT, locale: 'de' }, { retryAt }).next).toContain(
      'in 5 Minuten',
    );
  });

  it('gives the reference for a reason it does not know, and repeats nothing of it', () => {
    for (const reason of ['no.such', '__proto__', 'constructor', '<b>']) {
      const { what, next } = reasonText(reason, SAMPLE_CONTEXT);
      expect(next).toContain(SAMPLE_CONTEXT.requestId);
      expect(what + next).not.toContain(reason);
    }
  });

  it('says the same of a wrong name and a wrong password, and never that an account exists (R-PRV-01)', () => {
    for (const locale of LOCALES) {
      const { what, next } = reasonText('signin.wrong_pair', { ...SAMPLE_CONTEXT, locale });
      expect(`${what} ${next}`).not.toMatch(/exist|unknown|account|Konto|unbekannt/i);
    }
  });

  it('asks for the length that the place demands', () => {
    expect(reasonText('password.too_short', SAMPLE_CONTEXT, { minimum: 15 }).next).toContain('15');
  });
});
