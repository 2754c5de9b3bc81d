import assert from 'node:assert/strict';

import type { Page } from 'puppeteer-core';

import { click, until } from './browser.js';

/** The ways to press what is on the page. */
export interface Hand {
  /** Presses a button in the list, or in the basket, by its name. */
  press(page: Page, where: string, name: string): Promise<void>;
}

/** A button in a widget, by its name. */
export const named = (where: string, name: string): string => `${where} >>> button[aria-label="${name}"]`;

export const mouse: Hand = {
  press: (page, where, name) => click(page, named(where, name)),
};

/** More stops than any of these pages has. */
const MOST_STOPS = 400;

export const keyboard: Hand = {
  async press(page, where, name) {
    const selector = named(where, name);
    await until(
      () => page.$eval(selector, (button) => button.getAttribute('aria-disabled') !== 'true'),
      `« ${name} » can be pressed`,
    );
    await tabTo(page, name);
    await page.keyboard.press(name.startsWith('Retirer') ? 'Space' : 'Enter');
  },
};

/** Goes on with the Tab key until the focus is on what is called so; behind the end of the page it begins again. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const here = (): Promise<boolean> =>
    page.evaluate((wanted) => inPage.focused()?.getAttribute('aria-label') === wanted, name);
  for (let stops = 0; !(await here()); stops++) {
    assert.ok(stops < MOST_STOPS, `the Tab key never leads to « ${name} »`);
    await page.keyboard.press('Tab');
  }
}
