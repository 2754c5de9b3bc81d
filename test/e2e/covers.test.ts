import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import type { LoggedRequest } from '../../sandbox/platform/http/request-log.js';
import { settled, until, visitor, type VisitOptions } from './support/browser.js';
import { pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();

/** What the platform was asked for pictures. */
async function pictureRequests(): Promise<LoggedRequest[]> {
  const log = (await (await fetch(`${valmont.now.sandbox.platform}/sandbox/requests`)).json()) as LoggedRequest[];
  return log.filter(({ path }) => path.startsWith('/media/'));
}

const WIDGETS = {
  card: () => `<cap-project-card project-id="${valmont.now.state.projects.budget}"></cap-project-card>`,
  list: () => `<cap-proposal-list step-id="${valmont.now.state.steps['simple'] ?? ''}" first="6"></cap-proposal-list>`,
};

/** A page on the platform's own site, on another origin of it: a browser sends the platform's cookies from there. */
const publish = (body: string): string => valmont.now.publish(pageOf(valmont.now.script, body));

const signedIn = (options: VisitOptions = {}): VisitOptions => ({
  ...options,
  prepare: (page) =>
    page.browserContext().setCookie({
      name: 'PHPSESSID',
      value: 'of-somebody',
      domain: new URL(valmont.now.sandbox.platform).hostname,
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
    }),
});

const pictures = (page: Page): Promise<{ src: string; width: number; mode: string | null }[]> =>
  page.$$eval('cap-project-card,cap-proposal-list', (elements) =>
    elements.flatMap(({ shadowRoot }) =>
      [...(shadowRoot?.querySelectorAll('img') ?? [])].map(({ src, naturalWidth, crossOrigin }) => ({
        src,
        width: naturalWidth,
        mode: crossOrigin,
      })),
    ),
  );

async function seen(t: TestContext, body: string, options?: VisitOptions): Promise<Page> {
  const page = await browser.visit(t, publish(body), options);
  await settled(page);
  await until(async () => (await pictures(page)).some(({ width }) => width > 0), 'a picture is seen');
  return page;
}

for (const [name, widget] of Object.entries(WIDGETS))
  test(`the pictures of a ${name} are asked for without the cookies that the platform has on its own site`, async (t) => {
    await seen(t, widget(), signedIn());
    const requests = await pictureRequests();
    assert.ok(requests.length > 0);
    for (const { headers } of requests) {
      assert.equal(headers['cookie'], undefined);
      assert.equal(headers['sec-fetch-site'], 'same-site', 'The test is of no use where no cookie would be sent.');
      assert.equal(headers['sec-fetch-mode'], 'cors');
      assert.match(String(headers['referer']), /^http:\/\/localhost:\d+\/$/, 'The page’s path is nobody’s business.');
    }
  });

test('a picture that the browser has kept from a plain page is seen all the same', async (t) => {
  const first = await seen(t, WIDGETS.card());
  const [{ src } = { src: '' }] = await pictures(first);
  await valmont.now.clear();
  const before = await browser.visit(t, publish(`<img id="plain" src="${src}">`), signedIn());
  await until(
    () => before.$eval('#plain', (image) => (image as HTMLImageElement).naturalWidth > 0),
    'the plain picture is there',
  );
  const page = await seen(t, WIDGETS.card(), {
    beside: before,
    expected: [
      /^console error: Access to image at .*CORS policy/,
      /^console error: Failed to load resource/,
      /^failed: .*\/media\//,
    ],
  });
  const [picture] = await pictures(page);
  assert.equal(picture?.src, src);
  assert.equal(picture?.mode, null, 'It was not asked for anonymously in the end.');
  const requests = await pictureRequests();
  assert.equal(requests.length, 1, 'The kept picture is enough.');
  assert.match(String(requests[0]?.headers['cookie']), /PHPSESSID/, 'As the page’s own picture it comes with cookies.');
});

test('a picture that does not come at all is tried twice, and its room is kept', async (t) => {
  const [{ src } = { src: '' }] = await pictures(await seen(t, WIDGETS.card()));
  await valmont.now.clear();
  await valmont.now.fault({ path: new URL(src).pathname, times: 9, status: 404 });
  const page = await browser.visit(t, publish(WIDGETS.card()), { expected: [/404/, /Access to image/, /media/] });
  await settled(page);
  await until(async () => (await pictureRequests()).length === 2, 'it is tried again');
  await until(async () => (await pictures(page)).length === 0, 'the broken picture goes');
  assert.equal((await pictureRequests()).length, 2);
});
