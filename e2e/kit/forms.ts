import type { Page } from 'playwright-core';

/** Fills a form, by where it goes and what its fields are called, in whatever language the page is; and sends it. */
export async function send(
  page: Page,
  action: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<void> {
  const form = page.locator(`form[action$="${action}"]`).first();
  for (const [name, value] of Object.entries(fields)) await form.locator(`[name="${name}"]`).fill(value);
  await Promise.all([page.waitForEvent('domcontentloaded'), form.locator('[type="submit"]').first().click()]);
}

/** Shows another page of the sign-in that this page belongs to. */
export async function show(page: Page, wanted: string): Promise<void> {
  const { origin, pathname } = new URL(page.url());
  const transaction = pathname.split('/').slice(0, 3).join('/');
  await page.goto(`${origin}${transaction}?with=${wanted}`);
}
