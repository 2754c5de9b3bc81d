/** What a webmaster pastes, and what editors, filters and tag managers make of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Page } from 'puppeteer-core';

import { inState, until, visitor } from './support/browser.js';
import { countsOf, french, pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();

const CARD = 'cap-project-card';
const budget = (): string => valmont.now.state.projects.budget;
const platform = (): string => valmont.now.sandbox.platform;
const card = (id = budget()): string =>
  `<cap-project-card project-id="${id}"><a href="/carte">Le budget participatif</a></cap-project-card>`;
const votes = (): string => french(countsOf(valmont.now, budget()).votes);
const module = (settings: string, file = 'cap-widgets.js'): string =>
  `<script type="module" src="${platform()}/widgets/v1/${file}${settings}></script>`;
const inAddress = (settings: Record<string, string>): string =>
  `?${String(new URLSearchParams(settings))}`.replace(/&/g, '&amp;');
const classic = (settings: string): string => module(settings, 'cap-widgets.classic.js').replace(' type="module"', '');
const strict = (): string =>
  `default-src 'none'; script-src ${platform()} 'unsafe-inline'; connect-src ${platform()}; img-src ${platform()}; style-src 'unsafe-inline'`;

const everywhere = { expected: [/is read as/] };

/** What a card says, whatever roots it is in. */
const saidIn = (page: Page): Promise<string> =>
  page.evaluate(() =>
    inPage
      .deep('cap-project-card')
      .map((element) => element.shadowRoot?.textContent ?? '')
      .join(),
  );
const shown = (page: Page): Promise<void> =>
  until(async () => (await saidIn(page)).replace(/\s/g, ' ').includes(votes()), 'the card shows its votes');

const tags: Record<string, () => string> = {
  'the settings stand in its address': () => module(`${inAddress({ platform: platform(), lang: 'fr' })}"`),
  'they stand there, and the attributes are empty': () =>
    module(`${inAddress({ platform: platform() })}" data-platform="" data-lang=""`),
  'an attribute says something else than the address': () =>
    module(
      `${inAddress({ platform: 'https://autre.example', 'time-zone': 'Europe/Paris' })}" data-platform="${platform()}"`,
    ),
  'it is the file with everything, and they stand in its address': () =>
    module(`${inAddress({ platform: platform() })}"`, 'cap-widgets.all.js'),
  'it has no type': () => classic(`" data-platform="${platform()}"`),
  'it has no type and no attributes': () => classic(`${inAddress({ platform: platform() })}"`),
  'it has no type and loads when the page is there': () => classic(`" defer data-platform="${platform()}"`),
  'a picture is named after the script that runs': () =>
    `<img name="currentScript" alt="">${classic(`" data-platform="${platform()}"`)}`,
  'a tag manager puts it there without its attributes': () =>
    `<script>const tag = document.createElement('script');
    tag.src = '${platform()}/widgets/v1/cap-widgets.classic.js?platform=${encodeURIComponent(platform())}';
    document.head.append(tag);</script>`,
};
for (const [how, tag] of Object.entries(tags))
  test(`a script tag is understood where ${how}`, async (t) => {
    const page = await browser.visit(t, valmont.now.publish(pageOf(tag(), card()), strict()));
    await shown(page);
  });

const addresses: Record<string, (platform: string) => string> = {
  'a slash': (url) => `${url}/`,
  'the path of its API': (url) => `${url}/graphql`,
  'a language': (url) => `${url}/fr/`,
  'the address of a page': (url) => `${url}/projects?page=2#top`,
  'spaces around it': (url) => `\u00a0${url} `,
  'quotes around it': (url) => `« ${url} »`,
};
for (const [what, change] of Object.entries(addresses))
  test(`a platform with ${what} is understood`, async (t) => {
    const script = module(`" data-platform="${change(platform())}"`);
    const page = await browser.visit(t, valmont.now.publish(pageOf(script, card())), everywhere);
    await shown(page);
  });

const ids: Record<string, (id: string) => string> = {
  'spaces around it': (id) => ` ${id} `,
  'no-break spaces around it': (id) => `\u00a0${id}\u00a0`,
  'typographic quotes around it': (id) => `“${id}”`,
  'a line break in it': (id) => `${id.slice(0, 8)}\n${id.slice(8)}`,
  'what nobody sees in it': (id) => `\u200b${id.slice(0, 5)}\u00ad${id.slice(5)}\ufeff`,
};
for (const [what, change] of Object.entries(ids))
  test(`an ID with ${what} is the ID, and the console says what to write`, async (t) => {
    const said: string[] = [];
    const page = await browser.visit(t, valmont.now.publish(pageOf(valmont.now.script, ''), strict()), everywhere);
    page.on('console', (message) => said.push(message.text()));
    await page.evaluate(
      (html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html),
      card(change(budget())),
    );
    await inState(page, CARD, 'ready');
    await until(() => said.some((text) => text.includes(`is read as "${budget()}"`)), 'the console says it');
  });

for (const name of ['Project-Card', ' project-card ', '«\u00a0project-card\u00a0»'])
  test(`a link with data-cap="${name}" becomes a card, also when that is set later`, async (t) => {
    const link = `<p><a href="/carte">Le projet</a></p>`;
    const page = await browser.visit(t, valmont.now.publish(pageOf(valmont.now.script, link)), everywhere);
    await page.$eval(
      'main a',
      (a, id, cap) => {
        a.setAttribute('data-cap-project-id', id);
        a.setAttribute('data-cap', cap);
      },
      budget(),
      name,
    );
    await inState(page, CARD, 'ready');
  });

test('a word in capitals is that word', async (t) => {
  const html = card().replace('project-id', 'layout="Horizontal" hide="Cover, THEMES" project-id');
  const page = await browser.visit(t, valmont.now.publish(pageOf(valmont.now.script, html)), everywhere);
  await inState(page, CARD, 'ready');
  const [layout, hide] = await page.$eval(CARD, (element) => [element.layout, element.hide.join()]);
  assert.deepEqual([layout, hide], ['horizontal', 'cover,themes']);
});

const components: Record<string, (html: string) => string> = {
  'that is declared in the page': (html) =>
    `<ville-bloc><template shadowrootmode="open">${html}</template></ville-bloc>`,
  'that is attached before our script comes': (html) =>
    `<ville-bloc></ville-bloc><script>document.querySelector('ville-bloc').attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(html)}</script>`,
  'of a class that comes later': (html) =>
    `<ville-bloc></ville-bloc><script>setTimeout(() => customElements.define('ville-bloc', class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(html)}; } }), 300)</script>`,
  'of a component that stands in another one, and comes later': (html) =>
    `<script>class Bloc extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(html)}; } }
      customElements.define('ville-bloc', Bloc);
      setTimeout(() => { const outer = document.createElement('div');
        outer.innerHTML = '<section><p></p></section>';
        outer.querySelector('section').attachShadow({ mode: 'open' }).innerHTML = '<ville-bloc></ville-bloc>';
        document.querySelector('main').append(outer); }, 300)</script>`,
  'that is closed, and is named to the script': (html) =>
    `<ville-bloc></ville-bloc><script>addEventListener('load', () => {
      const root = document.querySelector('ville-bloc').attachShadow({ mode: 'closed' });
      globalThis.closedRoot = root;
      root.innerHTML = ${JSON.stringify(html)};
      globalThis.end = capWidgets.watch(root); })</script>`,
};
for (const file of ['cap-widgets.js', 'cap-widgets.all.js'])
  for (const [which, around] of Object.entries(components))
    test(`a card and a link in a shadow root ${which} are found by ${file}`, async (t) => {
      const html = `${card()}<p><a href="/carte" data-cap="project-card" data-cap-project-id="${budget()}">Le projet</a></p>`;
      const script = valmont.now.script.replace('cap-widgets.js', file);
      const page = await browser.visit(t, valmont.now.publish(pageOf(script, around(html)), strict()));
      const found = (): Promise<number> =>
        page.evaluate(() => {
          const { closedRoot } = globalThis as { closedRoot?: ShadowRoot };
          return inPage.deep('cap-project-card', closedRoot).filter((card) => inPage.isIn(card, 'ready')).length;
        });
      await until(async () => (await found()) === 2, 'both show the project');
    });

test('what is watched by name is let go of: links are links again', async (t) => {
  const html = `<p><a href="/carte" data-cap="project-card" data-cap-project-id="${budget()}">Le projet</a></p>`;
  const page = await browser.visit(
    t,
    valmont.now.publish(
      pageOf(valmont.now.script, components['that is closed, and is named to the script']?.(html) ?? ''),
      strict(),
    ),
  );
  const inRoot = (selector: string): Promise<number> =>
    page.evaluate(
      (wanted) => (globalThis as { closedRoot?: ShadowRoot }).closedRoot?.querySelectorAll(wanted).length ?? 0,
      selector,
    );
  await until(async () => (await inRoot(`${CARD}:state(ready)`)) === 1, 'the link is a card');
  await page.evaluate(() => (globalThis as { end?: () => void }).end?.());
  assert.equal(await inRoot(CARD), 0);
  await page.evaluate(() =>
    (globalThis as { closedRoot?: ShadowRoot }).closedRoot
      ?.querySelector('a')
      ?.setAttribute('data-cap', 'project-card'),
  );
  await page.waitForNetworkIdle({ idleTime: 300 });
  assert.equal(await inRoot(CARD), 0);
});
