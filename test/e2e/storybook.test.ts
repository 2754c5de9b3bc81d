/** The documentation pages of Storybook, as they are built. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';

import express from 'express';
import type { ElementHandle, Page } from 'puppeteer-core';

import type { Manifest } from '../../.storybook/rows.js';
import { until, visitor } from './support/browser.js';

const browser = visitor();
const root = path.join(import.meta.dirname, '../..');
const site = mkdtempSync(path.join(tmpdir(), 'cap-storybook-'));
await promisify(execFile)('node_modules/.bin/storybook', ['build', '--quiet', '-o', site], { cwd: root });
const server = express().use(express.static(site)).listen(0);
const { port } = server.address() as AddressInfo;
after(() => {
  server.close();
  rmSync(site, { recursive: true, force: true });
});

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const { entries } = read(path.join(site, 'index.json')) as {
  entries: Readonly<Record<string, { readonly id: string; readonly type: string }>>;
};
const elements = (read(path.join(root, 'dist/custom-elements.json')) as Manifest).modules
  .flatMap(({ declarations = [] }) => declarations)
  .filter(({ tagName }) => tagName !== undefined);
const pages = Object.values(entries).filter(({ type }) => type === 'docs');
assert.ok(pages.length >= elements.length);

/** The rows of the table, but those that name a group. */
const ROW = '.docblock-argstable-body tr:has(td:nth-child(4))';

/** Uses a control as somebody does who wants something else. */
async function use(page: Page, control: ElementHandle): Promise<void> {
  await control.scrollIntoView();
  const { type, other } = await control.evaluate((element) => {
    const { type, options, value } = element as HTMLInputElement & Partial<Pick<HTMLSelectElement, 'options'>>;
    return { type, other: [...(options ?? [])].find((one) => !one.disabled && one.value !== value)?.value ?? '' };
  });
  if (type === 'select-one') await control.select(other);
  // Some have their label in their place on screen.
  else if (/^(radio|checkbox)$/.test(type)) await control.evaluate((element) => (element as HTMLElement).click());
  else {
    await control.focus();
    await page.keyboard.press('End');
    await page.keyboard.press(type === 'number' ? 'ArrowUp' : 'x');
  }
}

/** The languages of all stories that do not choose one themselves. Of those in frames, one is brought into view, and waited for. */
const languages = (page: Page): Promise<string> =>
  page.$$eval('.sb-story', (stories) => {
    const frame = document.querySelector<HTMLIFrameElement>('.sb-story iframe');
    frame?.scrollIntoView();
    const framed = frame?.contentDocument?.documentElement;
    const inline = stories.flatMap((story) =>
      [...story.querySelectorAll('*')]
        .filter((one) => one.closest('[lang]') === story.firstElementChild)
        .map(({ shadowRoot }) => shadowRoot?.querySelector<HTMLElement>('[lang]')?.lang),
    );
    const inFrame = framed?.dataset['theme'] ? framed.lang : 'none';
    return [...new Set([...inline, frame ? inFrame : undefined])].filter(Boolean).join();
  });

for (const { id } of pages)
  test(`the page ${id} has the language of the toolbar, each name once, and no control that does nothing`, async (t) => {
    const address = `http://localhost:${port}/iframe.html?viewMode=docs&id=${id}&globals=locale:en`;
    // Some stories are about pages that the widgets complain of, and with the language frames are made anew.
    const page = await browser.visit(t, address, { expected: [/\[cap-widgets\]/, /^failed: .* net::ERR_ABORTED$/] });
    await until(() => page.$(ROW), 'the table is there');
    await until(async () => (await languages(page)) === 'en', 'all is in English');
    await page.evaluate(() => {
      const channel = Reflect.get(window, '__STORYBOOK_ADDONS_CHANNEL__') as EventTarget & {
        emit(type: string, detail: object): void;
      };
      channel.emit('updateGlobals', { globals: { locale: 'fr' } });
    });
    await until(async () => (await languages(page)) === 'fr', 'all is in French');

    const names = await page.$$eval(ROW, (rows) => rows.map((row) => row.querySelector('td')?.innerText));
    assert.deepEqual(names, [...new Set(names)]);
    assert.ok(
      elements.some(({ attributes }) => attributes?.every(({ name }) => names.includes(name))),
      'attributes have the names that pages write',
    );

    for (const [index, name] of names.entries()) {
      const row = (await page.$$(ROW))[index];
      const control = (await row?.$$('td:last-child :is(input:not(:checked), textarea, select, button)'))?.at(-1);
      if (!control) continue;
      const story = (): Promise<string> => page.$eval('.sb-story', (first) => first.innerHTML);
      const before = await story();
      await use(page, control);
      await until(async () => (await story()) !== before, `the control of ${String(name)} changes the story`, 10_000);
    }
  });
