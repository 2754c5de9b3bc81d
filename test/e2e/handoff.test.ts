import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { rawId } from '../../sandbox/platform/ids.js';
import {
  click,
  clickNamed,
  fill,
  inState,
  textOf,
  until,
  visitor,
  windowAfter,
  type VisitOptions,
} from './support/browser.js';
import { pageOf, town } from './support/town.js';

// As browsers that keep sites apart: the platform's cookies reach it from its own pages only.
const browser = visitor('--test-third-party-cookie-phaseout');
const valmont = town(true);
/** What a browser says of signing in with an old session, and of a page that another one has closed. */
const expected = [/ERR_ABORTED/, /favicon/];

beforeEach(() => valmont.now.sandbox.store.reset());

const proposals = (key = 'simple'): readonly string[] => valmont.now.state.proposals[key] ?? [];
const proposal = (index: number, key = 'simple'): string => proposals(key)[index] ?? '';

/** Everybody's votes for a proposal, and the citizen's own in a step, as the database has them. */
const votesFor = (id: string): number =>
  valmont.now.sandbox.store.sql.number('SELECT count(*) FROM proposal_vote WHERE proposal_id = ?', rawId(id));
const ownVotes = (key = 'simple'): readonly string[] =>
  valmont.now.sandbox.store.sql
    .all<{ proposal_id: string }>(
      `SELECT v.proposal_id FROM proposal_vote v JOIN user u ON u.id = v.user_id
        WHERE u.email = ? AND v.step_id = ? ORDER BY v.id`,
      valmont.now.state.accounts.citizen.email,
      rawId(valmont.now.state.steps[key] ?? ''),
    )
    .map(({ proposal_id }) => proposal_id);

/** A page of another site than the platform's, with a button for each proposal and the number of votes beside it. */
function cityPage(...ids: readonly string[]): string {
  const { platform } = valmont.now.sandbox;
  const script = valmont.now.script.replace('></script>', ' data-handoff="/widgets/handoff"></script>');
  const step = valmont.now.state.steps['simple'] ?? '';
  const body = ids.map(
    (id, index) =>
      `<cap-vote-button id="v${index}" proposal-id="${id}" step-id="${step}"></cap-vote-button>
       <cap-participation-counter id="c${index}" proposal-id="${id}"></cap-participation-counter>`,
  );
  assert.match(platform, /localhost/);
  return elsewhere(valmont.now.publish(pageOf(script, body.join(''))));
}

/** The same page under the machine's other name: browsers take it for another site. */
const elsewhere = (url: string): string => url.replace('localhost', '127.0.0.1');

const visit = (t: TestContext, url: string, options?: VisitOptions): Promise<Page> =>
  browser.visit(t, url, { ...options, expected: [...expected, ...(options?.expected ?? [])] });

const words = (page: Page): Promise<string> =>
  page.$eval('cap-handoff', (element) => (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim());
const says = (page: Page, text: RegExp): Promise<void> =>
  until(async () => text.test(await words(page)), `the page says ${String(text)}`);
const stage = (page: Page, name: string): Promise<void> =>
  until(
    () => page.$eval('cap-handoff', (element, state) => element.matches(`:state(${state})`), name),
    `the hand-over page is in ${name}`,
  );

async function signIn(page: Page): Promise<void> {
  const { email, password } = valmont.now.state.accounts.citizen;
  await stage(page, 'sign-in');
  await fill(page, 'cap-handoff >>> input[name=email]', email);
  await fill(page, 'cap-handoff >>> input[name=password]', password);
  await click(page, 'cap-handoff >>> form button');
}

const button = (index: number): string => `#v${index}`;
const pressButton = async (page: Page, index: number): Promise<void> => {
  await inState(page, button(index), 'ready');
  await click(page, `${button(index)} >>> button`);
};
const openVote = (page: Page, index: number): Promise<Page> => windowAfter(page, () => pressButton(page, index));

/** Writes a request by hand, as any script can. */
function addressOf(fields: Record<string, string>): string {
  const { sandbox, state } = valmont.now;
  const origin = fields['origin'] ?? new URL(cityPage()).origin;
  return `${sandbox.platform}/widgets/handoff#${String(
    new URLSearchParams({
      action: 'vote',
      step: state.steps['simple'] ?? '',
      proposals: proposal(0),
      state: '0123456789abcdef0123456789abcdef',
      origin,
      return: `${origin}/0`,
      ...fields,
    }),
  )}`;
}
const mutations = async (): Promise<number> =>
  (await valmont.now.apiRequests()).filter(({ body }) => /mutation/.test(decodeURIComponent(body))).length;

test('from another site: sign in, vote, see the number move, take the vote back', async (t) => {
  const page = await visit(t, cityPage(proposal(0), proposal(1)));
  await inState(page, '#c0', 'ready');
  const before = votesFor(proposal(0));
  const popup = await openVote(page, 0);
  await signIn(popup);
  await says(popup, /Vous allez voter pour ce projet/);
  assert.equal(votesFor(proposal(0)), before, 'Signing in sends nothing.');
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  assert.match(await words(popup), /Vote enregistré/);
  assert.equal(votesFor(proposal(0)), before + 1);
  await inState(page, '#v0', 'voted');
  await until(async () => (await textOf(page, '#c0')).includes(String(before + 1)), 'the counter has moved');
  const { length } = await page.browserContext().pages();
  await clickNamed(popup, `Revenir sur ${new URL(page.url()).host}`);
  await until(async () => (await page.browserContext().pages()).length === length - 1, 'the window is closed');

  const again = await openVote(page, 0);
  await clickNamed(again, 'Confirmer le retrait');
  await stage(again, 'done');
  assert.equal(votesFor(proposal(0)), before);
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
  const page = await visit(t, cityPage(proposal(0)));
  const popup = await openVote(page, 0);
  await signIn(popup);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  const sent = await mutations();
  valmont.now.sandbox.store.sql.run('DELETE FROM proposal_vote WHERE proposal_id = ?', rawId(proposal(0)));
  await popup.reload();
  await stage(popup, 'done');
  assert.match(await words(popup), /C’est enregistré/);
  assert.equal(await popup.$('::-p-aria(Confirmer le vote)'), null);
  assert.equal(await mutations(), sent);
  assert.equal(votesFor(proposal(0)), 0);
});

test('a vote that was there before is not sent again', async (t) => {
  const page = await visit(t, cityPage(proposal(0)));
  const first = await openVote(page, 0);
  await signIn(first);
  await clickNamed(first, 'Confirmer le vote');
  await stage(first, 'done');
  await first.close();
  const sent = await mutations();
  // A page that knows nothing of it.
  await page.goto(cityPage(proposal(0)));
  const popup = await openVote(page, 0);
  await clickNamed(popup, 'Continuer');
  await stage(popup, 'done');
  await inState(page, '#v0', 'voted');
  assert.equal(await mutations(), sent);
  assert.deepEqual(ownVotes().length, 1);
});

test('two hand-overs at once do not mix', async (t) => {
  const page = await visit(t, cityPage(proposal(0), proposal(1)));
  const [first, second] = [await openVote(page, 0), await openVote(page, 1)];
  await second.bringToFront();
  await signIn(second);
  await clickNamed(second, 'Confirmer le vote');
  await stage(second, 'done');
  await inState(page, '#v1', 'voted');
  assert.equal(await page.$eval('#v0', (element) => element.matches(':state(voted)')), false);
  await first.bringToFront();
  await clickNamed(first, 'Confirmer le vote');
  await inState(page, '#v0', 'voted');
  assert.deepEqual(ownVotes(), [rawId(proposal(1)), rawId(proposal(0))]);
});

test('a window that the visitor closes changes nothing, and the page reads again', async (t) => {
  const page = await visit(t, cityPage(proposal(0)));
  const popup = await openVote(page, 0);
  await stage(popup, 'sign-in');
  const asked = (await valmont.now.apiRequests()).length;
  await popup.close();
  await until(async () => (await valmont.now.apiRequests()).length > asked, 'the page reads again');
  assert.doesNotMatch(await textOf(page, '#v0'), /Rien n’a été enregistré/, 'A window that is gone proves nothing.');
  assert.deepEqual(ownVotes(), []);
});

test('cancelling says that nothing was recorded, and closes the window', async (t) => {
  const page = await visit(t, cityPage(proposal(0)));
  const popup = await openVote(page, 0);
  await clickNamed(popup, 'Annuler');
  await until(() => popup.isClosed(), 'the window is closed');
  await until(() => textOf(page, '#v0').then((text) => /Rien n’a été enregistré/.test(text)), 'the button says so');
  assert.equal(await mutations(), 0);
});

test('where windows are blocked the same tab goes there and back', async (t) => {
  const url = cityPage(proposal(0));
  const page = await visit(t, url, {
    prepare: (blocked) => blocked.evaluateOnNewDocument(() => Reflect.set(window, 'open', () => null)),
  });
  const before = votesFor(proposal(0));
  await pressButton(page, 0);
  await until(() => page.url().includes('/widgets/handoff'), 'the tab goes there');
  await signIn(page);
  await clickNamed(page, 'Confirmer le vote');
  await stage(page, 'done');
  assert.equal(votesFor(proposal(0)), before + 1);
  await clickNamed(page, `Revenir sur ${new URL(url).host}`);
  await until(() => page.url() === url, 'the tab is back');
  await until(async () => (await textOf(page, '#c0')).includes(String(before + 1)), 'the page shows the new number');
});

test('no script of the site that asks can make a vote', async (t) => {
  const page = await visit(t, cityPage(proposal(0)), { expected: [/CORS|access control|ERR_FAILED/i] });
  const popup = await openVote(page, 0);
  await signIn(popup);
  await stage(popup, 'confirm');
  const before = votesFor(proposal(0));
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
  assert.equal(votesFor(proposal(0)), before);
  assert.equal(await mutations(), 0);
});

test('a request that is changed under the visitor’s hand must be looked at anew', async (t) => {
  const page = await visit(t, cityPage(proposal(0)));
  const popup = await openVote(page, 0);
  await signIn(popup);
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
  const other = addressOf({ proposals: proposal(1) });
  await page.evaluate((windowName, url) => void window.open(url, windowName), name, other);
  await until(() => popup.url() === other, 'the request has changed');
  await until(() => popup.$('[data-tried]'), 'the click has come');
  await until(() => popup.$('cap-handoff >>> button.main:not([aria-disabled])'), 'the button takes clicks again');
  assert.equal(await mutations(), 0);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  assert.deepEqual(ownVotes(), [rawId(proposal(1))]);
});

test('a request of another site, or back to another one, is refused before anything is asked', async (t) => {
  const { sandbox } = valmont.now;
  const allowed = new URL(cityPage()).origin;
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
  const page = await visit(t, `${sandbox.platform}/widgets/handoff`);
  await says(page, /Rien n’est à confirmer/);
  for (const [fields, text] of refused) {
    await page.goto(addressOf({ origin: allowed, ...fields }));
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
  const page = await visit(t, elsewhere(url), { expected: [/frame-ancestors|ERR_BLOCKED_BY_RESPONSE/] });
  await until(() => page.frames()[1]?.url().startsWith('chrome-error:'), 'the browser shows something else');
  assert.equal(await page.frames()[1]?.$('cap-handoff'), null);
});

test('forged and replayed answers are ignored, and the real one still counts', async (t) => {
  const page = await visit(t, cityPage(proposal(0), proposal(1)));
  const popup = await openVote(page, 0);
  await signIn(popup);
  await stage(popup, 'confirm');
  const voted = { proposalId: proposal(0), voted: true, count: 9999, accounted: true, code: null };
  const real = new URLSearchParams(new URL(popup.url()).hash.slice(1)).get('state') ?? '';
  const forged = { source: 'cap-widgets', state: real, status: 'done', signedIn: true, votes: [voted] };
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
  const page = await visit(t, cityPage());
  const wanted = [proposal(2), proposal(0), proposal(1)];
  const address = addressOf({ action: 'ballot', proposals: wanted.join() });
  const popup = await windowAfter(page, () => page.evaluate((url) => void window.open(url, '_blank'), address));
  await signIn(popup);
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
  assert.deepEqual(ownVotes(), [rawId(proposal(2))]);
  await signIn(popup);
  await clickNamed(popup, 'Continuer');
  await stage(popup, 'done');
  assert.deepEqual(ownVotes(), wanted.map(rawId));
});
