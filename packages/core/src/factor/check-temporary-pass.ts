import { err, ok, type Result } from '../kernel/result.ts';
import { type Duration, type Instant, minutes } from '../kernel/time.ts';

/** Longest life of a pass: it stands in for a lost factor on one visit, so an hour is ample (I-18, R-REC-05). */
export const TEMPORARY_PASS_LONGEST: Duration = minutes(60);

export interface TemporaryPassLife {
  /** Start of its life; may lie ahead, for a first day at work. */
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly usedAt: Instant | null;
}

/** The life of a pass that starts at `validFrom`, refused unless longer than zero and at most an hour. */
export function temporaryPassLife(
  validFrom: Instant,
  lasts: Duration,
): Result<TemporaryPassLife, 'temporary_pass.life_out_of_range'> {
  const fits = Number.isFinite(validFrom) && lasts > 0 && lasts <= TEMPORARY_PASS_LONGEST;
  return fits
    ? ok({ validFrom, validUntil: validFrom + lasts, usedAt: null })
    : err('temporary_pass.life_out_of_range');
}

/**
 * Whether the pass may open anything now. Its end is exclusive. The stored end is not trusted beyond an hour, so an
 * edited row lives no longer. Single use holds only through a conditional write (`where used_at is null`, I-18).
 */
export function checkTemporaryPass(
  life: TemporaryPassLife,
  now: Instant,
): Result<'valid', 'temporary_pass.used' | 'temporary_pass.too_early' | 'temporary_pass.expired'> {
  if (life.usedAt !== null) return err('temporary_pass.used');
  if (now < life.validFrom) return err('temporary_pass.too_early');
  const end = Math.min(life.validUntil, life.validFrom + TEMPORARY_PASS_LONGEST);
  return now < end ? ok('valid') : err('temporary_pass.expired');
}
