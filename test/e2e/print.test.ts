import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inState, until, visitor } from './support/browser.js';
import { pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();

const LINK = '<a href="https://ville.example/">Sur la plateforme</a>';

test('on paper no button is left, links say once where they lead, and no card is cut in two', async (t) => {
  const { steps, proposals } = valmont.now.state;
  const open = `step-id="${steps['simple']}"`;
  const widgets = {
    'cap-participation-counter': `${open} display="tile" refresh="10"`,
    'cap-vote-button': `${open} proposal-id="${proposals['simple']?.[0]}"`,
    'cap-project-list': 'first="4"',
    'cap-event-list': 'first="4"',
    'cap-proposal-list': `step-id="${steps['many']}" first="8"`,
    'cap-budget-basket': `${open} display="bar"`,
    'cap-login-prompt': '',
  };
  const body = Object.entries(widgets).map(([tag, attributes]) => `<${tag} ${attributes}>${LINK}</${tag}>`);
  const url = valmont.now.publish(pageOf(valmont.now.script, body.join('')));
  // As wide as a sheet is between its margins.
  const page = await browser.visit(t, url, { width: 700, height: 1000 });
  for (const tag of Object.keys(widgets)) {
    // What is far from the window is loaded when it is approached.
    await page.$eval(tag, (element) => element.scrollIntoView());
    await inState(page, tag, tag === 'cap-login-prompt' ? 'empty' : 'ready');
  }
  await until(
    () => page.evaluate(() => inPage.deep('cap-vote-button').every((button) => inPage.isIn(button, 'ready'))),
    'all buttons are there',
  );
  const pressable = await page.evaluate(() => inPage.pressable());
  assert.ok(pressable.length > 20, pressable.join('; '));
  await page.emulateMediaType('print');
  assert.deepEqual(await page.evaluate(() => inPage.pressable()), []);
  const text = await page.evaluate(() => inPage.textOf(document.body));
  for (const said of [/\d+ votes/, /\d+ propositions affichées sur 500/, /\d+ événements affichés/, /0 projet choisi/])
    assert.match(text, said);
  const { led, cut, wide } = await page.evaluate(() => inPage.printed());
  assert.ok(led.length >= 16, `${led.length} links say where they lead`);
  assert.equal(new Set(led).size, led.length, `Each once: ${led.join('\n')}`);
  assert.deepEqual(cut, []);
  assert.ok(wide <= 700, `${wide} pixels wide`);
});
