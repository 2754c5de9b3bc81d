import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { rawId } from '../../sandbox/platform/ids.js';
import { click, clickNamed, inState, until, visitor, windowAfter } from './support/browser.js';
import { HandoffTown, openVote, pressButton, says, secretOf, stage, words } from './support/handoff.js';
import { identify } from './support/identity.js';
import { pageOf, town } from './support/town.js';

// As browsers that keep sites apart: the platform's cookies reach it from its own pages only.
const browser = visitor('--test-third-party-cookie-phaseout');
const valmont = town(true);
const at = new HandoffTown(browser, () => valmont.now);
const proposal = (index: number): string => at.proposal(index);
const FORGED = '0123456789abcdef'.repeat(2);

beforeEach(() => valmont.now.sandbox.store.reset());

const isVoted = (page: Page, selector: string): Promise<boolean> =>
  page.$eval(selector, (element) => element.matches(':state(voted)'));

/** Signs somebody in on the platform, in another tab of the same browser. */
async function signInBeside(t: TestContext, page: Page, account: { email: string; password: string }): Promise<void> {
  const tab = await at.visit(t, `${valmont.now.sandbox.platform}/widgets/handoff`, { beside: page });
  await signInFrom(tab, account);
  await tab.close();
}

/** By a page of the platform, which is told nothing of it. */
async function signInFrom(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  const status = await page.evaluate(
    async (username, word) => {
      const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
      const body = JSON.stringify({ username, password: word });
      return (await fetch('/login_check', { method: 'POST', headers, body })).status;
    },
    email,
    password,
  );
  assert.equal(status, 200);
}

/** What a page is posted from now on, whoever posts it. */
async function posts(page: Page): Promise<unknown[]> {
  const heard: unknown[] = [];
  await page.exposeFunction('heard', (data: unknown) => heard.push(data));
  await page.evaluate(() =>
    addEventListener('message', ({ data }) => (globalThis as unknown as { heard(data: unknown): void }).heard(data)),
  );
  return heard;
}

test('who asks is said on the page, and asks for just what is in the address', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await says(popup, new RegExp(`Demande faite par ${new URL(page.url()).host}`));
  // Another request in its place, with the secret of the first.
  const other = new URL(popup.url());
  const fields = new URLSearchParams(other.hash.slice(1));
  fields.set('proposals', proposal(1));
  await popup.evaluate((hash) => {
    location.hash = hash;
  }, String(fields));
  await says(popup, /Une page de .* vous a mené ici/);
  assert.equal(await at.mutations(), 0);
});

test('a link from elsewhere claims to be from the city: a press shows it, and nothing is taken back unasked', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  await signInBeside(t, page, valmont.now.state.accounts.citizen);
  const cast = await openVote(page, 0);
  await clickNamed(cast, 'Confirmer le vote');
  await stage(cast, 'done');
  await cast.close();
  // By a page of a neighbour, and with nobody who could vouch.
  const link = valmont.now.publish(
    pageOf(
      '',
      `<a href="${at.addressOf({ action: 'ballot', proposals: proposal(1) }).replaceAll('&', '&amp;')}">Gagnez un vélo</a>`,
    ),
  );
  const tab = await at.visit(t, link, { beside: page });
  await clickNamed(tab, 'Gagnez un vélo');
  await stage(tab, 'claimed');
  assert.match(await words(tab), /prétend venir de/);
  assert.doesNotMatch(await words(tab), /sera retiré|Confirmer/);
  await clickNamed(tab, 'Voir ce qui est demandé');
  await clickNamed(tab, 'Confirmer mes votes');
  await stage(tab, 'done');
  assert.deepEqual(at.ownVotes(), [rawId(proposal(0)), rawId(proposal(1))]);
  // Its window has no page to answer: the address alone goes back.
  const back = await tab.$eval('cap-handoff >>> a.main', (element) => element.getAttribute('href') ?? '');
  assert.match(back, /#cap-handoff=[\da-f]{32}\.done$/);
});

test('a page that keeps its windows apart hears of it by the address that its window goes back to', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)], { 'Cross-Origin-Opener-Policy': 'same-origin' }));
  await pressButton(page, 0);
  let popup: Page | undefined;
  await until(async () => {
    const pages = await page.browserContext().pages();
    popup = pages.find((one) => one.url().includes('/widgets/handoff'));
    return popup;
  }, 'a window opens');
  assert.ok(popup);
  await popup.bringToFront();
  await at.signIn(popup);
  await says(popup, /Une page de .* vous a mené ici/);
  assert.equal(await popup.evaluate(() => window.opener as unknown), null);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  assert.equal(await isVoted(page, '#v0'), false);
  await says(popup, /Revenez sur/);
  await clickNamed(popup, `Revenir sur ${new URL(page.url()).host}`);
  await inState(page, '#v0', 'voted');
  await until(() => popup?.url() === page.url(), 'nothing of it stays in the address');
  // The window that came back holds no secret: to it, it is nobody's.
  await until(() => popup?.$eval('#v0', (element) => element.matches(':state(ready)')), 'the page is back');
  assert.equal(await isVoted(popup, '#v0'), false);
});

test('an answer in the address is not believed from a stranger, nor a second time', async (t) => {
  const url = at.cityPage([proposal(0)]);
  const page = await at.visit(t, url);
  await openVote(page, 0);
  for (const status of ['done', 'failed', 'cancelled', 'perhaps']) {
    const tab = await at.visit(t, `${url}#cap-handoff=${FORGED}.${status}`, { beside: page });
    await inState(tab, '#v0', 'ready');
    await until(() => tab.url() === url, 'it is taken out');
    assert.equal(await isVoted(tab, '#v0'), false);
    assert.equal(await isVoted(page, '#v0'), false);
    await tab.close();
  }
});

test('a second request in a window is carried out, and not called done with the first', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  const fields = new URLSearchParams(new URL(popup.url()).hash.slice(1));
  fields.set('proposals', proposal(1));
  await popup.evaluate((hash) => {
    location.hash = hash;
  }, String(fields));
  await stage(popup, 'confirm');
  assert.deepEqual(at.ownVotes(), [rawId(proposal(0))]);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  assert.deepEqual(at.ownVotes(), [rawId(proposal(0)), rawId(proposal(1))]);
});

test('whoever cancels tells the same as anybody else, of a secret ballot, too', async (t) => {
  const { store } = valmont.now.sandbox;
  const { state } = valmont.now;
  const page = await at.visit(t, at.cityPage());
  await signInBeside(t, page, state.accounts.citizen);
  const step = state.steps['secret'] ?? '';
  const [first = '', ...others] = at.proposals('secret');
  store.sql.run(
    `INSERT INTO proposal_vote (proposal_id, step_id, user_id, created_at, published_at)
      SELECT ?, ?, id, '2026-05-01 09:00:00', '2026-05-01 09:00:00' FROM user WHERE email = ?`,
    rawId(first),
    rawId(step),
    state.accounts.citizen.email,
  );
  const heard = await posts(page);
  const address = at.addressOf({ action: 'ballot', step, proposals: [first, ...others].slice(0, 3).join() });
  const popup = await windowAfter(page, () => page.evaluate((url) => void window.open(url, '_blank'), address));
  await stage(popup, 'confirm');
  assert.match(await words(popup), /Vote enregistré/, 'Its own page shows the visitor what he has.');
  assert.deepEqual(heard, [{ source: 'cap-widgets', type: 'ready', state: FORGED }]);
  await clickNamed(popup, 'Annuler');
  await until(() => heard.length > 1, 'the page is told');
  const nothing = { status: 'cancelled', signedIn: false, votes: [], results: [] };
  assert.deepEqual(heard[1], { source: 'cap-widgets', state: FORGED, ...nothing });
});

test('somebody else who has signed in meanwhile votes for nobody', async (t) => {
  const { citizen, second } = valmont.now.state.accounts;
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await says(popup, /Avec le compte de .* \(.•••@valmont\.example\)/);
  // Out of sight it would have noticed by itself, and have named the other one before anything is pressed.
  await signInFrom(popup, second);
  await clickNamed(popup, 'Confirmer le vote');
  await says(popup, /Un autre compte est connecté/);
  assert.deepEqual([...at.ownVotes('simple', citizen), ...at.ownVotes('simple', second)], []);
  assert.equal(await at.mutations(), 0);
  await clickNamed(popup, 'Ce n’est pas moi');
  await at.signIn(popup);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  assert.deepEqual([at.ownVotes('simple', citizen), at.ownVotes('simple', second)], [[rawId(proposal(0))], []]);
});

test('signing in by a service carries a random name, and nothing of the ballot, through any log', async (t) => {
  const { platform } = valmont.now.sandbox;
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await stage(popup, 'sign-in');
  const secret = secretOf(popup);
  const asked: string[] = [];
  popup.on('request', (request) => asked.push(request.url(), JSON.stringify(request.headers())));
  await clickNamed(popup, 'Se connecter avec Compte Valmont');
  await identify(popup, valmont.now);
  await stage(popup, 'confirm');
  await says(popup, /Demande faite par/);
  const named = asked.filter((url) => url.includes('_destination='));
  assert.ok(named.length > 0);
  assert.match(named[0] ?? '', /cap-request%3D[\da-f]{32}$/);
  const log = JSON.stringify(await (await fetch(`${platform}/sandbox/requests`)).json());
  const logged = [...asked.map((url) => decodeURIComponent(url)), log];
  for (const trace of logged.filter((line) => !line.includes('#action='))) assert.ok(!trace.includes(secret));
  // The page's own address is in no request: browsers send no fragment, and report it to the driver alone.
  for (const url of asked.filter((one) => /\/login|\/oauth|_destination|authorize/.test(one)))
    assert.doesNotMatch(decodeURIComponent(decodeURIComponent(url)), /proposals=|action=|step=/);
  assert.doesNotMatch(log, /proposals=|proposals%3D|action=ballot|action%3D/);
});

test('and by the platform’s own page likewise', async (t) => {
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await stage(popup, 'sign-in');
  const href = await popup.$eval('cap-handoff >>> cap-login-prompt > a', (link) => link.getAttribute('href') ?? '');
  assert.match(decodeURIComponent(href), /\/login\?_destination=[^#]*\/widgets\/handoff#cap-request=[\da-f]{32}$/);
  const { email, password } = valmont.now.state.accounts.citizen;
  await popup.goto(href);
  await popup.type('input[name=username]', email);
  await popup.type('input[name=password]', password);
  await click(popup, 'main form button');
  await stage(popup, 'confirm');
  await says(popup, /Demande faite par/);
});

test('whoever is done leaves no session behind, and the site is told to forget', async (t) => {
  const { store } = valmont.now.sandbox;
  const page = await at.visit(t, at.cityPage([proposal(0)]));
  const popup = await openVote(page, 0);
  await at.signIn(popup);
  await clickNamed(popup, 'Confirmer le vote');
  await stage(popup, 'done');
  const heard = await posts(page);
  assert.equal(store.sql.number('SELECT count(*) FROM session'), 1);
  await clickNamed(popup, 'J’ai terminé\u00a0: me déconnecter');
  await says(popup, /Vous êtes déconnecté de la plateforme/);
  await until(() => heard.length, 'the site is told');
  assert.equal((heard[0] as { forget?: boolean }).forget, true);
  assert.doesNotMatch(await words(popup), /Vote enregistré/);

  const address = at.addressOf({ action: 'leave', step: '', proposals: '' });
  await signInBeside(t, page, valmont.now.state.accounts.citizen);
  const leaving = await windowAfter(page, () => page.evaluate((url) => void window.open(url, '_blank'), address));
  await clickNamed(leaving, 'Me déconnecter');
  await stage(leaving, 'done');
  await until(() => heard.length === 3, 'the site is told');
  const nothing = { status: 'done', signedIn: false, votes: [], results: [], forget: true };
  assert.deepEqual(heard[2], { source: 'cap-widgets', state: FORGED, ...nothing });
  assert.equal(
    await leaving.evaluate(async () => {
      const body = new URLSearchParams({ query: '{ isAuthenticated }' });
      return (await fetch('/graphql/internal', { method: 'POST', body })).text();
    }),
    '{"data":{"isAuthenticated":false}}',
  );
});

for (const [name, host] of [
  ['of a stranger', '127.0.0.1'],
  ['of a sibling', 'localhost'],
  ['of its own origin', null],
] as const)
  test(`the hand-over page does nothing in a page ${name}, whatever its headers are`, async (t) => {
    const { platform } = valmont.now.sandbox;
    const address = at.addressOf({}).replaceAll('&', '&amp;');
    const frame = pageOf('', `<iframe title="Vote" src="${address}"></iframe>`);
    const outer = host
      ? valmont.now.publish(frame, `frame-src ${platform}`).replace('localhost', host)
      : `${platform}/`;
    const source = await (await fetch(`${platform}/widgets/handoff`)).text();
    const page = await at.visit(t, outer, {
      expected: [/frame-ancestors|ERR_BLOCKED_BY_RESPONSE|cookie/i],
      prepare: async (tab) => {
        await tab.setRequestInterception(true);
        tab.on('request', (request) => {
          // As of an operator who has left out the headers; and a page of the platform's own with the frame in it.
          const html = request.url().split('#')[0] === `${platform}/widgets/handoff` ? source : frame;
          const own = html === source || request.url() === `${platform}/`;
          void (own && request.isNavigationRequest()
            ? request.respond({ contentType: 'text/html; charset=utf-8', body: html })
            : request.continue());
        });
      },
    });
    const inner = (): Page => page.frames()[1] as unknown as Page;
    await until(async () => /ne s’utilise pas à l’intérieur/.test(await words(inner())), 'it refuses');
    assert.deepEqual(await valmont.now.apiRequests(), []);
    assert.equal(await inner().$('cap-handoff >>> button'), null);
  });

test('the headers of the hand-over page keep it out of frames, forms and caches', async () => {
  const { headers } = await fetch(`${valmont.now.sandbox.platform}/widgets/handoff`);
  assert.equal(headers.get('x-frame-options'), 'DENY');
  assert.equal(headers.get('cache-control'), 'no-store');
  const policy = headers.get('content-security-policy') ?? '';
  for (const rule of ["frame-ancestors 'none'", "form-action 'none'", "script-src 'self'", "default-src 'none'"])
    assert.ok(policy.split('; ').includes(rule), rule);
  assert.equal(headers.get('cross-origin-opener-policy'), null);
});
