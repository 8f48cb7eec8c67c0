import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page may weigh: its HTML, styles and scripts as the browser unpacked them. */
const MOST_BYTES = 30_000;

type Rules = { readonly type: 'tag' | 'rule'; readonly values: readonly string[] };
const ALL: Rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
const CONTRAST: Rules = { type: 'rule', values: ['color-contrast'] };
const TARGETS: Rules = { type: 'rule', values: ['target-size'] };

/** Each rule that axe found broken and the elements that break it. */
async function violations(page: Page, rules: Rules): Promise<readonly string[]> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(AXE);
  const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
  const found = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

/** Elements that reach out of the card or the view: nobody could read the rest by scrolling down. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { innerWidth: width } = window;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > width) found.push('the page scrolls sideways');
    for (const element of document.querySelectorAll('body, body *')) {
      const box = element.getBoundingClientRect();
      const hidden = box.width <= 1 || box.height <= 1 || element.closest('.apart, svg, noscript') !== null;
      if (hidden) continue;
      const frame = element.closest('main')?.getBoundingClientRect() ?? { left: 0, right: width };
      if (box.right > frame.right + 1 || box.left < frame.left - 1)
        found.push(element.outerHTML.slice(0, 120));
    }
    return found;
  });

/** The picture of a QR code is left out: it is data, and as large as what it says. */
const weight = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const picture = document.querySelector('.qr')?.innerHTML.length ?? 0;
    return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ name, initiatorType }) => initiatorType === 'navigation' || /\.(?:css|js)$/.test(name))
      .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, -picture);
  });

/**
 * Whatever state a page is in: no violation of WCAG 2.2 AA that axe can see, light and dark; nothing cut off at 320 px
 * or with letters twice as large; light; in the language that it says, with a title and one main heading.
 */
export async function inspect(page: Page, state: string, locale: string): Promise<void> {
  const faults: string[] = [];
  const note = (what: string, found: readonly string[]): void => {
    faults.push(...found.map((one) => `${what}: ${one}`));
  };
  const viewport = page.viewportSize() ?? { width: 1280, height: 720 };
  note('light', await violations(page, ALL));
  await page.emulateMedia({ colorScheme: 'dark' });
  note('dark', await violations(page, CONTRAST));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 640 });
  note('320 px', await cutOff(page));
  note('320 px', await violations(page, TARGETS));
  await page.setViewportSize({ width: 640, height: 720 });
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  note('200 % text', await cutOff(page));
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.setViewportSize(viewport);

  const bytes = await weight(page);
  if (bytes > MOST_BYTES || bytes === 0) note('weight', [`${bytes} bytes`]);
  if ((await page.locator('html').getAttribute('lang')) !== locale)
    note('language', ['lang is not that of the texts']);
  if ((await page.locator('h1').count()) !== 1) note('headings', ['not one h1']);
  const title = await page.title();
  if (!/\S – \S/.test(title)) note('title', [title]);
  const failed = (await page.locator('.problem:not(:empty)').count()) > 0;
  if (failed !== /^(?:Error|Fehler): /.test(title))
    note('title', [`does not say whether it failed: ${title}`]);
  expect.soft(faults, `${state} (${locale})`).toEqual([]);
}
