import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test, type TestContext } from 'node:test';

import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';

import { rawId } from '../../sandbox/platform/ids.js';
import { fallbackShown, inState, press, textOf, until, visitor, type VisitOptions } from './support/browser.js';
import { pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LIST = 'cap-proposal-list';
const MORE = 'Afficher plus de propositions';
const stepOf = (name: string): string => valmont.now.state.steps[name] ?? '';
const list = (step: string, attributes = ''): string =>
  `<${LIST} step-id="${stepOf(step)}" ${attributes}><a href="https://ville.example/">Sur la plateforme</a></${LIST}>`;

/** A page of another site, under a policy that lets no string become a program. */
const visit = (t: TestContext, body: string, options: VisitOptions = {}): Promise<Page> =>
  browser.visit(t, valmont.now.publish(pageOf(valmont.now.script, body)), options);

/** The proposals in the list, in its order, as far as their buttons show what they came for. */
const proposals = (page: Page): Promise<string[]> =>
  page.$eval(LIST, (element) =>
    [...(element.shadowRoot?.querySelectorAll('cap-vote-button') ?? [])]
      .filter((button) => inPage.isIn(button, 'ready'))
      .map((button) => button.getAttribute('proposal-id') ?? ''),
  );

async function shows(page: Page, count: number): Promise<string[]> {
  let found: string[] = [];
  await until(async () => (found = await proposals(page)).length === count, `there are ${count} proposals`);
  return found;
}

/** Sets controls of the filter bar, and applies them. */
async function apply(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  await page.$eval(
    LIST,
    (element, wanted) => {
      for (const [name, value] of Object.entries(wanted)) {
        const control = element.shadowRoot?.querySelector<HTMLInputElement>(`[name=${name}]`);
        if (control) control.value = value;
      }
    },
    values,
  );
  await press(page, LIST, 'Appliquer');
}

test('the first 24 of 500 come with their vote buttons by one request, without the visitor’s cookies', async (t) => {
  const page = await visit(t, list('many'));
  const found = await shows(page, 24);
  assert.equal(new Set(found).size, 24);
  const requests = await valmont.now.apiRequests();
  assert.deepEqual(
    requests.map(({ method, path, headers }) => [method, path, headers['cookie']]),
    [['POST', '/graphql/internal', undefined]],
  );
  assert.match(await textOf(page, LIST), /24 propositions affichées sur 500/);
  const again = await visit(t, list('many'));
  assert.deepEqual(await shows(again, 24), found, 'the random order is another one');
});

test('"show more" leads to all 500, each once, and nothing of them stays in memory', async (t) => {
  const page = await visit(t, '');
  const devtools = await page.createCDPSession();
  await devtools.send('Performance.enable');
  const held = async (): Promise<{ nodes: number; listeners: number }> => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { nodes: of('Nodes'), listeners: of('JSEventListeners') };
  };
  // Through the object model: the page's policy lets no string become elements.
  const put = (attributes?: Readonly<Record<string, string>>): Promise<void> =>
    page.$eval(
      'main',
      (main, tag, given) => {
        main.replaceChildren();
        if (!given) return;
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
        main.append(element);
      },
      LIST,
      attributes,
    );
  const step = stepOf('many');
  // What is loaded with the first list stays with the page.
  await put({ 'step-id': step });
  await shows(page, 24);
  await put();
  const before = await held();
  await put({ 'step-id': step, first: '100' });
  for (let count = 100; count < 500; count += 100) {
    await shows(page, count);
    // Without a handle of the driver, which would keep the button and all around it in memory.
    await page.$eval(LIST, (element, name) => inPage.byRole(element, 'button', name).click(), MORE);
  }
  assert.equal(new Set(await shows(page, 500)).size, 500);
  assert.match(await textOf(page, LIST), / 500 propositions /);
  await put();
  await until(async () => {
    const { nodes, listeners } = await held();
    return nodes < before.nodes + 100 && listeners <= before.listeners;
  }, 'its nodes and listeners are gone');
});

test('filters and orders find what the platform’s tables say, and stay in the address where that is wanted', async (t) => {
  const { sql } = valmont.now.sandbox.store;
  const step = rawId(stepOf('many'));
  const [district] = sql.all<{ id: string; count: number }>(
    `SELECT p.district_id AS id, count(*) AS count FROM proposal p
      JOIN proposal_selection n ON n.proposal_id = p.id WHERE n.step_id = ? GROUP BY 1 ORDER BY count, id LIMIT 1`,
    step,
  );
  assert.ok(district);
  const page = await visit(t, list('many', 'sync-url first="100"'));
  await shows(page, 100);
  const value = await page.$eval(
    LIST,
    (element, names) =>
      [...(element.shadowRoot?.querySelectorAll('[name=district] option') ?? [])]
        .find((option) => names.includes(option.textContent))
        ?.getAttribute('value') ?? '',
    sql.all<{ name: string }>('SELECT name FROM proposal_district WHERE id = ?', district.id).map(({ name }) => name),
  );
  await apply(page, { district: value, order: 'cost' });
  const found = await shows(page, Math.min(100, district.count));
  const cheapest = sql.all<{ cost: number }>(
    `SELECT coalesce(p.estimation, 0) AS cost FROM proposal p JOIN proposal_selection n ON n.proposal_id = p.id
      WHERE n.step_id = ? AND p.district_id = ? ORDER BY 1 LIMIT ?`,
    step,
    district.id,
    found.length,
  );
  assert.deepEqual(
    found.map((id) => sql.number('SELECT coalesce(estimation, 0) FROM proposal WHERE id = ?', rawId(id))),
    cheapest.map(({ cost }) => cost),
  );
  assert.match(await page.evaluate(() => location.search), /cap-order=cost/);
  await page.reload();
  assert.deepEqual(await shows(page, found.length), found);
  await page.goto('about:blank');
  await page.goBack();
  assert.deepEqual(await shows(page, found.length), found);
});

test('nothing of a secret ballot is on the page: no number, and no order by numbers', async (t) => {
  const page = await visit(t, list('secret', 'order="votes"'));
  await inState(page, LIST, 'secret');
  await until(async () => (await proposals(page)).length > 0, 'there are proposals');
  assert.match(await textOf(page, LIST), /Scrutin secret : /);
  assert.doesNotMatch(await textOf(page, LIST), /\d votes?\b|Les plus soutenues/);
  const bodies = (await valmont.now.apiRequests()).map(({ body }) => body);
  assert.ok(bodies.every((body) => !body.includes('VOTES')));
});

for (const [step, state] of [
  ['closed', 'closed'],
  ['future', 'future'],
] as const)
  test(`a ${step} step says so once`, async (t) => {
    const page = await visit(t, list(step));
    await inState(page, LIST, state);
    await until(async () => (await proposals(page)).length > 0, 'there are proposals');
    const said = (await textOf(page, LIST)).match(/Le vote (ouvre|est terminé)/g);
    assert.equal(said?.length, 1);
  });

test('without a platform the page’s own link stays, and the list comes once it is back', async (t) => {
  await valmont.now.fault({ path: '/graphql/internal', status: 500, times: 100 });
  const page = await visit(t, list('simple'), { expected: [/500/] });
  await inState(page, LIST, 'error');
  assert.equal(await fallbackShown(page, LIST), true);
  await valmont.now.clear();
  await press(page, LIST, 'Réessayer');
  await inState(page, LIST, 'ready');
  assert.equal(await fallbackShown(page, LIST), false);
});

for (const [width, height] of [
  [1280, 900],
  [320, 256],
] as const)
  for (const scheme of ['light', 'dark'] as const)
    test(`the list fits on ${width} × ${height}, ${scheme}, and axe has nothing to say`, async (t) => {
      const page = await visit(t, `<h1>Voter</h1><h2>Les propositions</h2>${list('limited')}`, {
        width,
        height,
        scheme,
        prepare: (tab) => tab.setBypassCSP(true),
      });
      await inState(page, LIST, 'ready');
      // On a small screen the buttons are far down, and loaded as somebody comes near them.
      await page.$eval(LIST, (element) => element.shadowRoot?.querySelector('cap-vote-button')?.scrollIntoView());
      await until(async () => (await proposals(page)).length > 0, 'there are proposals');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        [],
      );
    });
