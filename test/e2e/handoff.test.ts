import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { rawId } from '../../sandbox/platform/ids.js';
import { clickNamed, inState, textOf, until, visitor, windowAfter } from './support/browser.js';
import { elsewhere, HandoffTown, openVote, pressButton, says, secretOf, stage, words } from './support/handoff.js';
import { pageOf, town } from './support/town.js';

// As browsers that keep sites apart: the platform's cookies reach it from its own pages only.
const browser = visitor('--test-third-party-cookie-phaseout');
const valmont = town(true);

beforeEach(() => valmont.now.sandbox.store.reset());

const at = new HandoffTown(browser, () => valmont.now);
const proposal = (index: number): string => at.proposal(index);

test('from another site: sign in, vote, see the number move, take the vote back', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0), proposal(1)]));
  await inState(page, '#c0', 'ready');
  const before = at.votesFor(proposal(0));
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await says(popup, /Vous allez voter pour ce projet/);
  assert.equal(at.votesFor(proposal(0)), before, 'Signing in sends nothing.');
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  assert.match(await words(popup), /Vote enregistré/);
  assert.equal(at.votesFor(proposal(0)), before + 1);
  await inState(page, '#v0', 'voted');
  await until(async () => (await textOf(page, '#c0')).includes(String(before + 1)), 'the counter has moved');
  const { length } = await page.browserContext().pages();
  await clickNamed(popup, `Revenir sur ${new URL(page.url()).host}`);
  await until(async () => (await page.browserContext().pages()).length === length - 1, 'the window is closed');

  const again = await openVote(page, 0);
  await clickNamed(again, 'Confirmer le retrait');
  await stage(again, 'done');
  assert.equal(at.votesFor(proposal(0)), before);
  await until(
    async () => !(await page.$eval('#v0', (element) => element.matches(':state(voted)'))),
    'the vote is gone',
  );
  const cookies = await page.evaluate(() =>
    [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].join(),
  );
  assert.doesNotMatch(cookies, /PHPSESSID|REMEMBERME/i, 'The site never holds anything of the session.');
});

test('the page of a request that was carried out does not carry it out again', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  const sent = await at.mutations();
  valmont.now.sandbox.store.sql.run('DELETE FROM proposal_vote WHERE proposal_id = ?', rawId(proposal(0)));
  await popup.reload();
  await stage(popup, 'done');
  assert.match(await words(popup), /C’est enregistré/);
  assert.equal(await popup.$('::-p-aria(Confirmer le vote)'), null);
  assert.equal(await at.mutations(), sent);
  assert.equal(at.votesFor(proposal(0)), 0);
});

test('a vote that was there before is not sent again', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const first = await openVote(page, 0);
  await at.signIn(first);
  await clickNamed(first, 'Confirmer le vote');
  await stage(first, 'done');
  await first.close();
  const sent = await at.mutations();
  // A page that knows nothing of it.
  await page.goto(at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await clickNamed(popup, 'Continuer');
  await stage(popup, 'done');
  await inState(page, '#v0', 'voted');
  assert.equal(await at.mutations(), sent);
  assert.deepEqual(at.ownVotes().length, 1);
});

test('two hand-overs at once do not mix', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0), proposal(1)]));
  const [first, second] = [await openVote(page, 0), await openVote(page, 1)];
  await second.bringToFront();
  await at.signIn(second);
  await clickNamed(second, 'Confirmer le vote');
  await stage(second, 'done');
  await inState(page, '#v1', 'voted');
  assert.equal(await page.$eval('#v0', (element) => element.matches(':state(voted)')), false);
  await first.bringToFront();
  await clickNamed(first, 'Confirmer le vote');
  await inState(page, '#v0', 'voted');
  assert.deepEqual(at.ownVotes(), [rawId(proposal(1)), rawId(proposal(0))]);
});

test('a window that the visitor closes changes nothing, and the page reads again', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await stage(popup, 'sign-in');
  const asked = (await valmont.now.apiRequests()).length;
  await popup.close();
  await until(async () => (await valmont.now.apiRequests()).length > asked, 'the page reads again');
  assert.doesNotMatch(await textOf(page, '#v0'), /Rien n’a été enregistré/, 'A window that is gone proves nothing.');
  assert.deepEqual(at.ownVotes(), []);
});

test('cancelling says that nothing was recorded, and closes the window', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await clickNamed(popup, 'Annuler');
  await until(() => popup.isClosed(), 'the window is closed');
  await until(() => textOf(page, '#v0').then((text) => /Rien n’a été enregistré/.test(text)), 'the button says so');
  assert.equal(await at.mutations(), 0);
});

test('where windows are blocked the same tab goes there and back', async (t) => {
  const url = at.cityPage([proposal(0)]);
  const page = await at.visit(t, url, {
    prepare: (blocked) => blocked.evaluateOnNewDocument(() => Reflect.set(window, 'open', () => null)),
  });
  const before = at.votesFor(proposal(0));
  await pressButton(page, 0);
  await until(() => page.url().includes('/widgets/handoff'), 'the tab goes there');
  await at.signIn(page);
  await clickNamed(page, 'Confirmer le vote');
  await stage(page, 'done');
  assert.equal(at.votesFor(proposal(0)), before + 1);
  await clickNamed(page, `Revenir sur ${new URL(url).host}`);
  await until(() => page.url() === url, 'the tab is back');
  await until(async () => (await textOf(page, '#c0')).includes(String(before + 1)), 'the page shows the new number');
});

test('no script of the site that asks can make a vote', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]), { expected: [/CORS|access control|ERR_FAILED/i] });
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await stage(popup, 'confirm');
  const before = at.votesFor(proposal(0));
  const name = await popup.evaluate(() => window.name);
  const outcomes = await page.evaluate(
    (windowName, address) => {
      const reached = window.open('', windowName);
      for (const message of [
        { source: 'cap-widgets', type: 'confirm' },
        { source: 'cap-widgets', status: 'done' },
        'go',
      ])
        reached?.postMessage(message, '*');
      const body = new URLSearchParams({ query: '{ isAuthenticated }' });
      const tries = [
        () => reached?.document.querySelector('cap-handoff')?.shadowRoot?.querySelector('button')?.click(),
        () => reached?.sessionStorage.clear(),
        () => reached?.dispatchEvent(new Event('click')),
        () => fetch(`${address}/graphql/internal`, { method: 'POST', body, credentials: 'include' }),
      ];
      return Promise.all(
        tries.map(async (attempt) => {
          try {
            await attempt();
            return 'went through';
          } catch (error) {
            return error instanceof Error ? error.name : String(error);
          }
        }),
      );
    },
    name,
    valmont.now.sandbox.platform,
  );
  assert.deepEqual(outcomes, ['SecurityError', 'SecurityError', 'SecurityError', 'TypeError']);
  await stage(popup, 'confirm');
  assert.equal(at.votesFor(proposal(0)), before);
  assert.equal(await at.mutations(), 0);
});

test('a request that is changed under the visitor’s hand must be looked at anew', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await until(() => popup.$('cap-handoff >>> button.main:not([aria-disabled])'), 'the button takes clicks');
  // The click that was meant for what was there a moment ago.
  await popup.evaluate(() => {
    const button = document.querySelector('cap-handoff')?.shadowRoot?.querySelector<HTMLElement>('button.main');
    addEventListener(
      'hashchange',
      () =>
        setTimeout(() => {
          button?.click();
          document.body.dataset['tried'] = '';
        }),
      { once: true },
    );
  });
  const name = await popup.evaluate(() => window.name);
  const other = at.addressOf({ proposals: proposal(1) });
  await page.evaluate((windowName, url) => void window.open(url, windowName), name, other);
  await until(() => popup.url() === other, 'the request has changed');
  await until(() => popup.$('[data-tried]'), 'the click has come');
  await until(() => popup.$('cap-handoff >>> button.main:not([aria-disabled])'), 'the button takes clicks again');
  assert.equal(await at.mutations(), 0);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  assert.deepEqual(at.ownVotes(), [rawId(proposal(1))]);
});

test('a request of another site, or back to another one, is refused before anything is asked', async (t) => {
  const { sandbox } = valmont.now;
  const allowed = new URL(at.cityPage()).origin;
  const refused: [fields: Record<string, string>, words: RegExp][] = [
    [{ origin: 'https://mechant.example' }, /mechant\.example n’est pas autorisé/],
    [{ origin: allowed.replace('127.0.0.1', 'localhost') }, /n’est pas autorisé/],
    [{ return: 'https://mechant.example/' }, /autre site : mechant\.example/],
    [{ return: `${allowed}.mechant.example/` }, /incomplète|autre site/],
    [{ return: 'javascript:alert(1)' }, /incomplète ou abîmée/],
    [{ state: 'court' }, /incomplète ou abîmée/],
    [{ action: 'delete' }, /incomplète ou abîmée/],
    [{ more: '1' }, /incomplète ou abîmée/],
  ];
  const page = await at.visit(t, `${sandbox.platform}/widgets/handoff`);
  await says(page, /Rien n’est à confirmer/);
  for (const [fields, text] of refused) {
    await page.goto(at.addressOf({ origin: allowed, ...fields }));
    await says(page, text);
    assert.deepEqual(await page.$$('cap-handoff >>> button'), []);
  }
  assert.deepEqual(await valmont.now.apiRequests(), []);
});

test('no page can show the hand-over page inside itself', async (t) => {
  const { platform } = valmont.now.sandbox;
  const url = valmont.now.publish(
    pageOf('', `<iframe src="${platform}/widgets/handoff"></iframe>`),
    `default-src 'none'; frame-src ${platform}`,
  );
  const page = await at.visit(t, elsewhere(url), { expected: [/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/] });
  await until(() => page.frames()[1]?.url().startsWith('chrome-error:'), 'the browser shows something else');
  assert.equal(await page.frames()[1]?.$('cap-handoff'), null);
});

test('forged and replayed answers are ignored, and the real one still counts', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0), proposal(1)]));
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await stage(popup, 'confirm');
  const voted = { proposalId: proposal(0), voted: true, count: 9999, accounted: true, code: null };
  const real = secretOf(popup);
  const claim = { status: 'done', signedIn: true, votes: [voted], results: [] };
  const forged = { source: 'cap-widgets', state: real, ...claim };
  // By the page itself, which may even know the secret; and from the right window, with a wrong one.
  await page.evaluate((message) => {
    window.postMessage(message, '*');
    dispatchEvent(new MessageEvent('message', { data: message, origin: location.origin, source: window }));
  }, forged);
  await popup.evaluate(
    (message) => (window.opener as Window).postMessage({ ...message, state: 'f'.repeat(32) }, '*'),
    forged,
  );
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  await inState(page, '#v0', 'voted');
  assert.doesNotMatch(await textOf(page, '#v0'), /9 ?999/);
  const events: number[] = [];
  await page.exposeFunction('heard', () => events.push(1));
  await page.evaluate(() =>
    addEventListener('cap-vote-change', () => (globalThis as unknown as { heard(): void }).heard()),
  );
  await popup.evaluate((message) => (window.opener as Window).postMessage(message, '*'), forged);
  assert.match(await textOf(page, '#v1'), /Voter/);
  assert.deepEqual(events, []);
});

test('a whole ballot: what the session’s end interrupts goes on after signing in, with what is left', async (t) => {
  const { sandbox } = valmont.now;
  const page = await at.visit(t, at.cityPage());
  const wanted = [proposal(2), proposal(0), proposal(1)];
  const address = at.addressOf({ action: 'ballot', proposals: wanted.join() });
  const popup = await windowAfter(page, () => page.evaluate((url) => void window.open(url, '_blank'), address));
  await at.signIn(popup);
  await stage(popup, 'confirm');
  let sent = 0;
  await popup.setRequestInterception(true);
  popup.on('request', (request) => {
    if (/mutation/.test(decodeURIComponent(request.postData() ?? '')) && ++sent === 2)
      sandbox.store.sql.run('DELETE FROM session');
    void request.continue();
  });
  await clickNamed(popup, 'Confirmer mes votes');
  await says(popup, /Votre session a expiré/);
  assert.deepEqual(at.ownVotes(), [rawId(proposal(2))]);
  await at.signIn(popup);
  await clickNamed(popup, 'Continuer');
  await stage(popup, 'done');
  assert.deepEqual(at.ownVotes(), wanted.map(rawId));
});
