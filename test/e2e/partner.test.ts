import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import type { AxeResults } from 'axe-core';
import ICAL from 'ical.js';
import type { Page } from 'puppeteer-core';

import { inState, press, until, visitor } from './support/browser.js';
import { town } from './support/town.js';

const browser = visitor();
const valmont = town();

/** The links of the list that is made from files. */
const fromFiles = (page: Page): Promise<string[]> =>
  page.$$eval('.records a', (links) => links.map((link) => link.href));

/** The links of the list by widget. */
const byWidget = (page: Page, tag: string): Promise<string[]> =>
  page.$$eval(`${tag} >>> a[href^="http"]`, (links) =>
    // Not those that stand in for a widget while it is not there.
    links.flatMap((link) => (link.getRootNode() instanceof ShadowRoot && link.checkVisibility() ? [link.href] : [])),
  );

const open = async (t: Parameters<typeof browser.visit>[0], path: string): Promise<Page> =>
  browser.visit(t, valmont.now.sandbox.partner + path);

for (const [path, tag] of [
  ['/projets', 'cap-project-list'],
  ['/agenda', 'cap-event-list'],
] as const)
  test(`${path} shows the same list from files and by ${tag}`, async (t) => {
    const page = await open(t, path);
    await inState(page, tag, 'ready');
    const ours = await fromFiles(page);
    assert.ok(ours.length >= 6);
    await until(async () => (await byWidget(page, tag)).length >= ours.length, 'the widget shows as many');
    assert.deepEqual(await byWidget(page, tag), ours);
    const ids = await page.$$eval('.records li', (items) => items.map((item) => item.dataset['id']));
    const visible = valmont.now.sandbox.store.sql.all<{ id: string }>(
      path === '/projets' ? 'SELECT id FROM project' : 'SELECT id FROM event',
    );
    const known = new Set(visible.map(({ id }) => id));
    for (const id of ids)
      assert.ok(
        known.has(
          Buffer.from(id ?? '', 'base64')
            .toString()
            .split(':')[1] ?? '',
        ),
      );
  });

test('files and widgets agree again after something has changed on the platform and the files were updated', async (t) => {
  const { sql } = valmont.now.sandbox.store;
  const page = await open(t, '/projets');
  await inState(page, 'cap-project-list', 'ready');
  const [latest = ''] = await fromFiles(page);
  sql.run("UPDATE project SET title = 'Un tout nouveau nom' WHERE slug = ?", latest.split('/').at(-1) ?? '');
  const titleOf = (where: Page): Promise<string> => where.$eval('.records a', (link) => link.textContent.trim());

  const before = await open(t, '/projets');
  assert.notEqual(await titleOf(before), 'Un tout nouveau nom');
  await inState(before, 'cap-project-list', 'ready');

  const data = await open(t, '/donnees');
  await press(data, 'form', 'Mettre à jour maintenant');
  // The answer to the form is the same page anew.
  await until(async () => {
    const text = await (await fetch(`${valmont.now.sandbox.partner}/fichiers/projects.ndjson`)).text();
    return text.includes('Un tout nouveau nom');
  }, 'the files have the new name');

  const now = await open(t, '/projets');
  assert.equal(await titleOf(now), 'Un tout nouveau nom');
  await inState(now, 'cap-project-list', 'ready');
  assert.deepEqual(await byWidget(now, 'cap-project-list'), await fromFiles(now));
});

test('every file is there for other sites, in its format', async (t) => {
  const page = await open(t, '/donnees');
  const links = await page.$$eval('tbody a', (all) => all.map((link) => link.href));
  assert.ok(links.length >= 17);
  for (const link of links) {
    const response = await fetch(link);
    assert.equal(response.status, 200, link);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.ok((await response.text()).length > 0, link);
  }
  const feed = await fetch(`${valmont.now.sandbox.partner}/fichiers/events.feed.json`);
  assert.match(feed.headers.get('content-type') ?? '', /^application\/feed\+json/);
  const agenda = await (await fetch(`${valmont.now.sandbox.partner}/fichiers/events.ics`)).text();
  const calendar = new ICAL.Component(ICAL.parse(agenda) as string[]);
  const events = valmont.now.sandbox.store.sql.number(
    'SELECT count(*) FROM event WHERE enabled = 1 AND deleted_at IS NULL',
  );
  assert.equal(calendar.getAllSubcomponents('vevent').length, events);
});

test('the page of the files says what each column of a table is, and that of the projects where each of them stands', async (t) => {
  const data = await open(t, '/donnees');
  const terms = await data.$$eval('details dt', (all) => all.map((term) => term.textContent));
  for (const name of ['status', 'startAt', 'place.lat', 'deletedAt']) assert.ok(terms.includes(name), name);
  const said = await data.$$eval('details dd', (all) => all.map((words) => words.textContent.trim()));
  assert.ok(said.length === terms.length && said.every((words) => words.endsWith('.')));
  const projects = await open(t, '/projets');
  const lines = await projects.$$eval('.records small', (all) => all.map((line) => line.textContent));
  // Where no step has a date, nobody knows.
  const known = lines.flatMap((line) => /, (à venir|en cours|terminé), publié le /.exec(line)?.[1] ?? []);
  assert.ok(known.length > lines.length / 2 && new Set(known).size > 1, lines.join('\n'));
});

test('filling the files leaves the log of requests to browsers', async (t) => {
  valmont.now.sandbox.store.reset();
  await valmont.now.clear();
  const page = await open(t, '/agenda');
  await inState(page, 'cap-event-list', 'ready');
  assert.equal((await valmont.now.apiRequests()).length, 1, 'the widget’s own');
});

test('the pages keep to a strict policy, and are accessible on narrow screens', async (t) => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const path of ['/', '/projets', '/agenda', '/donnees']) {
    const response = await fetch(valmont.now.sandbox.partner + path);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'.*require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    // Violations of the policy fail the visit.
    const page = await browser.visit(t, valmont.now.sandbox.partner + path, { width: 320, height: 800 });
    await until(() => page.evaluate(() => inPage.settled()), `${path} has settled`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${path} is ${width} wide`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
    );
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      [],
      path,
    );
  }
});
