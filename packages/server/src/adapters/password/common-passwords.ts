import { readFile } from 'node:fs/promises';
import type { CommonPasswords } from '../../ports/password.ts';
import { mayContain, readBloomFilter } from './bloom-filter.ts';

/** Shortest entry on the list, in code points; whatever is shorter is refused for its length anyway (R-PWD-02). */
export const SHORTEST_LISTED = 8;

export const COMMON_PASSWORDS_FILE = new URL('./list/common-passwords.bloom', import.meta.url);

/** The one spelling of the list: NFC, lower case. The build tool and the look-up share it. */
export const listSpelling = (password: string): string =>
  password.normalize('NFC').toLowerCase().normalize('NFC');

/** Reads the list, about 1.5 MB, which stays in memory as it is. Rejects when the file is missing or damaged. */
export async function loadCommonPasswords(file: URL = COMMON_PASSWORDS_FILE): Promise<CommonPasswords> {
  const filter = readBloomFilter(await readFile(file));
  return {
    has(password) {
      const text = listSpelling(password);
      return [...text].length >= SHORTEST_LISTED && mayContain(filter, text);
    },
  };
}
