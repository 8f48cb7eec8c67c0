import type { Page } from 'playwright-core';
import { choosePassword, follow, heading, press } from './act.ts';
import { scan, type Phone } from './phone.ts';

export interface Answers {
  readonly organisation: string;
  readonly login: string;
  readonly name: string;
  readonly email: string;
}

export async function fillSetup(page: Page, { organisation, login, name, email }: Answers): Promise<void> {
  await page.getByLabel('Name of the organisation').fill(organisation);
  await page.getByLabel('Username').fill(login);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address (optional)').fill(email);
  await press(page, 'Create and continue');
  await heading(page, 'Set up how you sign in');
}

/** Opens a link from a mail and takes it up. */
export async function acceptInvitation(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await press(page, 'Set up my account');
  await heading(page, 'Set up how you sign in');
}

/** From the page with the steps: makes a passkey with the authenticator that is plugged in. */
export async function makePasskey(page: Page, name = 'Laptop'): Promise<void> {
  await follow(page, /^Passkey/);
  await page.getByLabel('Name for this way to sign in').fill(name);
  await press(page, 'Create passkey');
  await heading(page, 'Set up how you sign in');
}

/** From the page with the steps: scans the picture with a phone and types the code that it shows. */
export async function makeTotp(page: Page, name = 'Phone'): Promise<Phone> {
  await follow(page, /^Code from an authenticator app/);
  const phone = await scan(page.getByRole('img', { name: /^QR code for/ }));
  await page.getByLabel(/^Code for/).fill(await phone.code());
  await page.getByLabel('Name for this way to sign in').fill(name);
  await press(page, 'Confirm and save');
  await heading(page, 'Set up how you sign in');
  return phone;
}

/** The codes that the page shows this once. */
export const codesShown = (page: Page): Promise<string[]> => page.locator('.codes li').allInnerTexts();

export async function passwordAndTotp(page: Page, password: string): Promise<Phone> {
  await choosePassword(page, password);
  return makeTotp(page);
}
