import assert from 'node:assert/strict';
import { beforeEach, suite, test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { globalId, rawId } from '../../sandbox/platform/ids.js';
import { fill, inState, press, reload, textOf, until, visitor } from './support/browser.js';
import { keyboard, mouse, named, tabTo, type Hand } from './support/hands.js';
import { town } from './support/town.js';
import { acts, signInThrough } from './support/voting.js';

const browser = visitor();
const valmont = town();
const BASKET = 'cap-budget-basket';
const LIST = 'cap-proposal-list';

beforeEach(() => valmont.now.sandbox.store.reset());

const citizen = (): { email: string; password: string } => valmont.now.state.accounts.citizen;
const stepOf = (key: string): string => valmont.now.state.steps[key] ?? '';
const buttonIn = (proposal: string): string => `${LIST} >>> cap-vote-button[proposal-id="${proposal}"]`;

interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly cost: number;
  readonly archived: boolean;
}

/** What the platform's tables say of a proposal, whose title is as a page shows it. */
function proposalOf(id: string): Proposal {
  const row = valmont.now.sandbox.store.sql.get<{ title: string; estimation: number | null; is_archived: number }>(
    'SELECT title, estimation, is_archived FROM proposal WHERE id = ?',
    rawId(id),
  );
  assert.ok(row);
  const title = row.title.replaceAll('&#039;', "'").replaceAll('&amp;', '&');
  return { id, title, cost: row.estimation ?? 0, archived: Boolean(row.is_archived) };
}

interface Recorded {
  readonly proposals: readonly string[];
  readonly counts: boolean;
}

/** The citizen's votes in a step as the platform's tables have them, in their order. */
function recorded(key: string): Recorded {
  const rows = valmont.now.sandbox.store.sql.all<{ proposal_id: string; is_accounted: number }>(
    `SELECT v.* FROM proposal_vote v JOIN user u ON u.id = v.user_id
      WHERE u.email = ? AND v.step_id = ? AND v.completion_status = 'COMPLETED' ORDER BY v.ranking, v.id`,
    citizen().email,
    rawId(stepOf(key)),
  );
  return {
    proposals: rows.map(({ proposal_id: id }) => globalId('Proposal', id)),
    counts: rows.length > 0 && rows.every(({ is_accounted: is }) => is === 1),
  };
}

/** What the basket shows, in its order. */
const chosen = (page: Page): Promise<string[]> =>
  page.$eval(BASKET, (element) =>
    [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[data-id]') ?? [])].map(
      ({ dataset }) => dataset['id'] ?? '',
    ),
  );

/** The proposals on the page, in the order of the visitor's own. */
const listed = (page: Page): Promise<string[]> =>
  page.$eval(LIST, (element) =>
    [...(element.shadowRoot?.querySelectorAll('cap-vote-button') ?? [])]
      .filter((button) => inPage.isIn(button, 'ready'))
      .map((button) => button.getAttribute('proposal-id') ?? ''),
  );

/** The town's page with the proposals of a step and the ballot for them, for a citizen who has signed in. */
async function visit(t: TestContext, key: string): Promise<Page> {
  const page = await browser.visit(t, `${valmont.now.sandbox.city}/budget?step=${key}&access=session`);
  await inState(page, BASKET, 'ready');
  assert.equal(await signInThrough(page, citizen()), 200);
  await reload(page);
  await inState(page, BASKET, 'ready');
  const count = Math.min(24, valmont.now.state.proposals[key]?.length ?? 0);
  await until(async () => (await listed(page)).length === count, `${count} proposals can be voted for`);
  return page;
}

const says = (page: Page, selector: string, words: RegExp): Promise<void> =>
  until(async () => words.test(await textOf(page, selector)), `${selector} says ${String(words)}`);

/** The basket and the platform's tables agree on what is chosen, and on whether it counts. */
async function agree(page: Page, key: string, ids: readonly string[], counts: boolean): Promise<void> {
  const wanted = ids.join();
  await until(async () => (await chosen(page)).join() === wanted, `the basket holds ${ids.length}, in their order`);
  await until(() => recorded(key).proposals.join() === wanted, `the platform has recorded ${ids.length}`);
  assert.equal(recorded(key).counts, counts, 'whether the votes count');
  await until(
    () => page.$eval(BASKET, (element) => !inPage.isIn(element, 'pending')),
    'nothing is on its way any more',
  );
}

const voteFor = ({ title }: Proposal, verb = 'Voter pour'): string => `${verb} ${title}`;

/** How many to choose in each step, and what the basket says of each number of choices. */
const OPEN: Readonly<Record<string, { readonly states: readonly string[]; readonly verb?: string }>> = {
  simple: { states: ['valid', 'valid'] },
  limited: { states: ['valid', 'valid', 'full'] },
  minimum: { states: ['incomplete', 'incomplete', 'valid'] },
  budget: { states: ['valid', 'valid', 'valid'] },
  ranking: { states: ['valid', 'valid', 'valid'] },
  secret: { states: ['full'] },
  threshold: { states: ['valid', 'valid'], verb: 'Soutenir' },
  requirements: { states: ['valid', 'full'] },
};

/** Gives the citizen all that the vote asks for. */
function meetRequirements(): void {
  const { sql } = valmont.now.sandbox.store;
  sql.run("UPDATE user SET phone = '+33639980123', phone_confirmed = 1 WHERE email = ?", citizen().email);
  sql.run(
    `INSERT INTO user_requirement (user_id, requirement_id)
      SELECT u.id, r.id FROM user u, requirement r WHERE u.email = ? AND r.step_id = ? AND r.type = 'CHECKBOX'`,
    citizen().email,
    rawId(stepOf('requirements')),
  );
}

async function wholeBallot(t: TestContext, key: string, hand: Hand): Promise<void> {
  const { states, verb } = OPEN[key] ?? { states: [] };
  if (key === 'requirements') meetRequirements();
  const page = await visit(t, key);
  await inState(page, BASKET, 'none');
  assert.deepEqual(recorded(key).proposals, []);
  const offered = (await listed(page)).map(proposalOf).filter(({ archived }) => !archived);
  const wanted = offered.sort((a, b) => a.cost - b.cost).slice(0, states.length);
  let ids: string[] = [];
  for (const [index, proposal] of wanted.entries()) {
    await hand.press(page, LIST, voteFor(proposal, verb));
    await inState(page, buttonIn(proposal.id), 'voted');
    ids.push(proposal.id);
    await inState(page, BASKET, states[index] ?? '');
    await inState(page, BASKET, 'recorded');
    await agree(page, key, ids, states[index] !== 'incomplete');
  }
  await special(page, key, ids);
  if (key === 'ranking') ids = await reorder(page, ids, wanted, hand);

  // What was recorded is there again after a reload.
  await reload(page);
  await inState(page, BASKET, 'recorded');
  await agree(page, key, ids, true);

  // Back: one by the basket, the others by their buttons.
  const [first, ...others] = ids.map(proposalOf);
  assert.ok(first);
  await hand.press(page, BASKET, `Retirer ${first.title}`);
  await agree(page, key, ids.slice(1), others.length > 0 && key !== 'minimum');
  for (const [index, proposal] of others.entries()) {
    await hand.press(page, LIST, voteFor(proposal, verb));
    await agree(page, key, ids.slice(index + 2), index < others.length - 1 && key !== 'minimum');
  }
  await inState(page, BASKET, 'none');
}

/** What is peculiar to a step once its ballot is as full as it is going to be. */
async function special(page: Page, key: string, ids: readonly string[]): Promise<void> {
  const others = (await listed(page)).map(proposalOf).filter(({ id, archived }) => !ids.includes(id) && !archived);
  if (key === 'limited' || key === 'secret' || key === 'requirements') {
    for (const { id } of others) await inState(page, buttonIn(id), 'blocked');
    await says(page, buttonIn(others[0]?.id ?? ''), /Retirez/);
  }
  if (key === 'budget') {
    const { budget } = valmont.now.sandbox.store.sql.get<{ budget: number }>(
      'SELECT budget FROM step WHERE id = ?',
      rawId(stepOf(key)),
    ) ?? { budget: 0 };
    const left = budget - ids.map(proposalOf).reduce((sum, { cost }) => sum + cost, 0);
    const euros = new Intl.NumberFormat('fr').format(left).replace(/\s/g, ' ');
    await says(page, BASKET, new RegExp(`Il vous reste ${euros} €`));
  }
  if (key === 'secret') assert.doesNotMatch(await textOf(page, buttonIn(ids[0] ?? '')), /\d+ vote/);
  if (key === 'threshold') await says(page, buttonIn(ids[0] ?? ''), /\d+ .*100/);
}

/** The first choice goes down and back up, then down again: the platform reckons its points by that. */
async function reorder(page: Page, ids: readonly string[], wanted: readonly Proposal[], hand: Hand): Promise<string[]> {
  const [first, second, ...rest] = ids;
  const title = wanted[0]?.title ?? '';
  assert.ok(first && second);
  const turned = [second, first, ...rest];
  for (const [act, order] of [
    ['Descendre', turned],
    ['Monter', ids],
    ['Descendre', turned],
  ] as const) {
    await hand.press(page, BASKET, `${act} ${title}`);
    await agree(page, 'ranking', order, true);
  }
  const places = valmont.now.sandbox.store.sql.all<{ ranking: number }>(
    `SELECT v.ranking FROM proposal_vote v JOIN user u ON u.id = v.user_id
      WHERE u.email = ? AND v.step_id = ? ORDER BY v.ranking`,
    citizen().email,
    rawId(stepOf('ranking')),
  );
  assert.deepEqual(
    places.map(({ ranking }) => ranking),
    ids.map((_, place) => place),
  );
  await says(page, BASKET, /5 points.*4 points.*3 points/);
  return turned;
}

for (const [way, hand] of Object.entries({ 'by mouse': mouse, 'by keyboard alone': keyboard }))
  suite(`from an empty ballot to a recorded one and back, ${way}`, () => {
    for (const key of Object.keys(OPEN)) test(key, (t) => wholeBallot(t, key, hand));

    for (const [key, state] of Object.entries({ closed: 'closed', future: 'future' }))
      test(`${key}: nothing can be chosen, and the page says why`, async (t) => {
        const page = await visit(t, key);
        await inState(page, BASKET, state);
        const [id = ''] = await listed(page);
        await inState(page, buttonIn(id), 'blocked');
        const name = voteFor(proposalOf(id));
        if (hand === keyboard) {
          await tabTo(page, name);
          await page.keyboard.press('Enter');
        } else {
          const button = await page.$(named(LIST, name));
          await button?.click();
        }
        const why = key === 'closed' ? /Le vote est terminé/ : /Le vote ouvr/;
        for (const widget of [BASKET, LIST]) await says(page, widget, why);
        assert.deepEqual(await acts(valmont.now), []);
        assert.deepEqual(recorded(key).proposals, []);
      });
  });

test('a visitor signs in by the basket, and what was chosen on another day is in it', async (t) => {
  const [id = ''] = valmont.now.state.proposals['simple'] ?? [];
  const { sql } = valmont.now.sandbox.store;
  sql.run(
    `INSERT INTO proposal_vote (proposal_id, step_id, user_id, created_at, published_at)
      SELECT ?, ?, id, created_at, created_at FROM user WHERE email = ?`,
    rawId(id),
    rawId(stepOf('simple')),
    citizen().email,
  );
  const page = await browser.visit(t, `${valmont.now.sandbox.city}/budget?step=simple&access=session`);
  await inState(page, BASKET, 'signed-out');
  await press(page, BASKET, 'Se connecter');
  await fill(page, `${BASKET} >>> input[name=email]`, citizen().email);
  await fill(page, `${BASKET} >>> input[name=password]`, citizen().password);
  await page.keyboard.press('Enter');
  await agree(page, 'simple', [id], true);
  await inState(page, buttonIn(id), 'voted');
  // Whether his name is shown is what the platform has recorded, before a press and after it.
  const box = `${BASKET} >>> input[type=checkbox]`;
  const isNamed = (): Promise<boolean> => page.$eval(box, (input) => input.checked);
  assert.equal(await isNamed(), false);
  await page.click(box);
  await until(isNamed, 'his name is shown');
  assert.deepEqual(sql.all('SELECT anonymous FROM proposal_vote WHERE proposal_id = ?', rawId(id)).at(-1), {
    anonymous: 0,
  });
});

test('a vote that lacks a condition stays out of the ballot, and the next one that lacks none takes its place', async (t) => {
  const page = await visit(t, 'requirements');
  const [one, two] = (await listed(page)).map(proposalOf);
  assert.ok(one && two);
  await mouse.press(page, LIST, voteFor(one));
  await until(() => page.$(`${buttonIn(one.id)} >>> a[href*="/requirements/"]`), 'the button leads to what is missing');
  await inState(page, BASKET, 'none');
  assert.deepEqual(recorded('requirements').proposals, []);
  meetRequirements();
  await mouse.press(page, LIST, voteFor(two));
  await agree(page, 'requirements', [two.id], true);
  const kept = valmont.now.sandbox.store.sql.number(
    'SELECT count(*) FROM proposal_vote v JOIN user u ON u.id = v.user_id WHERE u.email = ?',
    citizen().email,
  );
  assert.equal(kept, 1);
});

test('the results of a closed vote: what the budget paid for, in the order of all votes', async (t) => {
  const page = await visit(t, 'closed');
  // As on a phone: it is the table that is scrolled, and not the page.
  await page.setViewport({ width: 390, height: 844 });
  await says(page, BASKET, /Des jeux d’eau au parc de l’Île .*Un jardin des senteurs .*Un skatepark en béton/);
  for (const words of [/Lauréate/, /Non retenue/, /Bords de la Lorette/]) await says(page, BASKET, words);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  assert.doesNotMatch(await textOf(page, BASKET), /Il vous reste/);
});
