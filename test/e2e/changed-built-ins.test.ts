/** Pages whose own scripts have changed what the browser brings: what is asked, shown and done there is the same. */
import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { BASKET, ballotUrl, choosable, chosen, send, stage, visitBallot } from './support/basket.js';
import { clickNamed, inState, reload, settled, until, visitor } from './support/browser.js';
import { CHANGES } from './support/built-ins.js';
import { pageOf, town } from './support/town.js';
import { acts, buttonOf, recorded, signInThrough, vote } from './support/voting.js';

const browser = visitor();
const valmont = town(true);

beforeEach(() => valmont.now.sandbox.store.reset());

/** Has a script run before all others of a page, and again wherever the tab goes. */
const first = (script: string) => ({
  prepare: (page: Page): unknown => script && page.evaluateOnNewDocument(script),
});

/** One of each element, with the page's own link in it. */
function elements(): string {
  const { projects, steps, proposals } = valmont.now.state;
  const { platform } = valmont.now.sandbox;
  const element = (tag: string, attributes: string): string =>
    `<${tag} loading="eager" ${attributes}><a href="/x">Sur la plateforme</a></${tag}>`;
  return [
    element('cap-project-card', `project-id="${projects.budget}"`),
    element('cap-project-list', 'first="3" structured-data'),
    element('cap-participation-counter', `project-id="${projects.budget}" display="tile"`),
    element('cap-proposal-list', `step-id="${steps.simple}" first="3" keep-filters`),
    element('cap-vote-button', `proposal-id="${String(proposals.simple?.[0])}" step-id="${steps.simple}"`),
    element('cap-budget-basket', `step-id="${steps.budget}"`),
    `<cap-platform platform="${platform}">${element('cap-event-list', 'first="3" structured-data')}</cap-platform>`,
    element('cap-login-prompt', ''),
  ].join('');
}

interface Seen {
  /** The words of each element, by its tag. */
  readonly words: Readonly<Record<string, string>>;
  /** What the page tells search engines, in no order. */
  readonly described: readonly string[];
  /** What the API has been asked, in no order. */
  readonly asked: readonly string[];
}

async function see(t: TestContext, script: string): Promise<Seen> {
  const { platform } = valmont.now.sandbox;
  const url = valmont.now.publish(
    pageOf(valmont.now.script, elements()),
    `default-src 'none'; script-src ${platform}; connect-src ${platform}; img-src ${platform}; style-src 'unsafe-inline'`,
  );
  const page = await browser.visit(t, url, first(script));
  await until(() => page.evaluate(() => inPage.allEnded()), 'every element has come to an end');
  await page.waitForNetworkIdle({ idleTime: 300 });
  const words = await page.evaluate(() => inPage.wordsByTag());
  const described = await page.$eval('script[type="application/ld+json"]', (block) => block.textContent);
  const asked = await valmont.now.apiRequests();
  return {
    // The minute may change between two pages.
    words: {
      ...words,
      'cap-participation-counter': words['cap-participation-counter']?.replace(/\d+ h \d+$/, '') ?? '',
    },
    described: (JSON.parse(described) as { '@graph': unknown[] })['@graph']
      .map((thing) => JSON.stringify(thing))
      .sort(),
    asked: asked.map(({ body }) => body).sort(),
  };
}

/** What an unchanged page is, which is looked at once for all kinds of the others. */
const once = <T>(look: (t: TestContext) => Promise<T>): ((t: TestContext) => Promise<T>) => {
  let found: Promise<T> | undefined;
  return (t) => (found ??= look(t));
};

const unchanged = once((t) => see(t, ''));

test('a page that has changed nothing shows each element', async (t) => {
  const { words, described, asked } = await unchanged(t);
  assert.equal(Object.keys(words).length, 8);
  for (const [tag, text] of Object.entries(words)) {
    assert.ok(text.length > 10, tag);
    if (!/login|vote-button/.test(tag)) assert.doesNotMatch(text, /Sur la plateforme/, tag);
  }
  assert.ok(described.length > 3);
  assert.ok(asked.length > 0);
});

/** What the platform is asked for a vote, on the town's page for votes. */
async function votes(t: TestContext, script: string): Promise<readonly string[]> {
  const { sandbox, state } = valmont.now;
  const [proposal = ''] = state.proposals.simple ?? [];
  const page = await browser.visit(t, `${sandbox.city}/vote`, first(script));
  await settled(page);
  assert.equal(await signInThrough(page, state.accounts.citizen), 200);
  await reload(page);
  await vote(page, proposal);
  await inState(page, buttonOf(proposal), 'voted');
  assert.equal(recorded(valmont.now, state.accounts.citizen, proposal, state.steps.simple ?? ''), 1);
  await page.waitForNetworkIdle({ idleTime: 300 });
  return (await acts(valmont.now)).map(({ body }) => body);
}
const votesUnchanged = once((t) => votes(t, ''));

/** What is kept of a choice in a page of another site than the platform's. */
async function chooses(t: TestContext, script: string): Promise<string | undefined> {
  const page = await visitBallot(browser, t, ballotUrl(valmont.now, 'budget'), first(script));
  const [name = ''] = await choosable(page);
  await clickNamed(page, name);
  await until(async () => (await chosen(page)).length === 1, 'it is in the basket');
  await reload(page);
  await inState(page, BASKET, 'draft');
  assert.equal((await chosen(page)).length, 1, 'the device has kept it');
  // But for the moment of the choice.
  const kept = (await page.evaluate(() => localStorage.getItem('cap-widgets:draft')))?.replace(/"at":\d+/, '');
  const popup = await send(page, valmont.now);
  await stage(popup, 'sign-in');
  await popup.close();
  return kept;
}
const choosesUnchanged = once((t) => chooses(t, ''));

for (const [kind, script] of Object.entries(CHANGES)) {
  test(`on a page with ${kind} each element asks and says the same`, async (t) => {
    assert.deepEqual(await see(t, script()), await unchanged(t));
  });

  test(`on a page with ${kind} a vote is recorded, and is asked for in the same words`, async (t) => {
    const sent = await votes(t, script());
    assert.equal(sent.length, 1);
    await valmont.now.clear();
    valmont.now.sandbox.store.reset();
    assert.deepEqual(sent, await votesUnchanged(t));
  });

  test(`on a page with ${kind} a choice is kept, and handed over`, async (t) => {
    assert.equal(await chooses(t, script()), await choosesUnchanged(t));
  });
}
