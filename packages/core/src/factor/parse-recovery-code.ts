import { err, ok, type Result } from '../kernel/result.ts';
import { fromCodeText } from './code-text.ts';
import type { RecoveryCode } from './make-recovery-codes.ts';

/** Reads a recovery code as typed; case, blanks, hyphens and look-alikes are forgiven. Says nothing of its validity. */
export function parseRecoveryCode(text: unknown): Result<RecoveryCode, 'recovery_code.malformed'> {
  const read = fromCodeText(text);
  return read.ok ? ok(read.value as RecoveryCode) : err('recovery_code.malformed');
}
