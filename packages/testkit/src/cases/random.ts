/** A stream of numbers that a seed fixes, so that a failed run can be repeated. */
export interface Random {
  readonly seed: number;
  /** An integer from 0 up to, not including, the limit. */
  readonly below: (limit: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly shuffled: <T>(list: readonly T[]) => readonly T[];
  /** Lower-case letters and digits. */
  readonly word: (length: number) => string;
  /** 43 characters of base64url, the shape of every secret of ours. */
  readonly secret: () => string;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const BASE64URL = `${LETTERS}ABCDEFGHIJKLMNOPQRSTUVWXYZ-_`;

/** mulberry32: small, and good enough to vary cases. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[below(list.length)];
    if (chosen === undefined) throw new TypeError('nothing to pick from');
    return chosen;
  };
  const text = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join('');
  return {
    seed,
    below,
    pick,
    shuffled: (list) => {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        const [a, b] = [copy[last], copy[other]];
        if (a !== undefined && b !== undefined) [copy[last], copy[other]] = [b, a];
      }
      return copy;
    },
    word: (length) => text(LETTERS, length),
    secret: () => text(BASE64URL, 43),
  };
}
