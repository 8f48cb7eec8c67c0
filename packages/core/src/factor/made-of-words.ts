import { shapeOf } from './context-words.ts';

/** Most characters put around a word that still leave it the same guess: a date, a year with a sign, `123!`. */
const MOST_AROUND = 8;

/** Most words in a row that count as one guess; four and more may be an honest passphrase. */
const MOST_WORDS = 3;

/** The password without what people put before and after a word: nothing, signs, or signs and digits. */
function cores(password: string): readonly string[] {
  const ends = [/^$/u, /[^\p{L}\p{N}]+$/u, /[^\p{L}]+$/u];
  const starts = [/^$/u, /^[^\p{L}\p{N}]+/u, /^[^\p{L}]+/u];
  const lower = password.toLowerCase();
  return ends
    .flatMap((end) => starts.map((start) => lower.replace(end, '').replace(start, '')))
    .filter((core) => [...lower].length - [...core].length <= MOST_AROUND);
}

/** The words that make up the whole shape, at most `MOST_WORDS` of them, or null. */
function split(shape: string, words: readonly string[], left: number): readonly string[] | null {
  if (shape === '') return [];
  if (left === 0) return null;
  for (const word of words) {
    const rest = shape.startsWith(word) ? split(shape.slice(word.length), words, left - 1) : null;
    if (rest) return [word, ...rest];
  }
  return null;
}

/**
 * The first of the words that the whole password is made of, after simple variations: case, accents, look-alike
 * characters, separators, digits and signs around it, up to three words in a row. A word somewhere inside a longer
 * password does no harm and is not looked for (R-PWD-08: whole password, not parts).
 */
export function madeOfWords(password: string, words: readonly string[]): string | null {
  for (const shape of new Set(cores(password).map(shapeOf))) {
    const [first] = split(shape, words, MOST_WORDS) ?? [];
    if (first !== undefined) return first;
  }
  return null;
}
