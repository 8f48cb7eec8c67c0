import { hashSecret } from '@countersign/core/kernel/hash';
import type { Visitor } from './deps.ts';

/** How the store knows this browser; null without our cookie. */
export const browserHash = ({ browser }: Visitor): Uint8Array | null =>
  browser === null ? null : hashSecret(browser);
