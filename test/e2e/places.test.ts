/** Wherever a page puts an element, it is as wide as it needs, and no wider than its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settled, until, visitor } from './support/browser.js';
import { pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();

const text = '<p>À côté, quelques mots de la page elle-même.</p>';
/** What is around an element, and whether its place shrinks to what is in it. */
const places: Record<string, (html: string) => string> = {
  'a block': (html) => `<div>${html}</div>`,
  'a row': (html) => `<div style="display: flex">${html}</div>`,
  'a row beside a text': (html) => `<div style="display: flex">${html}${text}</div>`,
  'a row that wraps': (html) =>
    `<div style="display: flex; flex-wrap: wrap; justify-content: space-between">${html}${text}</div>`,
  'a column whose items are centred': (html) =>
    `<div style="display: flex; flex-direction: column; align-items: center">${html}</div>`,
  'a row of its own width': (html) => `<div style="display: inline-flex; max-width: 100%">${html}</div>`,
  'a floating box': (html) => `<div style="float: left; max-width: 100%">${html}</div>`,
  'a box in a line': (html) => `<div style="display: inline-block; max-width: 100%">${html}</div>`,
  'a box over the page': (html) => `<div style="position: absolute; max-width: 100%">${html}</div>`,
  'a box that fits': (html) => `<div style="width: fit-content">${html}</div>`,
  'a grid with columns of their own width': (html) =>
    `<div style="display: grid; grid-template-columns: auto; justify-content: start">${html}</div>`,
  'a column as narrow as what is in it': (html) =>
    `<div style="display: grid; grid-template-columns: min-content">${html}</div>`,
  'a table': (html) => `<table><tr><td>${html}</td></tr></table>`,
};

for (const [place, around] of Object.entries(places))
  for (const width of [320, 1000])
    test(`in ${place} of a page ${width} pixels wide every element has a width`, async (t) => {
      const { projects, steps, proposals } = valmont.now.state;
      const link = '<a href="/x">Sur la plateforme</a>';
      const elements = [
        `<cap-project-card loading="eager" project-id="${projects.budget}">${link}</cap-project-card>`,
        `<cap-project-list loading="eager" first="3">${link}</cap-project-list>`,
        `<cap-proposal-list loading="eager" step-id="${steps.simple}" first="3">${link}</cap-proposal-list>`,
        `<cap-budget-basket loading="eager" step-id="${steps.budget}">${link}</cap-budget-basket>`,
        `<cap-event-list loading="eager" first="3">${link}</cap-event-list>`,
        `<cap-vote-button loading="eager" proposal-id="${String(proposals.simple?.[0])}" step-id="${steps.simple}">${link}</cap-vote-button>`,
        `<cap-participation-counter loading="eager" project-id="${projects.budget}" display="tile">${link}</cap-participation-counter>`,
        `<cap-login-prompt loading="eager">${link}</cap-login-prompt>`,
      ];
      const body = elements.map((html) => `<section>${around(html)}</section>`).join('');
      const page = await browser.visit(
        t,
        valmont.now.publish(
          pageOf(valmont.now.script, body),
          `default-src 'none'; script-src ${valmont.now.sandbox.platform}; connect-src ${valmont.now.sandbox.platform};
          img-src ${valmont.now.sandbox.platform}; style-src 'unsafe-inline'`.replace(/\s+/g, ' '),
        ),
        { width },
      );
      await settled(page);
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll('[loading]')]
          .filter(({ localName }) => localName.startsWith('cap-'))
          .map((widget) => {
            const box = widget.getBoundingClientRect();
            return {
              tag: widget.localName,
              width: Math.round(box.width),
              height: Math.round(box.height),
              right: box.right,
            };
          }),
      );
      assert.equal(boxes.length, elements.length);
      for (const box of boxes) {
        const at = JSON.stringify(box);
        // The button breaks its words before it is wider than its place.
        const small = place.includes('narrow') ? 50 : 100;
        const own = /vote-button|counter/.test(box.tag) ? small : 200;
        assert.ok(box.width >= own, `too narrow: ${at}`);
        assert.ok(box.right <= width, `wider than its place: ${at}`);
      }
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        'the page is not moved sideways',
      );
    });

test('in a frame links lead out of it', async (t) => {
  const { projects, steps } = valmont.now.state;
  const inner = valmont.now.publish(
    pageOf(
      valmont.now.script,
      `<cap-project-card project-id="${projects.budget}"><a href="/x">Le budget</a></cap-project-card>
      <cap-proposal-list step-id="${steps.simple}" first="2" loading="eager"><a href="/x">Les projets</a></cap-proposal-list>`,
    ),
  );
  const page = await browser.visit(
    t,
    valmont.now.publish(pageOf('', `<iframe src="${inner}" width="600" height="900"></iframe>`), "default-src 'self'"),
  );
  const targets = (): Promise<Record<string, string[]>> =>
    page.evaluate(() =>
      Object.fromEntries(
        ['cap-project-card', 'cap-proposal-list'].map((tag) => {
          const root = document.querySelector('iframe')?.contentDocument?.querySelector(tag)?.shadowRoot;
          return [tag, [...(root?.querySelectorAll('a') ?? [])].map(({ target }) => target)];
        }),
      ),
    );
  await until(async () => Object.values(await targets()).every((found) => found.length > 0), 'both have their links');
  for (const [tag, found] of Object.entries(await targets())) assert.deepEqual([...new Set(found)], ['_top'], tag);
});
