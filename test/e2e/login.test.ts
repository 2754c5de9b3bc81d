import assert from 'node:assert/strict';
import { after, before, beforeEach, test, type TestContext } from 'node:test';

import express, { type RequestHandler } from 'express';
import type { Page } from 'puppeteer-core';

import { participationGateway } from '../../sandbox/city/gateway/gateway.js';
import { Limits } from '../../sandbox/city/gateway/limits.js';
import { openLoopbackSite, type LoopbackSite } from '../../sandbox/loopback.js';
import { clickNamed, fill, inState, reload, textOf, until, visitor, windowAfter } from './support/browser.js';
import { identify } from './support/identity.js';
import { pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town(false, true);
const PROMPT = 'cap-login-prompt';
const NAME = 'Lucie Fontaine';

/** What Chromium says by itself of an answer that is no success. */
const refused = [/answered 401: \S+\/login_check$/, /Failed to load resource.*401/];

beforeEach(() => valmont.now.sandbox.store.reset());

const accounts = (): typeof valmont.now.state.accounts => valmont.now.state.accounts;
const sessionsOf = (email: string): number =>
  valmont.now.sandbox.store.sql.number(
    'SELECT count(*) FROM session s JOIN user u ON u.id = s.user_id WHERE u.email = ?',
    email,
  );

/** Another name of this machine, which browsers take for another site. */
const elsewhere = (url: string): string => url.replace('localhost', '127.0.0.1');

/** A city's site whose pages the tests write: it hands the platform's API through, as the sandbox's city does. */
let city: LoopbackSite;
const pages = new Map<string, { readonly body: string; readonly policy: string }>();
before(async () => {
  city = await openLoopbackSite(0);
  const app = express();
  const origins = [city.url, elsewhere(city.url)];
  // All visitors of all tests come from one address.
  const limits = new Limits({ signIns: 1000 });
  // The platform is there once tests run.
  let gateway: RequestHandler | undefined;
  app.use('/participation', (...exchange) => {
    const { platform } = valmont.now.sandbox;
    return (gateway ??= participationGateway({ platform, origins, limits }))(...exchange);
  });
  app.get('/:page', ({ params }, response) => {
    const { body, policy } = pages.get(params.page) ?? {};
    if (body === undefined) return void response.sendStatus(204);
    response.set('Content-Security-Policy', policy).send(body);
  });
  city.serve(app);
});
after(() => city.close());

interface Prompt {
  readonly attributes?: string;
  /** What the page's policy lets its scripts talk to. */
  readonly connect?: string;
}

/** A page with nothing but a prompt. */
function pageWith({ attributes = '', connect = "'self'" }: Prompt): { body: string; policy: string } {
  const { platform } = valmont.now.sandbox;
  const script = valmont.now.script.replace('></script>', ` ${attributes}></script>`);
  return {
    body: pageOf(script, `<${PROMPT}><a href="${platform}">La plateforme</a></${PROMPT}>`),
    policy: `default-src 'none'; script-src ${platform}; connect-src ${connect}; require-trusted-types-for 'script'`,
  };
}

/** Opens a page of the city's site. */
function visit(t: TestContext, prompt: Prompt, expected: readonly RegExp[] = [], site = city.url): Promise<Page> {
  const name = `page-${pages.size}`;
  pages.set(name, pageWith(prompt));
  return browser.visit(t, `${site}/${name}`, { expected });
}

/** Opens a page of the platform's own, which its staff may have written. */
function visitPlatform(t: TestContext, url: string): Promise<Page> {
  const { body, policy } = pageWith({ attributes: 'data-access="session"' });
  return browser.visit(t, url, {
    expected: [/favicon/],
    async prepare(page) {
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        const answer = {
          contentType: 'text/html; charset=utf-8',
          headers: { 'Content-Security-Policy': policy },
          body,
        };
        void (request.url() === url ? request.respond(answer) : request.continue());
      });
    },
  });
}

/** Opens a page of another origin that the platform's CORS names: it sees the session that begins on the platform. */
function visitNamed(t: TestContext): Promise<Page> {
  const { platform } = valmont.now.sandbox;
  const { body, policy } = pageWith({ attributes: 'data-access="session"', connect: platform });
  return browser.visit(t, valmont.now.publish(body, policy));
}

const GATEWAY = 'data-api="/participation" data-access="session"';
/** Behind the city's gateway, on another host than the platform's, and talking to nothing else. */
const behindGateway = (t: TestContext, expected?: readonly RegExp[]): Promise<Page> =>
  visit(t, { attributes: GATEWAY }, expected, elsewhere(city.url));

/** Fills in the form by keyboard, and sends it. */
async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await fill(page, `${PROMPT} >>> input[name=email]`, email);
  await fill(page, `${PROMPT} >>> input[name=password]`, password);
  await page.keyboard.press('Enter');
}

const says = (page: Page, words: string | RegExp): Promise<void> =>
  until(
    async () => {
      const text = await textOf(page, PROMPT);
      return typeof words === 'string' ? text.includes(words) : words.test(text);
    },
    `the prompt says ${String(words)}`,
  );

test('through the gateway somebody signs in by password, is still signed in after a reload, and signs out', async (t) => {
  // The driver takes an answer without a body, which nobody reads, for a failure.
  const page = await behindGateway(t, [/logout net::ERR_ABORTED/]);
  await inState(page, PROMPT, 'signed-out');
  await page.evaluate((type) => {
    document.addEventListener(type, (event) => {
      document.body.dataset['change'] = `${document.body.dataset['change'] ?? ''}${JSON.stringify(event.detail)}`;
    });
  }, 'cap-session-change' as const);
  await signIn(page, accounts().citizen);
  await inState(page, PROMPT, 'signed-in');
  await says(page, `Connecté en tant que ${NAME}`);
  assert.equal(
    await page.evaluate(() => document.body.dataset['change']),
    JSON.stringify({ signedIn: true, displayName: NAME }),
  );
  assert.equal(sessionsOf(accounts().citizen.email), 1);
  // The session is the city's page's, and out of its scripts' reach.
  const [cookie, ...others] = await page.browserContext().cookies();
  assert.deepEqual(
    [cookie?.name, cookie?.domain, cookie?.httpOnly, cookie?.sameSite],
    ['cap-session', '127.0.0.1', true, 'Strict'],
  );
  assert.deepEqual(others, []);
  assert.equal(
    await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })),
    '{}',
  );

  await reload(page);
  await inState(page, PROMPT, 'signed-in');
  await clickNamed(page, 'J’ai terminé, me déconnecter');
  await inState(page, PROMPT, 'signed-out');
  assert.equal(sessionsOf(accounts().citizen.email), 0);
  await reload(page);
  await inState(page, PROMPT, 'signed-out');
});

test('behind a gateway of another host no service is offered that would lead nowhere', async (t) => {
  const page = await behindGateway(t);
  await inState(page, PROMPT, 'signed-out');
  await says(page, 'Pour utiliser FranceConnect ou Compte Valmont, participez sur la plateforme.');
  assert.equal(await page.$(`${PROMPT} >>> ul`), null);
});

test('one request asks who the visitor is and how to sign in', async (t) => {
  const page = await behindGateway(t);
  await inState(page, PROMPT, 'signed-out');
  assert.deepEqual(
    (await valmont.now.apiRequests()).map(({ method, path, status }) => [method, path, status]),
    [['POST', '/graphql/internal', 200]],
  );
});

test('after five wrong passwords only the platform’s own page helps', async (t) => {
  const page = await behindGateway(t, refused);
  await inState(page, PROMPT, 'signed-out');
  const { email, password } = accounts().second;
  for (let times = 1; times <= 5; times++) {
    await signIn(page, { email, password: `faux ${times}` });
    await until(async () => (await page.evaluate(() => inPage.events)).length === 1 + times, 'it is answered');
    await says(page, times < 5 ? 'L’adresse ou le mot de passe est incorrect.' : 'une vérification de sécurité');
  }
  // By now the right one is refused as well.
  await signIn(page, { email, password });
  await until(async () => (await page.evaluate(() => inPage.events)).length === 7, 'the sixth refusal');
  await says(page, 'une vérification de sécurité');
  assert.equal(
    await page.$eval(`${PROMPT} >>> [part=message] a`, (link) => link.getAttribute('href')),
    valmont.now.sandbox.platform,
  );
  assert.equal(sessionsOf(email), 0);
  const reports = await page.evaluate(() => inPage.events);
  assert.deepEqual(reports, [
    `cap-load ${PROMPT}`,
    ...Array<string>(4).fill(`cap-error ${PROMPT} bad-credentials`),
    ...Array<string>(2).fill(`cap-error ${PROMPT} captcha-required`),
  ]);
});

test('an address that is not confirmed signs nobody in, although the platform answers 200', async (t) => {
  const page = await behindGateway(t);
  await inState(page, PROMPT, 'signed-out');
  await signIn(page, accounts().unconfirmed);
  await says(page, 'n’est pas encore confirmée');
  assert.ok(await page.$eval(PROMPT, (element) => inPage.isIn(element, 'signed-out')));
  assert.equal(sessionsOf(accounts().unconfirmed.email), 0);
});

test('a platform that is down keeps what is typed from being taken for a success', async (t) => {
  const page = await behindGateway(t, [/50\d/, /ERR_CONNECTION_REFUSED/]);
  await inState(page, PROMPT, 'signed-out');
  await valmont.now.sandbox.stopPlatform();
  await signIn(page, accounts().citizen);
  await says(page, 'La plateforme ne répond pas : vous n’êtes pas connecté.');
});

test('on the platform’s own page a password signs in', async (t) => {
  const page = await visitPlatform(t, `${valmont.now.sandbox.platform}/page-de-la-ville`);
  await inState(page, PROMPT, 'signed-out');
  await signIn(page, accounts().citizen);
  await inState(page, PROMPT, 'signed-in');
});

for (const service of ['FranceConnect', 'Compte Valmont'])
  test(`on the platform’s own page ${service} leads away, and back to the very page`, async (t) => {
    const url = `${valmont.now.sandbox.platform}/page-de-la-ville?onglet=votes`;
    const page = await visitPlatform(t, url);
    await inState(page, PROMPT, 'signed-out');
    await clickNamed(page, `Se connecter avec ${service}`);
    await identify(page, valmont.now);
    await until(() => page.url() === url, 'the page it began on');
    await inState(page, PROMPT, 'signed-in');
    await says(page, `Connecté en tant que ${NAME}`);
  });

test('by a gateway no window is offered, even on the platform’s host: the session that begins there does not pass', async (t) => {
  const page = await visit(t, { attributes: GATEWAY });
  await inState(page, PROMPT, 'signed-out');
  await says(page, 'participez sur la plateforme.');
  assert.equal(await page.$(`${PROMPT} >>> ul`), null);
});

test('from another page a window opens for it, which closes once the visitor is signed in', async (t) => {
  const page = await visitNamed(t);
  await inState(page, PROMPT, 'signed-out');
  const popup = await windowAfter(page, () => clickNamed(page, 'Se connecter avec Compte Valmont'));
  await inState(page, PROMPT, 'pending');
  assert.match(await textOf(page, PROMPT), /Terminez la connexion dans la fenêtre/);
  await identify(popup, valmont.now);
  await inState(page, PROMPT, 'signed-in');
  await until(() => popup.isClosed(), 'the window is closed');
  assert.equal(sessionsOf(accounts().citizen.email), 1);
});

test('a window that is closed before leaves everything as it was', async (t) => {
  const page = await visitNamed(t);
  await inState(page, PROMPT, 'signed-out');
  const popup = await windowAfter(page, () => clickNamed(page, 'Se connecter avec Compte Valmont'));
  await popup.close();
  await says(page, 'vous n’êtes pas connecté');
  assert.ok(await page.$eval(PROMPT, (element) => inPage.isIn(element, 'signed-out')));
});

test('a page without a session leads to the platform, and asks it nothing', async (t) => {
  const page = await visit(t, {});
  await inState(page, PROMPT, 'empty');
  const { host } = new URL(valmont.now.sandbox.platform);
  await says(page, `Se connecter sur ${host}`);
  assert.equal(await page.$(`${PROMPT} >>> input`), null);
  assert.deepEqual(await valmont.now.apiRequests(), []);
});

test('a page that the platform’s CORS does not name keeps its own link', async (t) => {
  const { platform } = valmont.now.sandbox;
  const page = await visit(t, { attributes: 'data-access="session"', connect: platform }, [/CORS|ERR_FAILED/]);
  await inState(page, PROMPT, 'error');
  assert.match(await textOf(page, PROMPT), /^La plateforme La plateforme ne répond pas/);
});
