import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';

import type { AxeResults } from 'axe-core';
import ICAL from 'ical.js';
import type { Page } from 'puppeteer-core';

import { rawId } from '../../sandbox/platform/ids.js';
import { inState, press, textOf, until, visitor, type VisitOptions } from './support/browser.js';
import { pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PROJECTS = 'cap-project-list';
const EVENTS = 'cap-event-list';
const HEAD = '<meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width">';
const LINK = '<a href="https://ville.example/">Sur la plateforme</a>';
const projects = (attributes = ''): string => `<${PROJECTS} ${attributes}>${LINK}</${PROJECTS}>`;
const events = (attributes = ''): string => `<${EVENTS} ${attributes}>${LINK}</${EVENTS}>`;

/** A page of another site, under a policy that lets no string become a program. */
const visit = (t: TestContext, body: string, options: VisitOptions = {}): Promise<Page> =>
  browser.visit(t, valmont.now.publish(pageOf(HEAD + valmont.now.script, body)), options);

/** The titles of the cards of a list, as visitors read them. */
const titles = (page: Page): Promise<string[]> =>
  page.$eval(PROJECTS, (list) =>
    [...(list.shadowRoot?.querySelectorAll('cap-project-card') ?? [])].flatMap((card) => inPage.names(card, 'link')),
  );
/** Projects that anybody may see. */
const visible = (): number =>
  valmont.now.sandbox.store.sql.number(
    `SELECT count(*) FROM project WHERE visibility = 'PUBLIC' AND (locale IS NULL OR locale = 'fr-FR')`,
  );
/** What has moved on screen by itself. */
const shifts = (page: Page): Promise<string[]> => page.evaluate(() => inPage.shifts);

test('lists of projects and of events come by one request', async (t) => {
  const page = await visit(t, `${projects('first="4"')}<p>Après</p>`);
  await inState(page, PROJECTS, 'ready');
  await until(async () => (await titles(page)).length === 4, 'there are four cards');
  const requests = await valmont.now.apiRequests();
  assert.deepEqual(
    requests.map(({ method, path: where }) => `${method} ${where}`),
    ['POST /graphql'],
  );
  assert.match(await textOf(page, PROJECTS), new RegExp(`^4 projets affichés sur ${visible()}`));
  const both = await visit(t, `${projects('first="3"')}${events('when="all" first="3"')}`);
  await valmont.now.clear();
  await both.reload();
  await inState(both, PROJECTS, 'ready');
  await inState(both, EVENTS, 'ready');
  assert.equal((await valmont.now.apiRequests()).length, 1);
});

test('nothing on the page moves when the projects come', async (t) => {
  await valmont.now.fault({ latencyMs: 3000 });
  const page = await visit(t, `${projects('first="4"')}<p>Après</p>`);
  const isIn = (state: string): Promise<boolean> =>
    page.$eval(PROJECTS, (list, name) => inPage.isIn(list, name), state);
  await until(async () => (await isIn('loading')) || (await isIn('ready')), 'room is kept for them');
  const before = await shifts(page);
  await inState(page, PROJECTS, 'ready');
  await until(async () => (await titles(page)).length === 4, 'there are four cards');
  assert.deepEqual(await shifts(page), before);
});

test('"show more" leads to every project of the platform, each once', async (t) => {
  const page = await visit(t, projects('first="50"'));
  await inState(page, PROJECTS, 'ready');
  await until(async () => (await titles(page)).length === 50, 'the first fifty');
  for (let shown = 100; shown - 50 < visible(); shown += 50) {
    await press(page, PROJECTS, 'Voir plus de projets');
    await until(async () => (await titles(page)).length === Math.min(shown, visible()), 'fifty more');
    const first = (await titles(page))[shown - 50];
    await until(
      async () => first === (await page.evaluate(() => inPage.textOf(inPage.focused() ?? document.body))),
      'the focus is on the first new project',
    );
  }
  assert.match(await textOf(page, PROJECTS), new RegExp(`^${visible()} projets `));
  const links = await page.$eval(PROJECTS, (list) =>
    [...(list.shadowRoot?.querySelectorAll('cap-project-card') ?? [])].map((card) => card.getAttribute('project-id')),
  );
  assert.equal(new Set(links).size, visible());
});

test('a district is looked for where the platform does not select by it', async (t) => {
  const { sql } = valmont.now.sandbox.store;
  const [district] = sql.all<{ id: string; projects: number }>(
    `SELECT district_id AS id, count(*) AS projects FROM project_district d JOIN project p ON p.id = d.project_id
      WHERE p.visibility = 'PUBLIC' GROUP BY district_id ORDER BY projects DESC, id LIMIT 1`,
  );
  assert.ok(district && district.projects > 12);
  const id = Buffer.from(`GlobalDistrict:${district.id}`).toString('base64');
  const page = await visit(t, projects(`district="${id}" first="100"`));
  await inState(page, PROJECTS, 'ready');
  assert.match(await textOf(page, PROJECTS), new RegExp(`^${district.projects} projets `));
});

test('the platform and the list agree on which projects are open, to come and over, and on what is next', async (t) => {
  const list = (attributes: string): string => `<section>${projects(`first="100" ${attributes}`)}</section>`;
  const body =
    ['open', 'future', 'closed'].map((status) => list(`status="${status}"`)).join('') +
    ['upcoming', 'past'].map((when) => `<section>${events(`first="100" when="${when}"`)}</section>`).join('');
  const counts = async (page: Page): Promise<string[]> => {
    const widgets = 'cap-project-list,cap-event-list';
    await page.$$eval(widgets, (all) => all.forEach((one) => one.scrollIntoView()));
    await until(
      () => page.$$eval(widgets, (all) => all.every((one) => inPage.isIn(one, 'ready'))),
      'all lists are there',
    );
    return page.$$eval(widgets, (all) =>
      all.map((one) => one.shadowRoot?.querySelector('p')?.textContent?.trim() ?? ''),
    );
  };
  const asStranger = await counts(await visit(t, body));
  assert.ok(
    asStranger.every((count) => /^\d+ (projets|événements)$/.test(count)),
    asStranger.join(),
  );

  // A page of the platform's own, in the visitor's session.
  const url = `${valmont.now.sandbox.platform}/page-de-la-ville`;
  const script = valmont.now.script.replace('></script>', ' data-access="session"></script>');
  const own = await browser.visit(t, url, {
    expected: [/favicon/],
    async prepare(page) {
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        const answer = { contentType: 'text/html; charset=utf-8', body: pageOf(script, body) };
        void (request.url() === url ? request.respond(answer) : request.continue());
      });
    },
  });
  assert.deepEqual(await counts(own), asStranger);
  assert.ok((await valmont.now.apiRequests()).some(({ path: where }) => where === '/graphql/internal'));
});

test('structured data are one block that the page’s policy has nothing against', async (t) => {
  const page = await visit(
    t,
    `${projects('structured-data first="5"')}${projects('structured-data first="8"')}${events('structured-data when="all" first="6"')}`,
  );
  const graph = (): Promise<{ '@type': string; '@id': string }[]> =>
    page.evaluate(() => {
      const blocks = document.querySelectorAll('head > script[type="application/ld+json"]');
      return blocks.length === 1
        ? (JSON.parse(blocks[0]?.textContent ?? '') as { '@graph': { '@type': string; '@id': string }[] })['@graph']
        : [];
    });
  await until(async () => (await graph()).length === 14, 'all three lists are described');
  const kinds = (await graph()).map((thing) => thing['@type']);
  assert.equal(kinds.filter((kind) => kind === 'Project').length, 8);
  assert.equal(kinds.filter((kind) => kind === 'Event').length, 6);
  await page.evaluate(() =>
    document.querySelectorAll('cap-project-list,cap-event-list').forEach((list) => list.remove()),
  );
  await until(
    async () => (await page.$$('script[type="application/ld+json"]')).length === 0,
    'the block goes with them',
  );
});

test('an event’s calendar file is downloaded, and says what the platform’s tables say', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cap-widgets-agenda-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const page = await visit(t, events('first="3"'));
  const { id: context } = page.browserContext();
  assert.ok(context);
  const client = await page.createCDPSession();
  await client.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    browserContextId: context,
    downloadPath: folder,
  });
  await inState(page, EVENTS, 'ready');
  const [button] = await page.$eval(EVENTS, (list) => inPage.names(list, 'button'));
  assert.match(button ?? '', /^Ajouter à mon agenda : .+ \(fichier iCalendar\)$/);
  await press(page, EVENTS, button ?? '');
  await until(async () => (await readdir(folder)).some((name) => name.endsWith('.ics')), 'the file is there');
  const [name = ''] = await readdir(folder);
  await until(
    async () => (await readFile(path.join(folder, name), 'utf8')).endsWith('END:VCALENDAR\r\n'),
    'it is whole',
  );
  const calendar = new ICAL.Component(ICAL.parse(await readFile(path.join(folder, name), 'utf8')) as unknown[]);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
  const [id] = event.uid.split('@');
  const { sql } = valmont.now.sandbox.store;
  assert.equal(
    event.summary,
    sql.all<{ title: string }>(
      `SELECT title FROM event_translation WHERE event_id = ? AND locale = 'fr-FR'`,
      rawId(id ?? ''),
    )[0]?.title,
  );
});

test('events are read again after a failure, and those that are over are another list', async (t) => {
  await valmont.now.fault({ status: 503, body: 'Service Unavailable', times: 3 });
  const page = await visit(t, events('when="past"'), {
    expected: [/^console error: Failed to load resource/, /^answered 503/],
  });
  await inState(page, EVENTS, 'error');
  await press(page, EVENTS, 'Réessayer');
  await inState(page, EVENTS, 'ready');
  const dates = await page.$eval(EVENTS, (list) =>
    [...(list.shadowRoot?.querySelectorAll('time') ?? [])]
      .map(({ dateTime }) => dateTime)
      .filter((date) => date.includes('T')),
  );
  assert.ok(dates.length > 0);
  assert.deepEqual(dates, [...dates].sort().reverse());
  assert.ok(dates.every((date) => Date.parse(date) < Date.now()));
});

for (const scheme of ['light', 'dark'] as const)
  for (const [width, height] of [
    [1280, 900],
    [320, 256],
  ] as const)
    test(`lists fit on ${width} × ${height}, ${scheme}, and axe has nothing to say`, async (t) => {
      const page = await visit(
        t,
        `<h1>Participer</h1><h2>Projets</h2>${projects('first="3"')}<h2>Agenda</h2>${events('when="all" first="4"')}`,
        {
          width,
          height,
          scheme,
          prepare: (tab) =>
            tab.evaluateOnNewDocument(
              `document.addEventListener('DOMContentLoaded', () => document.documentElement.style.colorScheme = 'light dark')`,
            ),
        },
      );
      await page.$eval(EVENTS, (list) => list.scrollIntoView());
      await inState(page, PROJECTS, 'ready');
      await inState(page, EVENTS, 'ready');
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      );
      // What a browser paints behind a page is not known to axe.
      await page.evaluate(() => (document.documentElement.style.background = 'Canvas'));
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
      assert.deepEqual(
        violations.flatMap(({ id, nodes }) => nodes.map(({ failureSummary }) => `${id} ${failureSummary}`)),
        [],
      );
    });
