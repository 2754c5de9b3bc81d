import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fallbackShown, settled, textOf, textsOf, until, visitor } from './support/browser.js';
import { countsOf, french, town } from './support/town.js';

const browser = visitor();
const valmont = town();

test('the card and the counters show what is in the platform’s tables', async (t) => {
  const { sandbox, state } = valmont.now;
  const page = await browser.visit(t, sandbox.city);
  await settled(page);
  const { votes, contributors, contributions } = countsOf(valmont.now, state.projects.budget);

  const card = await textOf(page, '#budget cap-project-card');
  assert.match(card, /Budget participatif 20\d\d/);
  assert.ok(card.includes(`${french(votes)} votes en ligne`), card);
  assert.ok(card.includes(`${french(contributors)} participants`), card);
  assert.ok(card.includes(`${french(contributions)} contributions`), card);
  assert.match(await textOf(page, '.live'), new RegExp(`^En ce moment : ${french(votes)} votes en ligne`));
  const tiles = await textsOf(page, 'cap-participation-counter[display=tile]');
  for (const [index, figure] of [
    `${french(votes)} votes en ligne`,
    `${french(contributors)} participants`,
    `${french(contributions)} contributions`,
  ].entries())
    assert.ok(tiles[index]?.startsWith(figure), `${tiles[index]} for ${figure}`);

  const others = await textsOf(page, '#concertations cap-project-card');
  for (const [index, name] of (['consultation', 'closed', 'future'] as const).entries()) {
    const { contributors: people } = countsOf(valmont.now, state.projects[name]);
    assert.ok(others[index]?.includes(`${french(people)} participant`), `${others[index]} for ${people}`);
  }
  const reports = await page.evaluate(() => inPage.events);
  assert.deepEqual(
    reports.sort(),
    ['cap-participation-counter', 'cap-project-card'].flatMap((tag) => Array<string>(4).fill(`cap-load ${tag}`)),
    'Each widget reports once that it is there.',
  );
});

test('one request reads the whole page: a form, without a preflight and without cookies', async (t) => {
  const { sandbox } = valmont.now;
  const page = await browser.visit(t, sandbox.city, {
    // The platform would get these if anything sent them.
    prepare: (tab) =>
      tab.browserContext().setCookie({ name: 'PHPSESSID', value: 'a1b2c3', domain: 'localhost', path: '/' }),
  });
  await settled(page);
  const requests = await valmont.now.apiRequests();
  assert.deepEqual(
    requests.map(({ method, path, status }) => [method, path, status]),
    [['POST', '/graphql', 200]],
  );
  const [{ headers, body } = assert.fail()] = requests;
  assert.equal(headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal(headers['accept'], 'application/vnd.cap-collectif.preview+json');
  assert.equal(headers['cookie'], undefined);
  assert.match(new URLSearchParams(body).get('query') ?? '', /^query\(.*nodes\(ids:/);
});

test('the same page asks the same bytes each time, so that a cache can answer', async (t) => {
  const { sandbox } = valmont.now;
  await settled(await browser.visit(t, sandbox.city));
  await settled(await browser.visit(t, sandbox.city));
  const bodies = (await valmont.now.apiRequests()).map(({ body }) => body);
  assert.equal(bodies.length, 2);
  assert.equal(bodies[0], bodies[1]);
});

for (const [width, height] of [
  [1280, 900],
  [1280, 3000],
  [390, 844],
  [320, 640],
] as const)
  test(`nothing moves while the page loads, on ${width} × ${height}`, async (t) => {
    // The page is painted with its fallbacks before the answer is there.
    let answer = (): void => undefined;
    const painted = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const page = await browser.visit(t, valmont.now.sandbox.city, {
      width,
      height,
      async prepare(tab) {
        await tab.setRequestInterception(true);
        tab.on('request', (request) => {
          const held = request.url().endsWith('/graphql') ? painted : Promise.resolve();
          void held.then(() => request.continue());
        });
      },
    });
    assert.ok(await fallbackShown(page, '#budget cap-project-card'));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    answer();
    await settled(page);
    // A shift is told after the frame in which it came to be.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
    assert.deepEqual(await page.evaluate(() => inPage.shifts), []);
  });

for (const [cards, requests] of [
  [20, 1],
  [120, 3],
] as const)
  test(`${cards} cards take ${requests} request${requests > 1 ? 's' : ''}`, async (t) => {
    const page = await browser.visit(t, `${valmont.now.sandbox.city}/nombreux?n=${cards}`);
    await settled(page);
    const titles = await textsOf(page, 'cap-project-card');
    assert.equal(titles.length, cards);
    assert.deepEqual(
      (await valmont.now.apiRequests()).map(({ method }) => method),
      Array(requests).fill('POST'),
    );
    const failed = await page.evaluate(() => inPage.widgets().filter((card) => !inPage.isIn(card, 'ready')).length);
    assert.equal(failed, 0);
  });

test('a visitor without JavaScript gets the links', async (t) => {
  const { sandbox } = valmont.now;
  const page = await browser.visit(t, sandbox.city, { javaScript: false });
  const links = await page.$$eval('cap-project-card a, cap-participation-counter a', (all) =>
    all.map((link) => ({ href: link.href, shown: link.checkVisibility() })),
  );
  assert.equal(links.length, 8);
  for (const { href, shown } of links) {
    assert.ok(shown, href);
    assert.equal((await fetch(href)).status, 200);
  }
});

test('the page works from another site than the platform’s', async (t) => {
  const { sandbox, state } = valmont.now;
  const page = await browser.visit(t, sandbox.city.replace('localhost', '127.0.0.1'));
  await settled(page);
  const { votes } = countsOf(valmont.now, state.projects.budget);
  assert.match(await textOf(page, '.live'), new RegExp(`${french(votes)} votes`));
  assert.equal((await valmont.now.apiRequests()).length, 1);
});

test('the widgets follow the language of the page', async (t) => {
  const { sandbox, state } = valmont.now;
  const page = await browser.visit(t, sandbox.city);
  await settled(page);
  await page.evaluate(() => (document.documentElement.lang = 'en'));
  const votes = new Intl.NumberFormat('en').format(countsOf(valmont.now, state.projects.budget).votes);
  await until(
    async () => (await textOf(page, '.live')).includes(`${votes} online votes`),
    'the counter within the text speaks English',
  );
  await until(async () => {
    const card = await textOf(page, '#budget cap-project-card');
    return /participants/.test(card) && !/en ligne|jusqu’au|En cours/.test(card);
  }, 'the card speaks English');
});
