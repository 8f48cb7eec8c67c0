import type { Page } from 'playwright-core';
import { expect } from 'vitest';

interface Focus {
  readonly name: string;
  readonly visible: boolean;
  readonly place: string;
}

/** What has the focus, by the name that it goes by, and whether somebody who looks can see that it has. */
const focus = (page: Page): Promise<Focus | null> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined;
    const name = element.getAttribute('aria-label') ?? (label ?? element).innerText;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const drawn =
      element.matches(':focus-visible') &&
      style.outlineStyle !== 'none' &&
      Number.parseFloat(style.outlineWidth) >= 2;
    const uncovered = over !== null && (element.contains(over) || over.contains(element));
    const all = [...document.querySelectorAll('*')];
    return {
      name: name.trim().replaceAll(/\s+/g, ' '),
      visible: drawn && uncovered,
      place: String(all.indexOf(element)),
    };
  });

const fits = (name: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name);

/** Presses Tab until something of this name has the focus; every stop on the way must be visible. */
export async function tabTo(page: Page, wanted: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    const now = await focus(page);
    if (now !== null && presses > 0) expect(now, `focus on ${now.name}`).toMatchObject({ visible: true });
    if (now !== null && fits(now.name, wanted)) return;
    passed.push(now?.name ?? '(nothing)');
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(wanted)}; it passed ${passed.join(' | ')}`);
}

/** Tabs there and presses Enter, as for a link or button. The next page has to have come. */
export async function enter(page: Page, wanted: string | RegExp): Promise<void> {
  await tabTo(page, wanted);
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
}

export async function type(page: Page, wanted: string | RegExp, text: string): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Goes once around the page with Tab and back with Shift+Tab: everything that can be used is reached, nothing holds on. */
export async function goAround(page: Page): Promise<void> {
  const reachable = await page.evaluate(
    () =>
      [
        ...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), summary'),
      ].filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
        .length,
  );
  for (const key of ['Tab', 'Shift+Tab']) {
    const places = new Set<string>();
    for (let presses = 0; presses < reachable + 3; presses++) {
      const now = await focus(page);
      if (now !== null) {
        places.add(now.place);
        if (presses > 0) expect(now, `focus on ${now.name}`).toMatchObject({ visible: true });
      }
      await page.keyboard.press(key);
    }
    expect(places.size, `stops with ${key}`).toBeGreaterThanOrEqual(reachable);
  }
}
