// `npm run docs`: writes the pages of docs/reference and NOTICE.md from the code; `docs.test.ts` fails when one is stale.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliPage } from './docs/cli-page.ts';
import { eventsPage } from './docs/events-page.ts';
import { noticePage } from './docs/notice-page.ts';
import { reasonsPage } from './docs/reasons-page.ts';
import { settingsPage } from './docs/settings-page.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Every generated page, by its path in the repository. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/reference/settings.md': settingsPage,
  'docs/reference/reasons.md': reasonsPage,
  'docs/reference/events.md': eventsPage,
  'docs/reference/cli.md': cliPage,
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
