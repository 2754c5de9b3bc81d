import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';

import type { Page } from 'puppeteer-core';

import { click, fallbackShown, inState, press, settled, textOf, textsOf, until, visitor } from './support/browser.js';
import { castVote, countsOf, french, pageOf, town, type Town } from './support/town.js';

const browser = visitor();
const valmont = town();

const CARD = 'cap-project-card';
const COUNTER = 'cap-participation-counter';
const BOTH = [CARD, COUNTER];
const UNREACHABLE = 'La plateforme ne répond pas pour le moment.';
const PRIVATE = 'Ce contenu n’est pas public ici.';
/** The browser itself says what it could not get. */
const NOT_LOADED = [/^console error: Failed to load resource/, /^failed: http/, /^answered \d+/];

const budgetOf = ({ state }: Town): string => state.projects.budget;

/** A card and a counter of a project of which no number is 0, on a page that has no number of its own. */
const pageOfBoth = (place: Town): string =>
  place.publish(
    pageOf(
      place.script,
      `<cap-project-card project-id="${budgetOf(place)}"><a href="/carte">Le budget participatif</a></cap-project-card>
      <cap-participation-counter project-id="${budgetOf(place)}"><a href="/votes">Voir les votes</a></cap-participation-counter>`,
    ),
  );

async function assertNumbers(page: Page, { votes } = countsOf(valmont.now, budgetOf(valmont.now))): Promise<void> {
  for (const selector of BOTH) {
    const text = await textOf(page, selector);
    assert.ok(text.includes(`${french(votes)} votes en ligne`), text);
    assert.doesNotMatch(text, /Le budget participatif|Voir les votes/, 'The fallback is never beside the widget.');
  }
}

/** The page's links stand in for the widgets, which say why. What failed is no number, and least of all a 0. */
async function assertFallback(page: Page, why: string): Promise<void> {
  for (const selector of BOTH) {
    assert.ok(await fallbackShown(page, selector), selector);
    assert.ok((await textOf(page, selector)).includes(why), await textOf(page, selector));
  }
  assert.doesNotMatch(await textOf(page, 'main'), /\d/);
}

const reports = (page: Page): Promise<string[]> => page.evaluate(() => inPage.events.sort());
const buttons = (page: Page): Promise<string[]> => page.evaluate(() => inPage.names(document, 'button'));

/** The address that a click leads to. */
async function follow(page: Page, selector: string): Promise<string> {
  const [asked] = await Promise.all([
    page.waitForRequest((request) => request.isNavigationRequest()),
    click(page, selector),
  ]);
  return asked.url();
}

test('with the platform dead before the page loads, the page’s own links lead to it', async (t) => {
  const { sandbox } = valmont.now;
  await sandbox.stopPlatform();
  const page = await browser.visit(t, sandbox.city, { expected: NOT_LOADED });
  const links = await page.$$eval(`${CARD} a, ${COUNTER} a`, (all) =>
    all.map((link) => ({ href: link.href, shown: link.checkVisibility() })),
  );
  assert.equal(links.length, 8);
  for (const { href, shown } of links) assert.ok(shown && href.startsWith(sandbox.platform), href);
  const card = await page.$eval(`${CARD} a`, ({ href }) => href);
  assert.equal(await follow(page, `${CARD} a`), card);
});

test('with the platform dead after the page has loaded, numbers stay, are marked as old, and recover', async (t) => {
  const { sandbox } = valmont.now;
  const page = await browser.visit(t, pageOfBoth(valmont.now), { expected: NOT_LOADED });
  await settled(page);
  const before = countsOf(valmont.now, budgetOf(valmont.now));
  castVote(valmont.now, budgetOf(valmont.now));
  await sandbox.stopPlatform();
  await page.evaluate(() => inPage.reloadAll());
  for (const selector of BOTH) await inState(page, selector, 'stale');
  await assertNumbers(page, before);
  assert.match(await textOf(page, CARD), /Chiffres de \d+ h \d+ : la mise à jour a échoué\. Réessayer/);
  assert.match(
    await textOf(page, COUNTER),
    /Pas de nouvelles de la plateforme depuis (1 minute|2 minutes) \(Mis à jour à \d+ h \d+\)/,
  );
  assert.deepEqual((await reports(page)).slice(0, 2), [`cap-error ${COUNTER} network`, `cap-error ${CARD} network`]);

  await sandbox.startPlatform();
  await page.evaluate(() => inPage.reloadAll());
  await assertNumbers(page);
  for (const selector of BOTH) assert.doesNotMatch(await textOf(page, selector), /échoué|nouvelles/);
});

test('with the API alone down, the links stay and the visitor can try again', async (t) => {
  const { sandbox } = valmont.now;
  await valmont.now.fault({ status: 503, body: 'Service Unavailable', times: 3 });
  const page = await browser.visit(t, sandbox.city, { expected: NOT_LOADED });
  await settled(page);
  assert.equal((await valmont.now.apiRequests()).length, 3, 'Three tries for the whole page, then a button.');
  assert.equal((await buttons(page)).filter((name) => name === 'Réessayer').length, 8);
  for (const text of await textsOf(page, `${CARD}, ${COUNTER}`)) assert.ok(text.includes(UNREACHABLE), text);
  assert.deepEqual(new Set(await reports(page)), new Set([`cap-error ${COUNTER} server`, `cap-error ${CARD} server`]));

  await press(page, '#budget cap-project-card', 'Réessayer');
  await inState(page, '#budget cap-project-card', 'ready');
  const { votes } = countsOf(valmont.now, budgetOf(valmont.now));
  assert.match(await textOf(page, '#budget cap-project-card'), new RegExp(`${french(votes)} votes en ligne`));
  await until(
    () => page.evaluate(() => inPage.focused()?.localName === 'a'),
    'whoever pressed the button goes on from the card’s link',
  );
  await until(
    async () => /Budget participatif/.test(await page.evaluate(() => inPage.announced('status'))),
    'whoever does not see it hears of it',
  );
  // The links lead to the platform, which is up.
  const href = await page.$eval('#concertations cap-project-card a', (link) => link.href);
  assert.equal(await follow(page, '#concertations cap-project-card a'), href);
});

for (const [what, fault] of [
  ['one failure of the server', { status: 500, body: 'Oops' }],
  ['one cut connection', { cut: true }],
] as const)
  test(`${what} is got over without a word`, async (t) => {
    await valmont.now.fault(fault);
    const page = await browser.visit(t, pageOfBoth(valmont.now), { expected: NOT_LOADED });
    await settled(page);
    await assertNumbers(page);
    assert.equal((await valmont.now.apiRequests()).length, 2);
    assert.deepEqual(await reports(page), [`cap-load ${COUNTER}`, `cap-load ${CARD}`]);
  });

test('a platform that asks for patience gets it', async (t) => {
  await valmont.now.fault({ status: 429, retryAfter: 2 });
  const page = await browser.visit(t, pageOfBoth(valmont.now), { expected: NOT_LOADED });
  await settled(page);
  await assertNumbers(page);
  const times = (await valmont.now.apiRequests()).map(({ at }) => Date.parse(at));
  assert.equal(times.length, 2);
  const waited = (times[1] ?? 0) - (times[0] ?? 0);
  // As long as it asks for, and no longer than a busy machine adds to that.
  assert.ok(waited >= 2000 && waited < 12_000, `${waited} ms`);
});

for (const [what, type, body, code = 'bad-response'] of [
  ['a web page', 'text/html', '<!doctype html><title>Maintenance</title><p>0 vote</p>', 'not-a-platform'],
  ['half a JSON text', 'application/json', '{"data":{"ProjectCard":[{"votes":{"totalCount":0'],
  ['JSON of another kind', 'application/json', '{"votes":0}', 'not-a-platform'],
  [
    'data that has lost its numbers',
    'application/json',
    '{"data":{"ProjectCard":[{"votes":{}}],"Counts":[{"votes":{}}]}}',
  ],
] as const)
  test(`${what} instead of an answer is a failure, and the visitor can try again`, async (t) => {
    let spoiled = 1;
    const page = await browser.visit(t, pageOfBoth(valmont.now), {
      expected: code === 'not-a-platform' ? [/^console warn: \[cap-widgets\] .* is no platform/] : [],
      async prepare(tab) {
        await tab.setRequestInterception(true);
        tab.on('request', (request) => {
          if (!request.url().endsWith('/graphql') || spoiled-- <= 0) return void request.continue();
          const headers = { 'Access-Control-Allow-Origin': '*' };
          void request.respond({ status: 200, contentType: type, headers, body });
        });
      },
    });
    await settled(page);
    await assertFallback(page, UNREACHABLE);
    assert.deepEqual(await reports(page), [`cap-error ${COUNTER} ${code}`, `cap-error ${CARD} ${code}`]);
    for (const selector of BOTH) await press(page, selector, 'Réessayer');
    for (const selector of BOTH) await inState(page, selector, 'ready');
    await assertNumbers(page);
  });

test('one hidden project among others leaves the others as they are', async (t) => {
  const { state, script } = valmont.now;
  const { consultation, hidden, closed } = state.projects;
  const cards = [consultation, hidden, closed, 'UHJvamVjdDppbmNvbm51'].map(
    (id) => `<cap-project-card project-id="${id}"><a href="/projet">Le projet</a></cap-project-card>`,
  );
  const page = await browser.visit(t, valmont.now.publish(pageOf(script, cards.join(''))));
  await settled(page);
  const [first, second, third, fourth] = await textsOf(page, CARD);
  assert.match(first ?? '', /participants/);
  assert.equal(second, `Le projet ${PRIVATE}`);
  assert.match(third ?? '', /participants/);
  assert.equal(fourth, `Le projet ${PRIVATE}`);
  assert.deepEqual(await buttons(page), []);
  assert.equal((await valmont.now.apiRequests()).length, 1);
});

test('a platform without a public API leaves the links, and offers nothing that cannot help', async (t) => {
  const { sql } = valmont.now.sandbox.store;
  const set = (enabled: number): unknown =>
    sql.run("UPDATE feature_flag SET enabled = ? WHERE type = 'public_api'", enabled);
  set(0);
  t.after(() => set(1));
  const page = await browser.visit(t, pageOfBoth(valmont.now), { expected: NOT_LOADED });
  await settled(page);
  await assertFallback(page, PRIVATE);
  assert.deepEqual(await reports(page), [
    `cap-error ${COUNTER} platform-disabled`,
    `cap-error ${CARD} platform-disabled`,
  ]);
  assert.deepEqual(await buttons(page), []);
  assert.equal((await valmont.now.apiRequests()).length, 1);
});

/** The files of the widgets that a page loads by itself. */
const PIECES = readdirSync(new URL('../../dist/cdn/', import.meta.url)).filter((name) => /-[\w-]{8}\.js$/.test(name));

/** Some of all that a page may show, to be loaded at once. */
const pageOfAll = (place: Town, lang = 'fr'): string => {
  const { steps, proposals } = place.state;
  const link = (to: string): string => `<a href="/ailleurs">${to}</a>`;
  return place.publish(
    pageOf(
      place.script,
      `<div lang="${lang}"><cap-project-card loading="eager" project-id="${budgetOf(place)}">${link('carte')}</cap-project-card>
      <cap-participation-counter loading="eager" project-id="${budgetOf(place)}" refresh="10">${link('votes')}</cap-participation-counter>
      <cap-participation-counter loading="eager" project-id="${budgetOf(place)}" display="board">${link('mur')}</cap-participation-counter>
      <cap-vote-button loading="eager" proposal-id="${proposals['simple']?.[0]}" step-id="${steps['simple']}">${link('voter')}</cap-vote-button>
      <cap-budget-basket loading="eager" step-id="${steps['closed']}">${link('panier')}</cap-budget-basket>
      <cap-proposal-list loading="eager" step-id="${steps['limited']}">${link('projets')}</cap-proposal-list>
      <cap-project-list loading="eager" structured-data>${link('tous')}</cap-project-list>
      <cap-event-list loading="eager" structured-data>${link('agenda')}</cap-event-list>
      <a href="/lien" data-cap="project-card" data-cap-project-id="${budgetOf(place)}">lien</a></div>`,
    ),
  );
};

test('whichever piece of the widgets is kept away, links stand in for what needs it, and nothing is thrown', async (t) => {
  const url = pageOfAll(valmont.now);
  const english = pageOfAll(valmont.now, 'en');
  for (const piece of PIECES)
    await t.test(piece, async (each) => {
      const page = await browser.visit(each, piece.startsWith('en-') ? english : url, {
        // What is said in the console, but no error that nobody has caught.
        expected: [...NOT_LOADED, /^console/],
        async prepare(tab) {
          await tab.setRequestInterception(true);
          tab.on('request', (request) =>
            request.url().endsWith(piece) ? void request.abort() : void request.continue(),
          );
        },
      });
      const without = (): Promise<string[]> =>
        // A widget that a link has become has that link before it.
        page.$$eval('main [loading=eager]:has(a)', (widgets) =>
          widgets
            .filter((widget) => !widget.matches(':state(ready)') && !widget.querySelector('a')?.checkVisibility())
            .map(({ outerHTML }) => outerHTML),
        );
      await until(async () => (await without()).length === 0, `neither widget nor link: ${piece}`, 20_000);
      // What is asked for late fails late.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      assert.deepEqual(await without(), []);
    });
});

test('a script without the files beside it says that they are missing', async (t) => {
  const said: string[] = [];
  const page = await browser.visit(t, pageOfBoth(valmont.now), {
    expected: [...NOT_LOADED, /^console warn/],
    async prepare(tab) {
      tab.on('console', (message) => said.push(message.text()));
      await tab.setRequestInterception(true);
      tab.on('request', (request) =>
        PIECES.some((piece) => request.url().endsWith(piece))
          ? void request.respond({
              status: 404,
              contentType: 'text/html',
              headers: { 'Access-Control-Allow-Origin': '*' },
            })
          : void request.continue(),
      );
    },
  });
  await until(() => said.some((text) => text.includes('copy the whole folder')), 'it is not said');
  for (const selector of BOTH) assert.ok(await fallbackShown(page, selector), selector);
});
