import assert from 'node:assert/strict';
import { beforeEach, test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { clickNamed, inState, until, visitor } from './support/browser.js';
import { pageOf, town } from './support/town.js';
import { acts, buttonOf, recorded, signInThrough, vote } from './support/voting.js';

const browser = visitor();
const valmont = town();
const PROMPT = 'cap-login-prompt';

beforeEach(() => valmont.now.sandbox.store.reset());

const citizen = (): { email: string; password: string } => valmont.now.state.accounts.citizen;
const step = (): string => valmont.now.state.steps['simple'] ?? '';
const proposal = (): string => valmont.now.state.proposals['simple']?.[0] ?? '';
const written = (): number => recorded(valmont.now, citizen(), proposal(), step());
const sessionsOf = ({ email }: { email: string }): number =>
  valmont.now.sandbox.store.sql.number(
    'SELECT count(*) FROM session s JOIN user u ON u.id = s.user_id WHERE u.email = ?',
    email,
  );

/** What a page of somebody else tries, in a browser in which a citizen is signed in on the city's site. */
interface Attack {
  readonly what: string;
  /** Its markup. A frame named `target` takes the answers of its forms. */
  readonly html: (gateway: string) => string;
  /** How many requests it sends. */
  readonly requests: number;
  /** What it does by script, once the page is there. */
  readonly script?: (page: Page, gateway: string) => Promise<unknown>;
}

const field = (name: string, value: string): string =>
  `<input type="hidden" name='${name}' value='${value.replaceAll("'", '&#39;')}'>`;
const form = (action: string, fields: string, attributes = ''): string =>
  `<form method="post" action="${action}" target="target" ${attributes}>${fields}<button>Participer</button></form>
   <iframe name="target"></iframe>`;

const mutation = (): string =>
  `mutation { addProposalVote(input: { proposalId: "${proposal()}", stepId: "${step()}" }) { errorCode vote { id } } }`;
const second = (): string =>
  JSON.stringify({
    username: valmont.now.state.accounts.second.email,
    password: valmont.now.state.accounts.second.password,
  });

const submit = (page: Page): Promise<void> => page.$eval('form', (element) => element.requestSubmit());
/** Sends what a script may send to any origin, with all cookies that the browser lets it. */
const sendTo =
  (path: string, body: () => string, type: string) =>
  (page: Page, gateway: string): Promise<unknown> =>
    page.evaluate(
      (url, content, contentType) =>
        fetch(url, {
          method: 'POST',
          mode: 'no-cors',
          credentials: 'include',
          body: content,
          headers: { 'Content-Type': contentType },
        }),
      gateway + path,
      body(),
      type,
    );
const FORM = 'application/x-www-form-urlencoded';

const attacks: readonly Attack[] = [
  {
    what: 'a form that votes',
    html: (gateway) => form(`${gateway}/graphql/internal`, field('query', mutation())),
    requests: 1,
    script: submit,
  },
  {
    what: 'a form with the vote in its address',
    html: (gateway) =>
      form(
        `${gateway}/graphql/internal?query=${encodeURIComponent(mutation())}`,
        field('query', '{ isAuthenticated }'),
      ),
    requests: 1,
    script: submit,
  },
  {
    what: 'a form in the guise of JSON',
    html: (gateway) =>
      form(
        `${gateway}/graphql/internal`,
        field(`{"query":${JSON.stringify(mutation())},"x":"`, '"}'),
        'enctype="text/plain"',
      ),
    requests: 1,
    script: submit,
  },
  {
    what: 'a script that votes',
    html: () => '',
    requests: 1,
    script: sendTo('/graphql/internal', () => new URLSearchParams({ query: mutation() }).toString(), FORM),
  },
  {
    what: 'images that sign out',
    html: (gateway) =>
      `<img src="${gateway}/logout" alt=""><img src="${gateway}/logout?1" alt="" crossorigin="use-credentials">`,
    requests: 2,
  },
  {
    what: 'a form that signs out',
    html: (gateway) => form(`${gateway}/logout`, ''),
    requests: 1,
    script: submit,
  },
  {
    what: 'a script that signs out',
    html: () => '',
    requests: 1,
    script: sendTo('/logout', () => '', FORM),
  },
  {
    what: 'a form that signs somebody else in',
    html: (gateway) =>
      form(`${gateway}/login_check`, field(second().slice(0, -1) + ',"x":"', '"}'), 'enctype="text/plain"'),
    requests: 1,
    script: submit,
  },
  {
    what: 'a script that signs somebody else in',
    html: () => '',
    requests: 1,
    script: sendTo('/login_check', second, 'text/plain'),
  },
];

/** A browser in which a citizen is signed in, on the city's page for votes. */
async function signedIn(t: TestContext, expected: readonly RegExp[] = []): Promise<Page> {
  const page = await browser.visit(t, `${valmont.now.sandbox.city}/vote`, { expected });
  assert.equal(await signInThrough(page, citizen()), 200);
  return page;
}

/** The city's site is `localhost`; a site of the same name at another port is its sibling, the number is a stranger. */
const sites: readonly [who: string, (url: string) => string][] = [
  ['a sibling site', (url) => url],
  ['another site', (url) => url.replace('localhost', '127.0.0.1')],
];

for (const [who, at] of sites)
  for (const { what, html, requests, script } of attacks)
    test(`${what} on ${who} neither votes nor signs anybody in or out`, async (t) => {
      const own = await signedIn(t);
      const gateway = `${valmont.now.sandbox.city}/participation`;
      const url = at(valmont.now.publish(pageOf('', html(gateway)), "default-src * 'unsafe-inline'"));
      const seen: string[] = [];
      const hostile = await browser.visit(t, url, {
        beside: own,
        // Whatever it complains of, it is refused.
        expected: [/./],
        prepare: (page) =>
          page
            .on('requestfinished', (request) => {
              if (request.url().startsWith(gateway)) seen.push(request.url());
            })
            .on('requestfailed', (request) => {
              if (request.url().startsWith(gateway)) seen.push(request.url());
            }),
      });
      await script?.(hostile, gateway);
      await until(() => seen.length >= requests, 'all that it asks is answered');
      assert.equal(written(), 0);
      assert.equal(sessionsOf(citizen()), 1);
      assert.equal(sessionsOf(valmont.now.state.accounts.second), 0);
      for (const { headers } of await acts(valmont.now)) assert.equal(headers['cookie'], undefined);

      await own.bringToFront();
      await own.reload();
      await inState(own, PROMPT, 'signed-in');
    });

test('the city’s own page votes and signs out by the gateway', async (t) => {
  // The driver takes an answer without a body, which nobody reads, for a failure.
  const page = await signedIn(t, [/logout net::ERR_ABORTED/]);
  await page.reload();
  await inState(page, PROMPT, 'signed-in');
  await vote(page, proposal());
  await inState(page, buttonOf(proposal()), 'voted');
  assert.equal(written(), 1);
  const [act] = await acts(valmont.now);
  assert.equal(act?.headers['x-requested-with'], 'XMLHttpRequest');
  assert.match(String(act?.headers['cookie']), /^PHPSESSID=[\w-]+$/);

  await clickNamed(page, 'J’ai terminé, me déconnecter');
  await inState(page, PROMPT, 'signed-out');
  assert.equal(sessionsOf(citizen()), 0);
  assert.deepEqual(await page.browserContext().cookies(), []);
});
