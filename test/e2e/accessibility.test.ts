import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';

import { settled, until, visitor } from './support/browser.js';
import { town } from './support/town.js';

const browser = visitor();
const valmont = town();

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, one line each. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`),
  );
}

/** Elements that a page of one column would have to be scrolled sideways for. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`${scrollWidth} on ${clientWidth}`] : [];
  });

/** What has the focus, in the words of a screen reader. */
const focus = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = inPage.focused();
    return element && element !== document.body ? `${element.localName} ${inPage.nameOf(element)}` : '';
  });

test('the keyboard reaches every link and button of the page once, in the order of reading', async (t) => {
  const page = await browser.visit(t, valmont.now.sandbox.city);
  await settled(page);
  const stops: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await focus(page);
    if (!stop || stops.length > 60) break;
    stops.push(stop);
  }
  const expected = await page.evaluate(() =>
    [...inPage.allByRole(document, 'link'), ...inPage.allByRole(document, 'button')]
      .map((element) => `${element.localName} ${inPage.nameOf(element)}`)
      .sort(),
  );
  assert.deepEqual([...stops].sort(), expected);
  const inCards = stops.filter((stop) => /^a (Budget participatif 20|Plan )/.test(stop));
  assert.equal(inCards.length, 4, stops.join('\n'));
  assert.equal(stops.filter((stop) => stop === 'button Arrêter l’actualisation des compteurs').length, 3);
  assert.ok(stops.indexOf('a Aller au contenu') === 0);
});

for (const scheme of ['light', 'dark'] as const)
  test(`the focus shows on every card and button, ${scheme}`, async (t) => {
    // The skip link is the only one that comes into view by its focus.
    const page = await browser.visit(t, valmont.now.sandbox.city, { scheme, height: 3200 });
    await settled(page);
    const widgets = await page.evaluate(() => inPage.widgets().length);
    for (let index = 0; index < widgets; index++) {
      const target = await page.evaluateHandle((which) => {
        const widget = inPage.widgets()[which] ?? document.body;
        return inPage.allByRole(widget, 'link')[0] ?? inPage.allByRole(widget, 'button')[0] ?? null;
      }, index);
      const element = target.asElement();
      if (!element) continue;
      const { x, y, width, height } = await page.evaluate((which) => {
        const {
          left,
          top,
          width: wide,
          height: high,
        } = (inPage.widgets()[which] ?? document.body).getBoundingClientRect();
        return { x: left - 8, y: top - 8, width: wide + 16, height: high + 16 };
      }, index);
      const look = async (): Promise<string> =>
        createHash('sha1')
          .update(await page.screenshot({ clip: { x, y, width, height } }))
          .digest('hex');
      let before = await look();
      // Pictures may still be coming.
      await until(async () => before === (before = await look()), 'nothing changes without the focus');
      // By the keyboard: a focus that a script gives need not show.
      await page.keyboard.press('Tab');
      await page.evaluate((link) => (link as HTMLElement).focus(), element);
      assert.notEqual(await look(), before, `Widget ${index} does not show its focus.`);
      await page.evaluate(() => (inPage.focused() as HTMLElement | null)?.blur());
    }
  });

for (const scheme of ['light', 'dark'] as const)
  for (const [width, height, what, ...paths] of [
    [1280, 900, 'on a computer', '/'],
    [320, 640, 'on a small telephone', '/', '/nombreux?n=5'],
    [320, 256, 'at 400 % zoom', '/', '/ecran'],
  ] as const)
    test(`${what}, ${scheme}: all that is there fits, and axe has nothing to say`, async (t) => {
      for (const path of paths) {
        const page = await browser.visit(t, valmont.now.sandbox.city + path, { width, height, scheme });
        // Far below, nothing is loaded before it is near.
        await page.$eval('main > :last-child', (last) => last.scrollIntoView());
        await settled(page);
        assert.deepEqual(await tooWide(page), [], path);
        assert.deepEqual(await violationsOf(page), [], path);
      }
    });

test('with the platform’s API down, the page still fits and is accessible', async (t) => {
  await valmont.now.fault({ status: 503, body: 'Service Unavailable', times: 3 });
  const page = await browser.visit(t, valmont.now.sandbox.city, {
    width: 320,
    height: 640,
    expected: [/^console error: Failed to load resource/, /^answered 503/],
  });
  await settled(page);
  assert.deepEqual(await tooWide(page), []);
  assert.deepEqual(await violationsOf(page), []);
});
