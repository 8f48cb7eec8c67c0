import { err, ok, type Result } from '../kernel/result.ts';
import { fromCodeText } from './code-text.ts';
import type { TemporaryPass } from './make-temporary-pass.ts';

/** Reads a temporary pass as typed; case, blanks, hyphens and look-alikes are forgiven. Says nothing of its validity. */
export function parseTemporaryPass(text: unknown): Result<TemporaryPass, 'temporary_pass.malformed'> {
  const read = fromCodeText(text);
  return read.ok ? ok(read.value as TemporaryPass) : err('temporary_pass.malformed');
}
