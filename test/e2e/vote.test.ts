import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import {
  fallbackShown,
  fill,
  inState,
  reload,
  settled,
  textOf,
  until,
  visitor,
  type VisitOptions,
} from './support/browser.js';
import { pageOf, town } from './support/town.js';
import { acts, BUTTON, buttonOf, pressVote, recorded, signInThrough, vote, votes, votesOf } from './support/voting.js';

const browser = visitor();
const valmont = town();
const NOT_LOADED = [/^console error: Failed to load resource/, /^failed: http/, /^answered \d+/];
const COUNTER = 'cap-participation-counter';

beforeEach(() => valmont.now.sandbox.store.reset());

const citizen = (): { email: string; password: string } => valmont.now.state.accounts.citizen;
const step = (key = 'simple'): string => valmont.now.state.steps[key] ?? '';
const proposal = (key = 'simple', index = 0): string => valmont.now.state.proposals[key]?.[index] ?? '';
const written = (key = 'simple', index = 0): number =>
  recorded(valmont.now, citizen(), proposal(key, index), step(key));

const visitVote = (t: TestContext, options?: VisitOptions): Promise<Page> =>
  browser.visit(t, `${valmont.now.sandbox.city}/vote`, options);

/** The town's page for a visitor who has signed in. */
async function signedIn(t: TestContext, options?: VisitOptions): Promise<Page> {
  const page = await visitVote(t, options);
  await settled(page);
  assert.equal(await signInThrough(page, citizen()), 200);
  await reload(page);
  await settled(page);
  return page;
}

const says = (page: Page, selector: string, words: RegExp): Promise<void> =>
  until(async () => words.test(await textOf(page, selector)), `${selector} says ${String(words)}`);

/** What the buttons of a page have told it. */
const noteVotes = async (page: Page): Promise<() => Promise<unknown[]>> => {
  await page.evaluate(() => {
    const told: unknown[] = [];
    Object.assign(globalThis, { told });
    document.addEventListener('cap-vote-change', ({ detail }) => told.push(detail));
  });
  return () => page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told);
};

test('a citizen signs in on the town’s page, and the vote that was wanted is cast, once', async (t) => {
  const page = await visitVote(t);
  await settled(page);
  const target = buttonOf(proposal());
  await inState(page, target, 'signed-out');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await vote(page, proposal());
  await fill(page, `${target} >>> input[name=email]`, citizen().email);
  await fill(page, `${target} >>> input[name=password]`, citizen().password);
  await page.keyboard.press('Enter');
  await inState(page, target, 'voted');
  assert.equal(written(), 1);
  assert.equal((await acts(valmont.now)).length, 1);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await until(
    () => page.evaluate(() => inPage.focused()?.getAttribute('part') === 'button'),
    'whoever has signed in goes on from the button',
  );
});

test('a vote moves every number of the page, and its withdrawal too; the database agrees', async (t) => {
  const page = await signedIn(t);
  const target = buttonOf(proposal());
  const before = votesOf(valmont.now, proposal(), step());
  const total = await textOf(page, COUNTER);
  const told = await noteVotes(page);
  await vote(page, proposal());
  await inState(page, target, 'voted');
  assert.equal(written(), 1);
  assert.equal(votesOf(valmont.now, proposal(), step()), before + 1);
  await says(page, target, new RegExp(`\\b${votes(before + 1)}`));
  await until(async () => (await textOf(page, COUNTER)) !== total, 'the counter moves');

  await vote(page, proposal());
  await until(() => page.$eval(target, (element) => !inPage.isIn(element, 'voted')), 'the vote is withdrawn');
  assert.equal(written(), 0);
  await says(page, target, new RegExp(`\\b${votes(before)}`));
  await until(async () => (await textOf(page, COUNTER)) === total, 'the counter moves back');
  const change = { kind: 'proposal', id: proposal(), proposalId: proposal(), stepId: step() };
  assert.deepEqual(await told(), [
    { ...change, value: 'for', counts: { for: before + 1 }, voted: true, count: before + 1, accounted: true },
    { ...change, value: null, counts: { for: before }, voted: false, count: before, accounted: false },
  ]);
  assert.equal((await acts(valmont.now)).length, 2);
});

test('another tab follows', async (t) => {
  const page = await signedIn(t);
  const tab = await visitVote(t, { beside: page });
  await settled(tab);
  await vote(page, proposal());
  await inState(tab, buttonOf(proposal()), 'voted');
  await vote(tab, proposal());
  await until(
    () => page.$eval(buttonOf(proposal()), (element) => !inPage.isIn(element, 'voted')),
    'the first tab follows the second',
  );
  assert.equal(written(), 0);
});

test('a vote whose answer is lost on the way is shown once it is found, and sent once', async (t) => {
  const page = await signedIn(t, { expected: NOT_LOADED });
  const wire = await page.createCDPSession();
  let lost = 0;
  wire.on('Fetch.requestPaused', ({ requestId, request }) => {
    const act = decodeURIComponent(request.postData ?? '').includes('query=mutation');
    const sent =
      act && lost++ === 0
        ? wire.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' })
        : wire.send('Fetch.continueRequest', { requestId });
    // A page that is closed has given up its requests.
    sent.catch(() => undefined);
  });
  await wire.send('Fetch.enable', { patterns: [{ urlPattern: '*/graphql/internal', requestStage: 'Response' }] });
  await vote(page, proposal());
  await inState(page, buttonOf(proposal()), 'voted');
  assert.equal(lost, 1);
  assert.equal(written(), 1);
  assert.equal((await acts(valmont.now)).length, 1);
});

test('a vote that never reached the platform is not shown, and can be cast again', async (t) => {
  const page = await signedIn(t, { expected: NOT_LOADED });
  await valmont.now.fault({ path: '/graphql/internal', cut: true });
  await vote(page, proposal());
  await says(page, buttonOf(proposal()), /n’est pas enregistré/);
  assert.equal(written(), 0);
  await vote(page, proposal());
  await inState(page, buttonOf(proposal()), 'voted');
  assert.equal(written(), 1);
});

test('a session that has ended is said, and nothing is recorded', async (t) => {
  const page = await signedIn(t);
  valmont.now.sandbox.store.sql.run('DELETE FROM session');
  await vote(page, proposal());
  await inState(page, buttonOf(proposal()), 'signed-out');
  await says(page, buttonOf(proposal()), /Vous n’êtes plus connecté/);
  await until(() => page.$(`${buttonOf(proposal())} >>> cap-login-prompt`), 'the ways in are there');
  assert.equal(written(), 0);
});

test('without a session, the button of any other site is a link to the platform’s own page', async (t) => {
  const { script } = valmont.now;
  const widget = `<${BUTTON} proposal-id="${proposal()}" step-id="${step()}"><a href="/x">Voter</a></${BUTTON}>`;
  const page = await browser.visit(t, valmont.now.publish(pageOf(script, widget)));
  await settled(page);
  assert.equal(await fallbackShown(page, BUTTON), false);
  const href = await page.$eval(BUTTON, (element) => element.shadowRoot?.querySelector('a')?.href ?? '');
  const { platform } = valmont.now.sandbox;
  assert.ok(href.startsWith(`${platform}/`), href);
  assert.match(await textOf(page, BUTTON), new RegExp(`^Voter sur ${new URL(platform).host} `));
  assert.equal((await fetch(href)).status, 200, 'The link leads to a page.');
});

/** The town's page with a button in each of these votes instead. */
async function visitBallots(t: TestContext, ...keys: readonly string[]): Promise<Page> {
  const page = await signedIn(t);
  await page.evaluate(
    (tag, ballots) => {
      const buttons = ballots.map((attributes) => {
        const button = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) button.setAttribute(name, value);
        return button;
      });
      document.querySelector('main')?.replaceChildren(...buttons);
    },
    BUTTON,
    keys.map((key) => ({ id: key, 'proposal-id': proposal(key), 'step-id': step(key) })),
  );
  return page;
}

test('each way of voting has its state and its sentence', async (t) => {
  const keys = ['closed', 'future', 'secret', 'threshold', 'minimum', 'requirements'];
  const page = await visitBallots(t, ...keys);
  await settled(page);
  const shown = (key: string): Promise<string> => textOf(page, `#${key}`);
  assert.match(await shown('closed'), /Le vote est terminé depuis le \d/);
  assert.match(await shown('future'), /Le vote ouvre le \d/);
  assert.match(await shown('secret'), /^Voter Scrutin secret/);
  assert.doesNotMatch(await shown('secret'), /\d+ votes?/);
  assert.match(await shown('threshold'), /\d+ votes sur les \d+ nécessaires|Seuil de \d+ votes atteint/);

  await vote(page, proposal('minimum'));
  await inState(page, '#minimum', 'not-counted');
  await says(page, '#minimum', /Encore \d+ projets? à choisir/);
  await vote(page, proposal('requirements'));
  await inState(page, '#requirements', 'not-counted');
  await says(page, '#requirements', /il reste une étape.*Terminer sur la plateforme/);
  await vote(page, proposal('secret'));
  await inState(page, '#secret', 'voted');
  assert.doesNotMatch(await shown('secret'), /\d+ votes?/);
  for (const key of ['minimum', 'requirements', 'secret']) assert.equal(written(key), 1, key);
  for (const key of ['closed', 'future']) await pressVote(page, proposal(key));
  assert.equal((await acts(valmont.now)).length, 3);
});
