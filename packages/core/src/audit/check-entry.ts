import { bytesToHex, hexToBytes, utf8ToBytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { commitPersonal } from './leaf.ts';
import type { EntryLine } from './parse-export-line.ts';
import { leafHash, type Sha256 } from './tree-hash.ts';

export type EntryFault = 'entry_edited' | 'personal_edited' | 'personal_incomplete' | 'personal_unexpected';

export interface CheckedEntry {
  /** Recomputed from what the line shows, never taken from it. */
  readonly leaf: Uint8Array;
  /** There was a personal part, and it is not here. */
  readonly erased: boolean;
}

function checkPersonal(line: EntryLine, hash: Sha256): Result<boolean, EntryFault> {
  const { commitment, personalText, salt } = line;
  if (personalText === null && salt === null) return ok(commitment !== null);
  if (personalText === null || salt === null) return err('personal_incomplete');
  if (commitment === null) return err('personal_unexpected');
  // A gap proves, a change does not: what is shown must be what the leaf committed to.
  return commitPersonal(personalText, hexToBytes(salt), hash) === commitment
    ? ok(false)
    : err('personal_edited');
}

/** Whether an entry is in itself as it was stored. Where it belongs in the log, and that it was signed, is not said. */
export function checkEntry(line: EntryLine, hash: Sha256): Result<CheckedEntry, EntryFault> {
  const leaf = leafHash(utf8ToBytes(line.entryText), hash);
  if (bytesToHex(leaf) !== line.leaf) return err('entry_edited');
  const erased = checkPersonal(line, hash);
  return erased.ok ? ok({ leaf, erased: erased.value }) : erased;
}
