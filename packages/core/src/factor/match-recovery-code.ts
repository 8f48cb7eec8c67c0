import { equalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/time.ts';

/** What is stored of one code: the argon2id digest under the salt of its set. */
export interface StoredRecoveryCode {
  readonly digest: Uint8Array;
  readonly usedAt: Instant | null;
}

/**
 * The place of the unused code that this digest belongs to, or null. Every entry is compared in full, so the time taken
 * tells neither the place nor whether a code was spent (I-32). The use ends that code only (design §10.6), and counts
 * when one conditional write has ended it (`where used_at is null`): two parallel uses both match here (S-41).
 */
export function matchRecoveryCode(digest: Uint8Array, set: readonly StoredRecoveryCode[]): number | null {
  const places = set
    .map((stored, index) => ({ index, matches: equalBytes(digest, stored.digest), usedAt: stored.usedAt }))
    .filter((place) => place.matches);
  return places.find((place) => place.usedAt === null)?.index ?? null;
}

/** How many codes are left, as shown after each use. */
export const recoveryCodesLeft = (set: readonly StoredRecoveryCode[]): number =>
  set.filter((stored) => stored.usedAt === null).length;
