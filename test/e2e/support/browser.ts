import assert from 'node:assert/strict';
import { after, before, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { build } from 'esbuild';
import { launch, type Browser, type Page } from 'puppeteer-core';

import { chromiumArgs, findChromium } from '../../support/browsers/find-browser.mjs';

declare global {
  /** What `in-page.ts` exports. */
  const inPage: typeof import('./in-page.js');
}

export interface VisitOptions {
  /** What will go wrong in this visit, by what is said of it: anything else fails the test. */
  readonly expected?: readonly RegExp[];
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly javaScript?: boolean;
  /** Another tab of the same visitor, who shares with it what he has kept; without one, somebody new comes. */
  readonly beside?: Page;
  /** Done before the page is asked for. */
  readonly prepare?: (page: Page) => unknown;
}

export interface Visitor {
  /** Opens an address in a tab of its own, closed after the test, which fails if the page complained of anything. */
  visit(t: TestContext, url: string, options?: VisitOptions): Promise<Page>;
}

/** A browser for the tests of a file, with more of Chromium's flags than usual. */
export function visitor(...flags: readonly string[]): Visitor {
  let browser: Browser;
  let support: string;
  before(async () => {
    const [executablePath, { outputFiles }] = await Promise.all([
      findChromium(),
      build({
        entryPoints: [new URL('in-page.ts', import.meta.url).pathname],
        bundle: true,
        write: false,
        globalName: 'inPage',
        target: 'es2022',
      }),
    ]);
    support = outputFiles[0]?.text ?? '';
    browser = await launch({ executablePath, args: [...chromiumArgs, ...flags] });
  });
  after(() => browser.close());

  return {
    async visit(
      t,
      url,
      { expected = [], width = 1280, height = 900, scheme = 'light', javaScript = true, beside, prepare } = {},
    ) {
      // Visitors do not share what they have kept.
      const context = beside?.browserContext() ?? (await browser.createBrowserContext());
      const page = await context.newPage();
      const problems = collectProblems(page);
      t.after(async () => {
        // Neither the browser's own error pages nor pages without JavaScript know `inPage`.
        const violations = await page.evaluate(() => inPage.violations).catch((): string[] => []);
        // The first tab takes the others with it.
        if (!beside) await context.close();
        const unexpected = [...problems, ...violations].filter((problem) => !expected.some((one) => one.test(problem)));
        assert.deepEqual(unexpected, [], 'The page complained.');
      });
      await page.setViewport({ width, height });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.evaluateOnNewDocument(support);
      await page.setJavaScriptEnabled(javaScript);
      await prepare?.(page);
      await page.goto(url);
      return page;
    },
  };
}

/** Whatever a page says in its console, throws, or fails to get. */
function collectProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => problems.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`uncaught: ${String(error)}`));
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`answered ${response.status()}: ${response.url()}`);
  });
  return problems;
}

/** Looks again and again until something is so. The page's policy lets no code be made of text, as the driver's own waiting does. */
export async function until(condition: () => unknown, what: string, milliseconds = 10_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) assert.fail(`Not within ${milliseconds} ms: ${what}`);
    await wait(50);
  }
}

/** Waits until every widget shows what it came for, or that it cannot. */
export const settled = (page: Page, milliseconds?: number): Promise<void> =>
  until(() => page.evaluate(() => inPage.settled()), 'all widgets are ready, empty or failed', milliseconds);

/** Waits until one widget is in a state. */
export const inState = (page: Page, selector: string, state: string, milliseconds?: number): Promise<void> =>
  until(
    () => page.$eval(selector, (element, name) => inPage.isIn(element, name), state),
    `${selector} is ${state}`,
    milliseconds,
  );

/** The words of the first element that a selector finds. */
export const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => inPage.textOf(element));

/** The words of each element that a selector finds. */
export const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (elements) => elements.map((element) => inPage.textOf(element)));

/** Whether the page's own content in the widget takes room on screen. */
export const fallbackShown = (page: Page, selector: string): Promise<boolean> =>
  page.$eval(selector, (element) => inPage.fallbackShown(element));

/** Presses a button inside a widget, by its name. */
export async function press(page: Page, selector: string, name: string): Promise<void> {
  const button = await page.evaluateHandle(
    (where, what) => inPage.byRole(document.querySelector(where) ?? document, 'button', what),
    selector,
    name,
  );
  await button.click();
}
