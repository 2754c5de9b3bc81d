import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import type { Page } from 'puppeteer-core';

import { click, until, visitor, windowAfter, type VisitOptions } from './support/browser.js';
import { pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();

/**
 * Names that somebody may give to a picture, a form or an anchor in what he writes: of what the document, the window and
 * their prototypes have, of what Lit and this library could look up, and of what older browsers lack.
 */
const NAMES =
  `currentScript querySelector querySelectorAll getElementById body head documentElement hidden visibilityState
  readyState activeElement baseURI URL location cookie defaultView children childNodes parentNode addEventListener
  dispatchEvent createElement createTextNode createComment createTreeWalker importNode adoptedStyleSheets implementation
  capWidgets litHtmlVersions litElementVersions reactiveElementVersions litHtmlPolyfillSupport litElementHydrateSupport
  litPropertyMetadata litNonce ShadyCSS trustedTypes customElements constructor`.match(/\S+/g) as string[];

const card = (): string =>
  `<cap-project-card project-id="${valmont.now.state.projects.budget}"><a href="/carte">Le projet</a></cap-project-card>`;
const button = (): string =>
  `<cap-vote-button proposal-id="${valmont.now.state.proposals['simple']?.[0] ?? ''}"
    step-id="${valmont.now.state.steps['simple'] ?? ''}"><a href="/vote">Voter</a></cap-vote-button>`;
const link = (): string =>
  `<p><a href="/votes" data-cap="participation-counter" data-cap-project-id="${valmont.now.state.projects.budget}">Voir</a></p>`;
const widgets = (): string => card() + button() + link();

/** What people may write: nothing in it does anything. */
const written = (name: string): string =>
  `<img name="${name}" alt=""><form name="${name}"></form><object name="${name}"></object><a id="${name}" name="${name}"
    data-platform="https://evil.example" href="https://evil.example/">Lire</a><img id="${name}" name="${name}" alt="">`;

/** The states of what is on the page; by the prototypes, as every name may be taken. */
const states = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...(Document.prototype.querySelectorAll.call(
        document,
        'cap-project-card,cap-vote-button,cap-participation-counter',
      ) as NodeListOf<HTMLElement>),
    ].map((element) => {
      const state = ['loading', 'ready', 'empty', 'error'].find((name) => element.matches(`:state(${name})`));
      return `${element.localName} ${state} ${element.getClientRects().length > 0 && element.shadowRoot?.querySelector('slot') === null}`;
    }),
  );
const SHOWN = ['cap-participation-counter', 'cap-project-card', 'cap-vote-button'].map((tag) => `${tag} ready true`);

const requests = new WeakMap<Page, string[]>();
/** The addresses that a page has asked for. */
const asked = (page: Page): readonly string[] => requests.get(page) ?? [];

async function visit(t: TestContext, html: string, options: VisitOptions & { policy?: string } = {}): Promise<Page> {
  const urls: string[] = [];
  const page = await browser.visit(t, valmont.now.publish(html, options.policy), {
    ...options,
    prepare: (tab) => tab.on('request', (request) => urls.push(request.url())),
  });
  requests.set(page, urls);
  t.after(() =>
    assert.deepEqual(
      urls.filter((url) => url.includes('evil.example')),
      [],
    ),
  );
  return page;
}

const allShown = (page: Page): Promise<void> =>
  until(async () => {
    assert.deepEqual((await states(page)).sort(), SHOWN);
    return true;
  }, 'every widget is shown');

for (const file of ['cap-widgets.js', 'cap-widgets.all.js'])
  for (const name of file === 'cap-widgets.js' ? NAMES : ['createTreeWalker', 'litHtmlVersions', 'currentScript'])
    test(`what is written on the page may be called ${name} (${file})`, async (t) => {
      const script = valmont.now.script.replace('cap-widgets.js', file);
      await allShown(await visit(t, pageOf('', written(name) + widgets() + script)));
    });

test('all that a document and a window have may be a name on the page at once', async (t) => {
  const blank = await browser.visit(t, valmont.now.publish(pageOf('', '')));
  const known = await blank.evaluate(() => {
    const names = new Set<string>(Object.getOwnPropertyNames(window));
    for (const start of [document, window] as object[])
      for (let at: object | null = start; at && at !== Object.prototype; at = Reflect.getPrototypeOf(at))
        for (const name of Object.getOwnPropertyNames(at)) names.add(name);
    return [...names];
  });
  assert.ok(known.length > 800, `${known.length} names`);
  const all = [...new Set([...known, ...NAMES])].filter((name) => /^[\w-]+$/.test(name));
  const pictures = all.map((name) => `<img name="${name}" alt=""><a id="${name}"></a>`).join('');
  const page = await visit(t, pageOf('', pictures + widgets() + valmont.now.script));
  await allShown(page);
  const taken = await page.evaluate(
    (names) => names.filter((name) => Reflect.get(document, name) instanceof HTMLImageElement).length,
    all,
  );
  assert.ok(taken > 200, `Only ${taken} names reach the document.`);
});

test('fields of a form around widgets may have the names of all that an element has', async (t) => {
  const names = await (
    await browser.visit(t, valmont.now.publish(pageOf('', '')))
  ).evaluate(() => {
    const found: string[] = [];
    for (let at: object | null = HTMLFormElement.prototype; at; at = Reflect.getPrototypeOf(at))
      found.push(...Object.getOwnPropertyNames(at));
    return found;
  });
  assert.ok(names.includes('getAttribute') && names.includes('querySelectorAll') && names.includes('matches'));
  const fields = names.map((name) => `<input name="${name}" type="hidden">`).join('');
  await allShown(await visit(t, pageOf(valmont.now.script, `<form lang="fr">${fields}${widgets()}</form>`)));
});

const FAKES = [
  '<script type="text/plain" data-platform="https://evil.example" data-handoff="https://evil.example/"></script>',
  '<script data-platform="https://evil.example"></script>',
  '<script type="module" data-platform="https://evil.example"></script>',
  '<script type="application/json" src="SRC" data-platform="https://evil.example"></script>',
  '<svg><script type="module" href="SRC" data-platform="https://evil.example"></script></svg>',
];

test('a tag that loads nothing gives no settings, wherever it stands', async (t) => {
  const src = /src="([^"]+)"/.exec(valmont.now.script)?.[1] ?? '';
  const fakes = FAKES.join('').replaceAll('SRC', src);
  await allShown(await visit(t, pageOf('', fakes + widgets() + valmont.now.script + fakes)));
});

test('a script that another one imports has the settings of the only tag with some, and of none where there are two', async (t) => {
  const { script, sandbox } = valmont.now;
  const src = /src="([^"]+)"/.exec(script)?.[1] ?? '';
  const importing = `<script type="module" data-platform="${sandbox.platform}">import ${JSON.stringify(src)};</script>`;
  const policy = `script-src 'unsafe-inline' ${sandbox.platform}`;
  await allShown(await visit(t, pageOf('', widgets() + importing), { policy }));
  const page = await visit(t, pageOf('', FAKES[2] + card() + importing), {
    policy,
    expected: [/^console warn: \[cap-widgets\].*data-platform="/],
  });
  await until(async () => (await states(page)).join() === 'cap-project-card error false', 'the card has no platform');
});

test('a base of the page’s does not lead settings elsewhere', async (t) => {
  const base = '<base href="https://evil.example/a/">';
  const { script } = valmont.now;
  const gateway = script.replace('></script>', ' data-api="/participation"></script>');
  const page = await visit(t, pageOf(base, card() + gateway), {
    policy: `script-src ${valmont.now.sandbox.platform}`,
    expected: [/participation|404|favicon/],
  });
  const own = new URL(page.url()).origin;
  await until(() => asked(page).some((url) => url.startsWith(`${own}/participation/graphql`)), 'the gateway is asked');
});

test('nor the hand-over', async (t) => {
  const base =
    '<base href="https://evil.example/a/"><img name="baseURI" alt=""><a id="location" href="https://evil.example/"></a>';
  const script = valmont.now.script.replace('></script>', ' data-handoff="/widgets/handoff"></script>');
  const page = await visit(t, pageOf('', base + button() + script), { expected: [/favicon/] });
  await until(async () => (await states(page)).join() === 'cap-vote-button ready true', 'the button is there');
  const popup = await windowAfter(page, () => click(page, 'cap-vote-button >>> button'));
  assert.ok(popup.url().startsWith(`${valmont.now.sandbox.platform}/widgets/handoff#`), popup.url());
});
