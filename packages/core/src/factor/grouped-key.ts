import { toBase32 } from '../kernel/base-encoding.ts';

/**
 * The seed for typing by hand, in groups of four. The button that copies it must copy the key without the blanks:
 * apps have refused pasted blanks (ux §2.4).
 */
export const groupedKey = (seed: Uint8Array): string =>
  toBase32(seed)
    .match(/.{1,4}/g)
    ?.join(' ') ?? '';
