/** What happens to votes when everything goes wrong at random. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import fc from 'fast-check';
import type { Page } from 'puppeteer-core';

import { many, SEED } from '../support/sample.js';
import { settled, textOf, until, visitor } from './support/browser.js';
import { town } from './support/town.js';
import {
  acts,
  BUTTON,
  buttonOf,
  isAct,
  pressVote,
  recorded,
  signInThrough,
  votes,
  votesOf,
  type Account,
} from './support/voting.js';

declare global {
  /** In the browser: tells the test of a vote that a page was told of. */
  function claim(proposal: string, voted: boolean): void;
}

const browser = visitor();
const valmont = town();

const STEPS = many({ sample: 150, whole: 500 });
const BATCH = 50;
/** Two citizens with two tabs each share few proposals, so that they meet. */
const TABS = 4;
const PROPOSALS = 3;
/** Whatever the library waits for at length passes faster, so that a lost answer costs the test a moment only. */
const HASTE = 10;

const step = fc.record({
  tab: fc.nat({ max: TABS - 1 }),
  proposal: fc.nat({ max: PROPOSALS - 1 }),
  deed: fc.oneof(
    { arbitrary: fc.constant('press'), weight: 10 },
    { arbitrary: fc.constantFrom('press twice', 'press in both tabs'), weight: 4 },
    { arbitrary: fc.constantFrom('reload the page', 'read again', 'pause'), weight: 3 },
    {
      arbitrary: fc.constantFrom('latency', 'timeout', 'cut before', 'cut after', 'error', 'patience'),
      weight: 6,
    },
  ),
  pause: fc.integer({ min: 0, max: 60 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One tab of a citizen, in which answers to acts can be lost. */
interface Tab {
  readonly page: Page;
  readonly account: Account;
  /** Answers to acts that are still to be lost. */
  lose: number;
  /** Where the audit stood when the button of a proposal was pressed last. */
  readonly pressedAt: Map<string, number>;
}

/** A page tells somebody that there is a vote of his, or that there is none any more. */
type OnClaim = (tab: Omit<Tab, 'page'>, proposal: string, voted: boolean) => void;

/** Has the platform's tables write down every vote that comes or goes. */
function audited(): { last(): number; since(id: number, email: string, proposal: string): number } {
  const { sql } = valmont.now.sandbox.store;
  sql.run('CREATE TABLE vote_audit (id INTEGER PRIMARY KEY, user_id TEXT, proposal_id TEXT)');
  for (const [event, row] of [
    ['INSERT', 'new'],
    ['DELETE', 'old'],
  ] as const)
    sql.run(`CREATE TRIGGER audit_${event} AFTER ${event} ON proposal_vote
      BEGIN INSERT INTO vote_audit (user_id, proposal_id) VALUES (${row}.user_id, ${row}.proposal_id); END`);
  return {
    last: () => sql.number('SELECT coalesce(max(id), 0) FROM vote_audit'),
    since: (id, email, proposal) =>
      sql.number(
        `SELECT count(*) FROM vote_audit a JOIN user u ON u.id = a.user_id
          WHERE a.id > ? AND u.email = ? AND a.proposal_id = ?`,
        id,
        email,
        Buffer.from(proposal, 'base64').toString().split(':')[1] ?? '',
      ),
  };
}

test(`${STEPS} random steps: every screen equals the database, and nothing is claimed that is not recorded`, async (t) => {
  const { state, sandbox } = valmont.now;
  const simple = state.steps['simple'] ?? '';
  const proposals = (state.proposals['simple'] ?? []).slice(0, PROPOSALS);
  const audit = audited();
  const lies: string[] = [];
  const has = (account: Account, proposal: string): number => recorded(valmont.now, account, proposal, simple);
  let presses = 0;

  /** A claim is true if it holds now, or has held since the button was pressed. */
  const onClaim: OnClaim = ({ account, pressedAt }, proposal, voted) => {
    const since = pressedAt.get(proposal) ?? audit.last();
    const isTrue = has(account, proposal) === Number(voted) || audit.since(since, account.email, proposal) > 0;
    if (!isTrue) lies.push(`${account.email} was told ${String(voted)} for ${proposal}`);
  };

  const tabs: Tab[] = [];
  for (const account of [state.accounts.citizen, state.accounts.second]) {
    const first = await openTab(t, account, onClaim);
    tabs.push(first, await openTab(t, account, onClaim, first.page));
  }
  const twin = (tab: Tab): Tab => tabs.find((other) => other !== tab && other.account === tab.account) ?? tab;

  const press = async (tab: Tab, proposal: string): Promise<void> => {
    presses++;
    const before = audit.last();
    try {
      if (await pressVote(tab.page, proposal)) tab.pressedAt.set(proposal, before);
    } catch (reason) {
      // While a page loads there is no button to press.
      if (!/failed to find element|context|detached|navigated/i.test(String(reason))) throw reason;
    }
  };
  const fault = (options: object): Promise<void> => valmont.now.fault({ path: '/graphql/internal', ...options });

  async function take({ tab: number, proposal: index, deed, pause }: Step): Promise<void> {
    const tab = tabs[number];
    const proposal = proposals[index];
    assert.ok(tab && proposal);
    switch (deed) {
      case 'press':
        return press(tab, proposal);
      case 'press twice':
        await press(tab, proposal);
        return press(tab, proposal);
      case 'press in both tabs':
        return void (await Promise.all([press(tab, proposal), press(twin(tab), proposal)]));
      case 'reload the page':
        return void (await tab.page.reload({ waitUntil: 'domcontentloaded' }));
      case 'read again':
        return void tab.page.evaluate(() => inPage.reloadAll()).catch(() => undefined);
      case 'pause':
        return wait(pause * 4);
      case 'latency':
        return fault({ latencyMs: 20 + pause * 3, times: 2 });
      case 'timeout':
        return fault({ latencyMs: 15_000 / HASTE });
      case 'cut before':
        return fault({ cut: true });
      case 'cut after':
        return void tab.lose++;
      case 'error':
        return fault({ status: pause % 2 ? 500 : 503, body: 'Oops', times: 1 + (pause % 3) });
      case 'patience':
        return fault({ status: 429, retryAfter: 1 });
    }
  }

  const screenOf = async (tab: Tab, proposal: string): Promise<string> => {
    const voted = await tab.page.$eval(buttonOf(proposal), (element) => inPage.isIn(element, 'voted'));
    const [count = ''] = /\d[\d ]* votes?/.exec(await textOf(tab.page, buttonOf(proposal))) ?? [];
    return `${Number(voted)} of ${count}`;
  };
  const tableOf = (tab: Tab, proposal: string): string =>
    `${has(tab.account, proposal)} of ${votes(votesOf(valmont.now, proposal, simple))}`;

  /** Calm returns, and every screen shows what the tables say. */
  async function verify(batch: number): Promise<void> {
    for (const tab of tabs) tab.lose = 0;
    await fetch(`${sandbox.platform}/sandbox/faults`, { method: 'POST', body: '{}' });
    for (const tab of tabs) {
      await settled(tab.page);
      await until(
        () => tab.page.$$eval(BUTTON, (all) => !all.some((one) => inPage.isIn(one, 'pending'))),
        'every act has ended',
        120_000,
      );
    }
    for (const tab of tabs) await tab.page.evaluate(() => inPage.reloadAll());
    for (const tab of tabs)
      for (const proposal of proposals) {
        let seen = '';
        await until(
          async () => (seen = await screenOf(tab, proposal)) === tableOf(tab, proposal),
          `batch ${batch}, seed ${SEED}: a screen equals the table`,
        ).catch((reason: unknown) => {
          throw new Error(`The screen says ${seen}, the table ${tableOf(tab, proposal)}.`, { cause: reason });
        });
        assert.ok(has(tab.account, proposal) <= 1, 'A vote is doubled.');
      }
    assert.deepEqual(lies, []);
  }

  const steps = fc.sample(step, { seed: SEED, numRuns: STEPS });
  for (let begin = 0; begin < steps.length; begin += BATCH) {
    for (const each of steps.slice(begin, begin + BATCH)) {
      await take(each);
      await wait(each.pause);
    }
    await verify(begin / BATCH);
  }

  const sent = await acts(valmont.now);
  const changes = audit.last();
  t.diagnostic(`seed ${SEED}: ${presses} presses, ${sent.length} acts sent, ${changes} votes came or went`);
  assert.ok(sent.length <= presses, 'Something was sent twice.');
  assert.ok(changes <= sent.length, 'Something was recorded twice.');
  assert.ok(changes > STEPS / 20, 'Too little has happened to prove anything.');
});

/** A tab of somebody who is signed in, on the town's page. */
async function openTab(t: TestContext, account: Account, onClaim: OnClaim, beside?: Page): Promise<Tab> {
  const { city } = valmont.now.sandbox;
  const own = { account, lose: 0, pressedAt: new Map<string, number>() };
  const page = await browser.visit(t, `${city}/vote`, {
    expected: [/^console error: Failed to load resource/, /^failed: http/, /^answered \d+/],
    ...(beside && { beside }),
    async prepare(fresh) {
      await fresh.exposeFunction('claim', onClaim.bind(null, own));
      await fresh.evaluateOnNewDocument((times) => {
        inPage.hasten(times);
        inPage.onVote((proposal, voted) => claim(proposal, voted));
      }, HASTE);
    },
  });
  const tab = Object.assign(own, { page });
  await loseAnswers(tab);
  if (!beside) {
    await signInThrough(page, account);
    await page.reload();
  }
  await settled(page);
  return tab;
}

/** Cuts the connection after the platform has acted, where the tab is to lose an answer. */
async function loseAnswers(tab: Tab): Promise<void> {
  const wire = await tab.page.createCDPSession();
  wire.on('Fetch.requestPaused', ({ requestId, request }) => {
    const lost = tab.lose > 0 && isAct({ body: request.postData ?? '' });
    if (lost) tab.lose--;
    const sent = lost
      ? wire.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' })
      : wire.send('Fetch.continueRequest', { requestId });
    // A page that is being left has given up its requests.
    sent.catch(() => undefined);
  });
  await wire.send('Fetch.enable', { patterns: [{ urlPattern: '*/graphql/internal', requestStage: 'Response' }] });
}
