import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settled, textOf, visitor } from './support/browser.js';
import { countsOf, french, pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();

/** Styles that real content management systems bring along. */
const HOSTILE = `
  html { font-size: 62.5%; }
  * { box-sizing: content-box; }
  body, body * { font-size: 10px; color: red; line-height: 1; text-transform: uppercase; letter-spacing: 0.3em;
    text-align: right; text-indent: 2em; white-space: nowrap; font-style: italic; }
  a { text-decoration: line-through !important; }
  article, .body, .row, .badge, .icon, .skeleton { display: none !important; }
  img { width: 10px !important; height: 10px !important; }
  ul { list-style: square !important; padding-left: 5em !important; }
`;
const WORST = `* { font-size: 10px !important; color: red !important; line-height: 1 !important;
  text-transform: uppercase !important; box-sizing: content-box !important; }`;

const publish = (css: string): string => {
  const { script, state, sandbox } = valmont.now;
  const { budget } = state.projects;
  return valmont.now.publish(
    pageOf(
      `<style>${css}</style>${script}`,
      `<p id="host">Un texte de la page, avec un <a href="/lien">lien</a>.</p>
      <cap-project-card project-id="${budget}"><a href="/carte">Le budget participatif</a></cap-project-card>
      <cap-participation-counter project-id="${budget}" display="tile"><a href="/votes">Voir les votes</a></cap-participation-counter>`,
    ),
    `default-src 'none'; script-src ${sandbox.platform}; connect-src ${sandbox.platform}; img-src ${sandbox.platform};
      style-src 'unsafe-inline'; require-trusted-types-for 'script'`.replace(/\s+/g, ' '),
  );
};

/** How a page's CSS makes the words in a widget look. */
const look = (selector: string, part: string) => {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`There is no ${selector}.`);
  const {
    fontSize,
    color,
    lineHeight,
    textTransform,
    letterSpacing,
    textAlign,
    textIndent,
    whiteSpace,
    fontStyle,
    boxSizing,
  } = getComputedStyle(inPage.part(element, part));
  const size = parseFloat(fontSize);
  return {
    size,
    color,
    spacing: parseFloat(lineHeight) / size,
    plain: [textTransform, letterSpacing, textAlign, textIndent, whiteSpace, fontStyle, boxSizing],
  };
};
const PLAIN = ['none', 'normal', 'start', '0px', 'normal', 'normal', 'border-box'];
const WORDS = [
  ['cap-project-card', 'step'],
  ['cap-project-card', 'counter'],
  ['cap-project-card', 'title'],
  ['cap-participation-counter', 'label'],
] as const;

test('a page’s own styles make no widget unreadable', async (t) => {
  const page = await browser.visit(t, publish(HOSTILE));
  await settled(page);
  for (const [selector, part] of WORDS) {
    const { size, color, spacing, plain } = await page.evaluate(look, selector, part);
    assert.ok(size >= 14, `${part} is ${size} px`);
    assert.notEqual(color, 'rgb(255, 0, 0)', part);
    assert.ok(spacing >= 1.1, `${part} has lines of ${spacing}`);
    assert.deepEqual(plain, PLAIN, part);
  }
  const { votes } = countsOf(valmont.now, valmont.now.state.projects.budget);
  assert.match(await textOf(page, 'cap-project-card'), new RegExp(`${french(votes)} votes en ligne`));
  const cover = await page.$eval(
    'cap-project-card',
    (card) => inPage.part(card, 'cover').getBoundingClientRect().width,
  );
  assert.ok(cover > 300);
});

test('even styles that no page may be stopped from reach no further than the widget’s own box', async (t) => {
  const page = await browser.visit(t, publish(WORST), { width: 320 });
  await settled(page);
  for (const [selector, part] of WORDS) {
    const { plain } = await page.evaluate(look, selector, part);
    assert.equal(plain.at(-1), 'border-box', `${selector} ${part}`);
  }
  const sizes = await page.evaluate(look, 'cap-participation-counter', 'count');
  assert.ok(sizes.size >= 20, 'What is larger than the text stays larger.');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
});

test('the widgets change nothing on the page around them', async (t) => {
  const { script } = valmont.now;
  const seen = async (url: string): Promise<unknown> => {
    const page = await browser.visit(t, url);
    await settled(page);
    return page.$$eval('html, body, main, #host, #host a', (elements) =>
      elements.map((element) => {
        const style = getComputedStyle(element);
        // Its height depends on what is in it.
        return [...style]
          .filter((name) => !/size|height|origin|inset|^(top|bottom)$/.test(name))
          .map((name) => `${name}: ${style.getPropertyValue(name)}`);
      }),
    );
  };
  const text = '<p id="host">Un texte de la page, avec un <a href="/lien">lien</a>.</p>';
  const id = valmont.now.state.projects.budget;
  assert.deepEqual(
    await seen(valmont.now.publish(pageOf(script, `${text}<cap-project-card project-id="${id}"></cap-project-card>`))),
    await seen(valmont.now.publish(pageOf('', text))),
  );
});
