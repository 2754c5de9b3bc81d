import assert from 'node:assert/strict';
import { after, before, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { build } from 'esbuild';
import { launch, type Browser, type ElementHandle, type Page } from 'puppeteer-core';

import { chromiumArgs, findChromium, findFirefox } from '../../support/browsers/find-browser.mjs';

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

/** Milliseconds. Longer than a slow and busy machine takes for anything: only what never comes costs that time. */
const PATIENCE = 60_000;

/** CAP_E2E_BROWSER=firefox has the tests of a file run in Firefox, as far as its driver goes: of what it cannot do, none may ask. */
export const inFirefox = process.env['CAP_E2E_BROWSER'] === 'firefox';

/** A browser for the tests of a file, with more of Chromium's flags than usual. */
export function visitor(...flags: readonly string[]): Visitor {
  let browser: Browser;
  let support: string;
  before(async () => {
    const [executablePath, { outputFiles }] = await Promise.all([
      inFirefox ? findFirefox() : findChromium(),
      build({
        entryPoints: [new URL('in-page.ts', import.meta.url).pathname],
        bundle: true,
        write: false,
        globalName: 'inPage',
        // What Firefox is given runs inside a function.
        footer: { js: 'globalThis.inPage = inPage;' },
        target: 'es2022',
      }),
    ]);
    support = outputFiles[0]?.text ?? '';
    browser = await launch(
      inFirefox
        ? { browser: 'firefox', executablePath, headless: true, timeout: PATIENCE }
        : { executablePath, args: [...chromiumArgs, ...flags], timeout: PATIENCE },
    );
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
      page.setDefaultTimeout(PATIENCE);
      const problems = collectProblems(page);
      t.after(async () => {
        // Neither the browser's own error pages nor pages without JavaScript know `inPage`.
        const violations = await page.evaluate(() => inPage.violations).catch((): string[] => []);
        // Before the tab is closed, which cuts off whatever it is still reading.
        const unexpected = [...problems, ...violations].filter((problem) => !expected.some((one) => one.test(problem)));
        if (!beside) {
          // The first tab takes the others with it, and no test has asked them yet what went wrong before.
          for (const tab of await context.pages()) tab.removeAllListeners('requestfailed');
          await context.close();
        }
        assert.deepEqual(unexpected, [], 'The page complained.');
      });
      await page.setViewport({ width, height });
      if (!inFirefox) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.evaluateOnNewDocument(support);
      if (!javaScript) await page.setJavaScriptEnabled(false);
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
  page.on('requestfailed', (request) => {
    // Chromium calls some requests aborted whose answer, not to be stored, a page has read to its end piece by piece, as the
    // widgets do to count its bytes; nobody has aborted them.
    const isUnstored = request.response()?.headers()['cache-control']?.includes('no-store');
    const { errorText } = request.failure() ?? {};
    if (!isUnstored || errorText !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()} ${errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`answered ${response.status()}: ${response.url()}`);
  });
  return problems;
}

/**
 * Looks again and again until something is so. The page's policy lets no code be made of text, as the driver's own waiting
 * does. What cannot be looked at, as in a page that is on its way elsewhere, is not so yet.
 */
export async function until(condition: () => unknown, what: string, milliseconds = PATIENCE): Promise<void> {
  // Made here, where its stack leads to the test.
  const failure = new Error(`Not within ${milliseconds} ms: ${what}`);
  for (const end = Date.now() + milliseconds; ; await wait(50)) {
    failure.cause = undefined;
    try {
      if (await condition()) return;
    } catch (reason) {
      failure.cause = reason;
    }
    if (Date.now() > end) throw failure;
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

/** Loads a page again, once it has read all that it wanted: what is cut off would be taken for a failure. */
export async function reload(page: Page): Promise<void> {
  await page.waitForNetworkIdle({ idleTime: 300 });
  await page.reload();
}

/** The words of the first element that a selector finds. */
export const textOf = (page: Page, selector: string): Promise<string> =>
  page.$eval(selector, (element) => inPage.textOf(element));

/** The words of each element that a selector finds. */
export const textsOf = (page: Page, selector: string): Promise<string[]> =>
  page.$$eval(selector, (elements) => elements.map((element) => inPage.textOf(element)));

/** Whether the page's own content in the widget takes room on screen. */
export const fallbackShown = (page: Page, selector: string): Promise<boolean> =>
  page.$eval(selector, (element) => inPage.fallbackShown(element));

/** Clicks on an element as a mouse does; false where it cannot take the click yet, or has moved away from under it. */
async function clickOn(page: Page, target: ElementHandle): Promise<boolean> {
  if (await target.evaluate((element) => element.getAttribute('aria-disabled') === 'true')) return false;
  await target.scrollIntoView();
  const { x, y } = await target.clickablePoint();
  const taken = await target.evaluateHandle((element) => {
    const clicks: Event[] = [];
    element.addEventListener('click', (event) => clicks.push(event), { capture: true, once: true });
    return clicks;
  });
  try {
    await page.mouse.click(x, y);
    // The browser has told the page of the click by now; a missed one would be meant for another element.
    return (await taken.evaluate(({ length }) => length)) > 0;
  } catch {
    // Some clicks lead elsewhere, or close the very window that they are in: nobody can be asked, and nothing is repeated.
    return true;
  }
}

/** Clicks on what a selector finds, once: as soon as it is there and takes clicks. */
export const click = (page: Page, selector: string): Promise<void> =>
  until(async () => {
    const found = await page.$(selector);
    return found !== null && (await clickOn(page, found));
  }, `${selector} takes a click`);

/**
 * Clicks on what assistive technologies call so, wherever it is on the page. Firefox's driver does not look for names inside
 * shadow roots: there it is what is labelled so, or reads so.
 */
export const clickNamed = (page: Page, name: string): Promise<void> =>
  inFirefox
    ? until(async () => {
        const found = (await page.evaluateHandle(findNamed, name.replace(/\s+/g, ' '))).asElement();
        return found !== null && (await clickOn(page, found as ElementHandle));
      }, `« ${name} » takes a click`)
    : click(page, `::-p-aria(${name})`);

/** Runs in the page, a window that has no `inPage` among them. */
function findNamed(name: string): Element | null {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (!element.matches('button, a, input, summary') || !element.checkVisibility()) continue;
      const label = element.ariaLabel ?? (element as Partial<HTMLInputElement>).labels?.[0]?.innerText;
      if ((label ?? element.innerText).replace(/\s+/g, ' ').trim() === name) return element;
    }
  return null;
}

/** Types into a field, in the place of what is there. */
export const fill = (page: Page, selector: string, value: string): Promise<void> =>
  until(async () => {
    const field = (await page.$(selector)) as ElementHandle<HTMLInputElement> | null;
    if (!field) return false;
    await field.evaluate((input) => {
      input.focus();
      input.select();
    });
    await field.type(value);
    return (await field.evaluate((input) => input.value)) === value;
  }, `${selector} takes « ${value} »`);

/** Presses a button inside a widget, by its name, once: as soon as it is there and takes clicks. */
export const press = (page: Page, selector: string, name: string): Promise<void> =>
  until(async () => {
    const button = await page.evaluateHandle(
      (where, what) => inPage.byRole(document.querySelector(where) ?? document, 'button', what),
      selector,
      name,
    );
    return clickOn(page, button);
  }, `« ${name} » in ${selector} takes a click`);

/** Does something that opens a window, and gives that window. */
export async function windowAfter(page: Page, act: () => unknown): Promise<Page> {
  let opened: Page | null = null;
  page.once('popup', (popup) => {
    opened = popup;
  });
  await act();
  await until(() => opened, 'a window opens');
  const popup = opened as Page | null;
  assert.ok(popup);
  popup.setDefaultTimeout(PATIENCE);
  // As a new window is: in front, with the focus.
  await popup.bringToFront();
  return popup;
}
