import type { Page } from 'puppeteer-core';

import { click, until } from './browser.js';
import type { Town } from './town.js';

const CONSENT = 'form[action$="/accord"] button';

/** Goes through the identity service as Lucie, as soon as the page has got there. */
export async function identify(page: Page, { sandbox }: Town): Promise<void> {
  const isThere = (): boolean => !page.isClosed() && page.url().startsWith(sandbox.identity);
  await until(isThere, 'the identity service');
  await click(page, 'button[value=lucie-fontaine]');
  // Whoever has agreed before is sent back at once.
  await until(async () => !isThere() || (await page.$(CONSENT)), 'the question or the way back');
  if (isThere()) await click(page, CONSENT);
}
