import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'node:test';

import type { Page } from 'puppeteer-core';

import { fallbackShown, inState, settled, textOf, textsOf, until, visitor } from './support/browser.js';
import { countsOf, french, pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();

const CARD = 'cap-project-card';
const COUNTER = 'cap-participation-counter';
/** Keeps what follows it out of sight, without any style. */
const farAway = '<canvas width="10" height="6000"></canvas>';

const budget = (): string => valmont.now.state.projects.budget;
const card = (more = ''): string =>
  `<cap-project-card project-id="${budget()}" ${more}><a href="/carte">Le budget participatif</a></cap-project-card>`;
const counter = (more = ''): string =>
  `<cap-participation-counter project-id="${budget()}" ${more}><a href="/votes">Voir les votes</a></cap-participation-counter>`;
const votes = (): string => `${french(countsOf(valmont.now, budget()).votes)} votes en ligne`;

/** What the page has fetched of the widgets, by the name of each file without its hash. */
const filesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => /\/widgets\/v1\/([\w.-]+?)(-[\w-]{8})?\.js/.exec(name)?.[1] ?? '')
      .filter(Boolean),
  );

test('a page without widgets loads nothing but the tag itself', async (t) => {
  const page = await browser.visit(t, valmont.now.publish(pageOf(valmont.now.script, '<p>Rien ici.</p>')));
  await wait(200);
  assert.deepEqual(await filesOf(page), ['cap-widgets']);
  assert.deepEqual(await valmont.now.apiRequests(), []);
});

test('widgets that come later are loaded together, and read in one request', async (t) => {
  const page = await browser.visit(t, valmont.now.publish(pageOf(valmont.now.script, '<p>Rien encore.</p>')));
  await page.evaluate((id) => {
    for (const tag of ['cap-project-card', 'cap-participation-counter']) {
      const widget = document.createElement(tag);
      widget.setAttribute('project-id', id);
      document.querySelector('main')?.append(widget);
    }
  }, budget());
  await settled(page);
  for (const selector of [CARD, COUNTER]) assert.match(await textOf(page, selector), new RegExp(votes()));
  assert.equal((await valmont.now.apiRequests()).length, 1);
});

test('what is far below is loaded when the visitor comes near, or at once where the page says so', async (t) => {
  const page = await browser.visit(
    t,
    valmont.now.publish(pageOf(valmont.now.script, farAway + card() + counter('loading="eager"'))),
  );
  await inState(page, COUNTER, 'ready');
  assert.deepEqual(await textsOf(page, `${CARD}:not(:defined)`), ['Le budget participatif']);
  assert.ok(!(await filesOf(page)).includes('project-card'));
  // Two screens ahead of the visitor.
  await page.evaluate(() => scrollTo(0, 6000 - 2.9 * innerHeight));
  await inState(page, CARD, 'ready');
});

test('a link becomes a widget in its place', async (t) => {
  const page = await browser.visit(
    t,
    valmont.now.publish(
      pageOf(
        valmont.now.script,
        `<p>Déjà <a href="/votes" data-cap="participation-counter" data-cap-project-id="${budget()}"
          data-cap-metric="contributors">voir</a> !</p>
        <p><a href="/carte" data-cap="project-card" data-cap-project-id="UHJvamVjdDppbmNvbm51">Un projet inconnu</a></p>`,
      ),
    ),
  );
  await inState(page, COUNTER, 'ready');
  await inState(page, CARD, 'empty');
  const { contributors } = countsOf(valmont.now, budget());
  assert.match(await textOf(page, 'p'), new RegExp(`^Déjà ${french(contributors)} participants.* !$`));
  assert.equal(await page.$eval(COUNTER, (element) => element.getAttribute('metric')), 'contributors');
  // Where there is nothing to show, the link is what is seen.
  assert.deepEqual(await textsOf(page, `main > p:last-of-type`), ['Un projet inconnu']);
  assert.equal(await page.$eval(`a + ${CARD}`, (element) => element.getClientRects().length), 0);
  assert.equal(await page.$eval(`a:has(+ ${COUNTER})`, (link) => getComputedStyle(link).display), 'none');
});

for (const [links, becomes] of [
  ['all', true],
  ['data', true],
  ['off', false],
] as const)
  test(`with data-links="${links}" a link ${becomes ? 'becomes a widget' : 'stays one'}`, async (t) => {
    const script = valmont.now.script.replace('></script>', ` data-links="${links}"></script>`);
    const link = `<p><a href="/carte" data-cap="project-card" data-cap-project-id="${budget()}">Le projet</a></p>`;
    const page = await browser.visit(t, valmont.now.publish(pageOf(script, link + counter())));
    await settled(page);
    if (becomes) await inState(page, CARD, 'ready');
    else {
      await until(async () => (await filesOf(page)).includes('links'), 'the links are looked at');
      await page.waitForNetworkIdle({ idleTime: 300 });
      assert.equal(await page.$(CARD), null);
      assert.equal(await textOf(page, 'p'), 'Le projet');
    }
  });

for (const file of ['cap-widgets.js', 'cap-widgets.all.js'])
  test(`no hand-over page is made by ${file}`, async (t) => {
    const page = await browser.visit(
      t,
      valmont.now.publish(
        pageOf(
          valmont.now.script.replace('cap-widgets.js', file),
          `${counter()}<cap-handoff allow="https://evil.example" loading="eager"><p>Rien</p></cap-handoff>
          <p><a href="/x" data-cap="handoff" data-cap-allow="https://evil.example">Un lien</a></p>`,
        ),
      ),
      { expected: [/^console warn: \[cap-widgets\] data-cap="handoff" is no widget/] },
    );
    await inState(page, COUNTER, 'ready');
    await page.waitForNetworkIdle({ idleTime: 300 });
    assert.equal(await page.evaluate(() => customElements.get('cap-handoff') === undefined), true);
    assert.equal(await page.$$eval('cap-handoff', ({ length }) => length), 1);
    assert.equal(await textOf(page, 'main > p'), 'Un lien');
  });

test('the script of the hand-over page makes nothing else there', async (t) => {
  const page = await browser.visit(
    t,
    valmont.now.publish(
      pageOf(
        valmont.now.script.replace('cap-widgets.js', 'handoff.js'),
        `${card()}<cap-handoff><p>Rien</p></cap-handoff>
        <p><a href="/x" data-cap="project-card" data-cap-project-id="${budget()}">Un lien</a></p>`,
      ),
    ),
    { expected: [/console warn/] },
  );
  await until(
    () => page.evaluate(() => customElements.get('cap-handoff') !== undefined),
    'the hand-over page is there',
  );
  await page.waitForNetworkIdle({ idleTime: 300 });
  assert.equal(await page.evaluate(() => customElements.get('cap-project-card') === undefined), true);
  assert.ok(!(await filesOf(page)).includes('cap-widgets'));
  assert.equal(await page.$$eval('p > a + *', ({ length }) => length), 0);
});

for (const [what, page] of [
  ['at the end of the page', (script: string, body: string) => pageOf('', body + script)],
  ['with async', (script: string, body: string) => pageOf(script.replace(' type', ' async type'), body)],
  ['twice', (script: string, body: string) => pageOf(script, body + script)],
  ['by an address of its own', (script: string, body: string) => pageOf(script.replace('.js"', '.js?v=1"'), body)],
  [
    'twice, by two addresses',
    (script: string, body: string) => pageOf(script + script.replace('.js"', '.js?v=1"'), body),
  ],
  [
    'as one file',
    (script: string, body: string) => pageOf(script.replace('cap-widgets.js', 'cap-widgets.all.js'), body),
  ],
  [
    'as one file and in parts',
    (script: string, body: string) => pageOf(script + script.replace('cap-widgets.js', 'cap-widgets.all.js'), body),
  ],
] as const)
  test(`the script works ${what}`, async (t) => {
    const { script } = valmont.now;
    const link = `<a href="/votes" data-cap="participation-counter" data-cap-project-id="${budget()}">Voir</a>`;
    const tab = await browser.visit(t, valmont.now.publish(page(script, `${card()}${counter()}<p>${link}</p>`)));
    await until(() => tab.$('p cap-participation-counter'), 'the link is upgraded');
    await settled(tab);
    for (const selector of [CARD, COUNTER, 'p']) assert.match(await textOf(tab, selector), new RegExp(votes()));
    const requests = await valmont.now.apiRequests();
    assert.ok(requests.length <= 2 && requests.every(({ method }) => method === 'POST'), 'A late link may be late.');
  });

test('by another address the script is loaded once, and so is each file beside it', async (t) => {
  const script = valmont.now.script.replace('.js"', '.js?v=1"');
  const page = await browser.visit(t, valmont.now.publish(pageOf(script, card() + counter())));
  await settled(page);
  await page.waitForNetworkIdle({ idleTime: 300 });
  const files = await filesOf(page);
  assert.deepEqual(files, [...new Set(files)]);
});

test('as one file, the script asks for no other file, and the page for one answer', async (t) => {
  const { script } = valmont.now;
  const page = await browser.visit(
    t,
    valmont.now.publish(pageOf(script.replace('cap-widgets.js', 'cap-widgets.all.js'), card() + counter())),
  );
  await settled(page);
  assert.deepEqual(await filesOf(page), ['cap-widgets.all']);
  assert.equal((await valmont.now.apiRequests()).length, 1);
});

test('a platform around the widgets comes before the script’s', async (t) => {
  const { script, sandbox } = valmont.now;
  const elsewhere = script.replace(/data-platform="[^"]*"/, 'data-platform="https://participez.example"');
  const page = await browser.visit(
    t,
    valmont.now.publish(
      pageOf(elsewhere, `<cap-platform url="${sandbox.platform}" lang="en">${card()}${counter()}</cap-platform>`),
    ),
  );
  await settled(page);
  assert.match(await textOf(page, COUNTER), /online votes/);
  assert.match(await textOf(page, CARD), /participants/);
  assert.equal((await valmont.now.apiRequests()).length, 1);
});

test('without a platform the page’s own content stays, and the console says once which line to add', async (t) => {
  const warned: string[] = [];
  const script = valmont.now.script.replace(/ data-platform="[^"]*"/, '');
  const page = await browser.visit(t, valmont.now.publish(pageOf(script, card() + card())), {
    expected: [/^console warn: \[cap-widgets\].*data-platform="/],
    prepare: (tab) => tab.on('console', (message) => warned.push(message.text())),
  });
  await settled(page);
  await until(() => warned.length, 'the console says so');
  assert.deepEqual(await textsOf(page, CARD), Array(2).fill('Le budget participatif'));
  assert.ok(await fallbackShown(page, CARD));
  assert.equal(warned.length, 1, warned.join('\n'));
  assert.deepEqual(await valmont.now.apiRequests(), []);
});

test('what the page asks for in vain is told to its developer, and to nobody else', async (t) => {
  const warned: string[] = [];
  const page = await browser.visit(
    t,
    valmont.now.publish(
      pageOf(valmont.now.script, counter('metric="voix" refresh="3" display="tuile"') + card('layout="oblique"')),
    ),
    {
      expected: [/^console warn: \[cap-widgets\] "(voix|3|tuile|oblique)" is no/],
      prepare: (tab) => tab.on('console', (message) => warned.push(message.text())),
    },
  );
  await settled(page);
  await until(() => warned.length === 4, 'four warnings');
  assert.match(await textOf(page, COUNTER), new RegExp(votes()));
  assert.match(await textOf(page, CARD), new RegExp(votes()));
});
