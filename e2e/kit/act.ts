import type { Page } from 'playwright-core';

/** What a person does on our pages, by what they see: labels and buttons, not addresses or classes. */
export const press = async (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).first().click();

export const follow = async (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('link', { name }).first().click();

export async function heading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

export async function enterName(page: Page, name: string): Promise<void> {
  await page.getByLabel('E-mail or username').fill(name);
  await press(page, 'Continue');
}

export async function enterPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Continue');
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await page.locator('#code').fill(code);
  await press(page, 'Continue');
}

/** Chooses the first password of an account, from the page with the steps. */
export async function choosePassword(page: Page, password: string): Promise<void> {
  await follow(page, 'Password and a second proof');
  await page.getByLabel('New password').fill(password);
  await press(page, 'Save password');
  await heading(page, 'Set up how you sign in');
}
