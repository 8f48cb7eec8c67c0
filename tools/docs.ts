// `npm run docs`: writes docs/reference and NOTICE.md from the code, and tables and pictures into other pages; `docs.test.ts` fails when one is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliPage } from './docs/cli-page.ts';
import { eventsPage } from './docs/events-page.ts';
import { withTables } from './docs/limits.ts';
import { noticePage } from './docs/notice-page.ts';
import { withPictures } from './docs/pictures.ts';
import { reasonsPage } from './docs/reasons-page.ts';
import { settingsPage } from './docs/settings-page.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

/** Every page that is generated, or has generated parts, by its path in the repository. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/reference/settings.md': settingsPage,
  'docs/reference/reasons.md': reasonsPage,
  'docs/reference/events.md': eventsPage,
  'docs/reference/cli.md': cliPage,
  'docs/sign-in.md': () => withTables(read('docs/sign-in.md')),
  'README.md': () => withPictures(read('README.md'), ROOT),
  'NOTICE.md': noticePage,
};

function writePages(): void {
  for (const [path, make] of Object.entries(PAGES)) {
    mkdirSync(dirname(`${ROOT}${path}`), { recursive: true });
    writeFileSync(`${ROOT}${path}`, make());
    console.log(`written ${path}`);
  }
}

if (import.meta.main) writePages();
