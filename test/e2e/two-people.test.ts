/** Two people at one browser: what the first has left behind is neither carried out nor shown for the second. */
import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { BASKET, ballotUrl, chosen, ready, takeUp, visitBallot } from './support/basket.js';
import { clickNamed, fill, inState, reload, settled, textOf, until, visitor } from './support/browser.js';
import { pageOf, town } from './support/town.js';
import { acts, BUTTON, buttonOf, recorded, signInThrough, vote, type Account } from './support/voting.js';

const browser = visitor();
const valmont = town();
const handing = town(true);

beforeEach(() => {
  valmont.now.sandbox.store.reset();
  handing.now.sandbox.store.reset();
});

const lucie = (): Account => valmont.now.state.accounts.citizen;
const second = (): Account => valmont.now.state.accounts.second;
const proposal = (): string => valmont.now.state.proposals['simple']?.[0] ?? '';
const step = (): string => valmont.now.state.steps['simple'] ?? '';
const votesOf = (who: Account): number => recorded(valmont.now, who, proposal(), step());
const target = (): string => buttonOf(proposal());

const visitVote = (t: TestContext, beside?: Page): Promise<Page> =>
  browser.visit(t, `${valmont.now.sandbox.city}/vote`, { ...(beside && { beside }), expected: [/401/] });

/** The town's page on which somebody has pressed, signed out, and left. */
async function pressed(t: TestContext): Promise<Page> {
  const page = await visitVote(t);
  await settled(page);
  await vote(page, proposal());
  await until(() => page.$(`${target()} >>> cap-login-prompt >>> form`), 'the ways in are there');
  return page;
}

const signsInHere = async (page: Page, { email, password }: Account): Promise<void> => {
  await fill(page, `${target()} >>> input[name=email]`, email);
  await fill(page, `${target()} >>> input[name=password]`, password);
  await page.keyboard.press('Enter');
};

/** The visitor turns to a tab: without a screen browsers do not notice. */
const comesBack = async (page: Page): Promise<void> => {
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
};

const nobodyHasVoted = async (): Promise<void> => {
  assert.deepEqual([votesOf(lucie()), votesOf(second()), (await acts(valmont.now)).length], [0, 0, 0]);
};

test('whoever signs in elsewhere after somebody has pressed is asked, and nothing is sent before', async (t) => {
  const page = await pressed(t);
  const tab = await visitVote(t, page);
  assert.equal(await signInThrough(tab, second()), 200);
  await comesBack(page);
  await inState(page, target(), 'asking');
  assert.match(await textOf(page, target()), /Un vote a été demandé ici avant cette connexion/);
  await nobodyHasVoted();
  await clickNamed(page, 'Non');
  await until(() => page.$eval(target(), (element) => !inPage.isIn(element, 'asking')), 'the question goes');
  await nobodyHasVoted();
});

test('whoever opens or reloads the page after somebody has pressed is neither asked nor counted', async (t) => {
  const page = await pressed(t);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  const tab = await visitVote(t, page);
  assert.equal(await signInThrough(tab, second()), 200);
  await Promise.all([reload(page), reload(tab)]);
  for (const each of [page, tab]) {
    await settled(each);
    await until(async () => /J’ai terminé/.test(await textOf(each, target())), 'who is signed in is named');
    assert.doesNotMatch(await textOf(each, target()), /demandé/);
  }
  await nobodyHasVoted();
});

test('a session that has ended keeps a vote for its own account: another one is told nothing of it', async (t) => {
  const page = await visitVote(t);
  await settled(page);
  assert.equal(await signInThrough(page, lucie()), 200);
  await reload(page);
  await settled(page);
  valmont.now.sandbox.store.sql.run('DELETE FROM session');
  await vote(page, proposal());
  await until(() => page.$(`${target()} >>> cap-login-prompt >>> form`), 'the ways in are there');
  await signsInHere(page, second());
  await until(
    () => page.$eval(target(), (element) => !inPage.isIn(element, 'signed-out')),
    'the other account is signed in',
  );
  await until(async () => /J’ai terminé/.test(await textOf(page, target())), 'it is named');
  assert.doesNotMatch(await textOf(page, target()), /demandé/);
  assert.deepEqual([votesOf(lucie()), votesOf(second())], [0, 0]);
});

test('« J’ai terminé » signs out, and ends what waits in the other tabs', async (t) => {
  const page = await pressed(t);
  const tab = await visitVote(t, page);
  await settled(tab);
  assert.equal(await signInThrough(tab, second()), 200);
  await reload(tab);
  await settled(tab);
  await until(async () => /J’ai terminé/.test(await textOf(tab, target())), 'nobody can leave');
  await tab.$eval(target(), (element) => element.shadowRoot?.querySelector<HTMLElement>('[part=leave]')?.click());
  await until(async () => /Vous êtes déconnecté/.test(await textOf(tab, target())), 'it is not said');
  const { sql } = valmont.now.sandbox.store;
  assert.equal(sql.number('SELECT count(*) FROM session'), 0);
  await until(
    () => page.$eval(target(), (element) => !element.shadowRoot?.querySelector('cap-login-prompt')),
    'the wish stays',
  );
  assert.equal(await signInThrough(tab, second()), 200);
  await comesBack(page);
  await until(() => page.$eval(target(), (element) => !inPage.isIn(element, 'signed-out')), 'the session is noticed');
  assert.doesNotMatch(await textOf(page, target()), /demandé/);
  await nobodyHasVoted();
});

test('an account that has changed while the page was out of sight votes for nobody', async (t) => {
  const page = await visitVote(t);
  await settled(page);
  assert.equal(await signInThrough(page, lucie()), 200);
  await reload(page);
  await settled(page);
  await until(async () => /J’ai terminé/.test(await textOf(page, target())), 'the account is named');
  // Signed in to another account by a page that tells no widget of it.
  await page.evaluate(() => dispatchEvent(new Event('blur')));
  assert.equal(await signInThrough(page, second()), 200);
  await vote(page, proposal());
  await until(async () => /Le compte connecté a changé/.test(await textOf(page, target())), 'it is said');
  await nobodyHasVoted();
});

test('choices of somebody else are not shown before they are called one’s own, and « non » forgets them everywhere', async (t) => {
  const url = ballotUrl(handing.now, 'simple');
  const page = await visitBallot(browser, t, url);
  await vote(page, handing.now.state.proposals['simple']?.[0] ?? '');
  await until(async () => (await chosen(page)).length === 1, 'it is in the basket');
  for (const open of [
    // A window that begins with a copy of what this tab keeps, and one that does not.
    async (): Promise<Page> => {
      const popup = new Promise<Page | null>((resolve) => page.once('popup', resolve));
      await page.evaluate((address) => void window.open(address), url);
      return (await popup) as Page;
    },
    () => visitBallot(browser, t, url, { beside: page, expected: [/ERR_ABORTED/] }),
  ]) {
    const other = await open();
    await until(
      () => other.$eval(BASKET, (element) => element.matches(':state(found)')),
      'the other tab says that something is there',
    );
    const source = await other.$eval(BASKET, (element) => element.shadowRoot?.innerHTML ?? '');
    assert.doesNotMatch(source, /data-id/);
    await other.close();
  }
  const last = await visitBallot(browser, t, url, { beside: page });
  await takeUp(last);
  await until(async () => (await chosen(last)).length === 1, 'they are taken up');
  const third = await visitBallot(browser, t, url, { beside: page });
  await clickNamed(third, 'Non, effacer');
  for (const each of [page, last, third]) await inState(each, BASKET, 'none');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test('a shared device keeps nothing, and forgets by itself after three minutes without a touch', async (t) => {
  const url = ballotUrl(handing.now, 'simple');
  const response = await fetch(url.replace('127.0.0.1', 'localhost'));
  const shared = (await response.text()).replace(' data-handoff=', ' data-device="shared" data-handoff=');
  const page = await browser.visit(t, handing.now.publish(shared).replace('localhost', '127.0.0.1'), {
    // Three minutes in three seconds.
    prepare: (fresh) => fresh.evaluateOnNewDocument(() => inPage.hasten(60)),
  });
  await ready(page);
  await until(async () => /J’ai terminé/.test(await textOf(page, BASKET)), '« J’ai terminé » stands there');
  await vote(page, handing.now.state.proposals['simple']?.[0] ?? '');
  await until(async () => (await chosen(page)).length === 1, 'it is in the basket');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await until(async () => /Toujours là/.test(await textOf(page, BASKET)), 'it is said before');
  await inState(page, BASKET, 'none');
  await until(async () => /Vos choix sont effacés de ce site/.test(await textOf(page, BASKET)), 'it is said');
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.getItem('cap-widgets:draft')]), [
    0,
    null,
  ]);
});

test('in a frame of another origin nothing acts and nothing personal is shown: an act is a link in a new window', async (t) => {
  const { script, sandbox } = valmont.now;
  // The town's own page, with the gateway's session, framed by a stranger.
  const widget = `<${BUTTON} proposal-id="${proposal()}" step-id="${step()}"></${BUTTON}><cap-login-prompt></cap-login-prompt>`;
  const own = script.replace('></script>', ` data-access="session" data-handoff="/widgets/handoff"></script>`);
  const inner = valmont.now.publish(pageOf(own, widget), `frame-ancestors *`);
  const outer = valmont.now
    .publish(pageOf('', `<iframe src="${inner}" width="600" height="400"></iframe>`), 'frame-src *')
    .replace('localhost', '127.0.0.1');
  const page = await browser.visit(t, outer);
  const frame = await page.waitForFrame(inner);
  await until(() => frame.$eval(BUTTON, (element) => element.matches(':state(ready)')), 'the button is there');
  const link = await frame.$eval(BUTTON, (element) => {
    const found = element.shadowRoot?.querySelector('a');
    return [element.shadowRoot?.querySelector('button') !== null, found?.target, found?.rel, found?.href];
  });
  assert.deepEqual(link.slice(0, 3), [false, '_blank', 'noopener']);
  assert.ok(String(link[3]).startsWith(sandbox.platform));
  await until(() => frame.$eval('cap-login-prompt', (element) => element.matches(':state(empty)')), 'the prompt');
  for (const { body, headers } of await valmont.now.apiRequests()) {
    assert.doesNotMatch(body, /isAuthenticated|viewer\b/);
    assert.equal(headers['cookie'], undefined);
  }
});
