import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import type { Page } from 'puppeteer-core';

import { rawId } from '../../sandbox/platform/ids.js';
import {
  BASKET,
  ballotUrl,
  choosable,
  chosen,
  confirm,
  ready,
  recordedIn,
  send,
  signIn,
  stage,
  takeUp,
  visitBallot,
} from './support/basket.js';
import { clickNamed, inState, reload, textOf, until, visitor, windowAfter } from './support/browser.js';
import { town } from './support/town.js';
import { acts } from './support/voting.js';

// As browsers that keep sites apart: the platform's cookies reach it from its own pages only.
const browser = visitor('--test-third-party-cookie-phaseout');
const valmont = town(true);

beforeEach(() => valmont.now.sandbox.store.reset());

const says = (page: Page, words: RegExp): Promise<void> =>
  until(async () => words.test(await textOf(page, BASKET)), `the basket says ${String(words)}`);
const own = (key: string): string[] => recordedIn(valmont.now, key);
const raw = (ids: readonly string[]): string[] => ids.map((id) => rawId(id));

/** Goes on by keyboard to what assistive technologies call so. */
async function tabTo(page: Page, name: string): Promise<void> {
  await until(
    async () => {
      await page.keyboard.press('Tab');
      // Windows that a page opens do not know `inPage`.
      return page.evaluate((wanted) => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const called = (element?.ariaLabel ?? element?.textContent ?? '').replace(/\s+/g, ' ').trim();
        return called === wanted && element?.ariaDisabled !== 'true';
      }, name);
    },
    `the keyboard gets to « ${name} »`,
    60_000,
  );
}

const byMouse = (page: Page, name: string): Promise<void> => clickNamed(page, name);
async function byKeyboard(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Chooses until the ballot can be sent, and one more where the step lets the visitor. */
async function fillIn(page: Page, press: typeof byMouse, more = true): Promise<string[]> {
  const add = async (): Promise<boolean> => {
    const [name] = await choosable(page);
    if (name === undefined) return false;
    const before = (await chosen(page)).length;
    await press(page, name);
    await until(async () => (await chosen(page)).length > before, `« ${name} » is in the basket`);
    return true;
  };
  const isValid = (): Promise<boolean> => page.$eval(BASKET, (element) => inPage.isIn(element, 'valid'));
  for (let most = 8; most > 0 && !(await isValid()); most--) assert.ok(await add(), 'There is nothing more to choose.');
  if (more) await add();
  return chosen(page);
}

/** The hand-over by keyboard alone, with the way in. */
async function signInByKeyboard(popup: Page): Promise<void> {
  const { email, password } = valmont.now.state.accounts.citizen;
  await stage(popup, 'sign-in');
  for (const [field, value] of Object.entries({ email, password })) {
    await until(async () => {
      await popup.keyboard.press('Tab');
      return popup.evaluate((name) => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.matches(`input[name=${name}]`) ?? false;
      }, field);
    }, `the keyboard gets to the field for ${field}`);
    await popup.keyboard.type(value);
  }
  await popup.keyboard.press('Enter');
  await stage(popup, 'confirm');
  // Whoever goes past a button that takes no clicks yet leaves the page behind.
  await until(() => popup.$('cap-handoff >>> button.main:not([aria-disabled])'), 'the button takes clicks');
}

const STEPS = ['simple', 'limited', 'minimum', 'budget', 'ranking', 'secret', 'threshold', 'requirements'];

for (const key of STEPS) {
  // A vote that waits for conditions is given up by the platform for the next one.
  const more = key !== 'requirements';

  test(`a ballot in the ${key} step, by mouse: from nothing to recorded, and back`, async (t) => {
    const page = await visitBallot(browser, t, ballotUrl(valmont.now, key));
    const ids = await fillIn(page, byMouse, more);
    const popup = await send(page, valmont.now);
    await signIn(popup, valmont.now);
    await confirm(popup);
    assert.deepEqual(own(key), raw(ids));
    await inState(page, BASKET, 'recorded');
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await popup.close();
    if (!more) return;
    for (let left = ids.length; left > 0; left--) {
      await page.$eval(BASKET, (element) => element.shadowRoot?.querySelector<HTMLElement>('[part=remove]')?.click());
      await until(async () => (await chosen(page)).length < left, 'a choice goes');
    }
    const again = await send(page, valmont.now);
    await confirm(again);
    assert.deepEqual(own(key), []);
    await says(page, /Vos votes sont retirés/);
  });

  test(`a ballot in the ${key} step, by keyboard alone`, async (t) => {
    const page = await visitBallot(browser, t, ballotUrl(valmont.now, key));
    const ids = await fillIn(page, byKeyboard, more);
    const { host } = new URL(valmont.now.sandbox.platform);
    await byKeyboard(page, 'Relire et envoyer');
    await inState(page, BASKET, 'review');
    const popup = await windowAfter(page, () => byKeyboard(page, `Envoyer à ${host}`));
    await signInByKeyboard(popup);
    await byKeyboard(popup, 'Confirmer mes votes');
    await stage(popup, 'done');
    assert.deepEqual(own(key), raw(ids));
    await inState(page, BASKET, 'recorded');
  });
}

test('a step that is to come, and one that is over, let nobody choose', async (t) => {
  for (const [key, words] of [
    ['future', /Le vote ouvre le/],
    ['closed', /Le vote est terminé/],
  ] as const) {
    const page = await browser.visit(t, ballotUrl(valmont.now, key));
    await inState(page, BASKET, 'ready');
    await says(page, words);
    assert.deepEqual(await page.$$(`${BASKET} >>> [part=remove]`), []);
  }
  assert.equal((await acts(valmont.now)).length, 0);
});

test('a draft outlives a reload half-way, and is sent in its order', async (t) => {
  const page = await visitBallot(browser, t, ballotUrl(valmont.now, 'ranking'));
  const ids = await fillIn(page, byMouse);
  await page.$eval(BASKET, (element) =>
    element.shadowRoot?.querySelector<HTMLElement>('li:last-child [part=up]')?.click(),
  );
  await until(async () => (await chosen(page))[0] === ids[1], 'the order is another');
  await reload(page);
  await ready(page);
  assert.deepEqual(await chosen(page), [...ids].reverse());
  const popup = await send(page, valmont.now);
  await signIn(popup, valmont.now);
  await confirm(popup);
  assert.deepEqual(own('ranking'), raw([...ids].reverse()));
});

test('a window that is closed, before or after signing in, loses nothing and records nothing', async (t) => {
  const page = await visitBallot(browser, t, ballotUrl(valmont.now, 'limited'));
  const ids = await fillIn(page, byMouse);
  const first = await send(page, valmont.now);
  await stage(first, 'sign-in');
  await first.close();
  // A window that is gone proves nothing.
  await says(page, /cette page ne sait pas ce qu’ils sont devenus/);
  const again = (): Promise<Page> => windowAfter(page, () => clickNamed(page, 'Non, les renvoyer'));
  const second = await again();
  await signIn(second, valmont.now);
  await stage(second, 'confirm');
  await second.close();
  await says(page, /cette page ne sait pas ce qu’ils sont devenus/);
  assert.deepEqual([await chosen(page), own('limited')], [ids, []]);
  const third = await again();
  await confirm(third);
  assert.deepEqual(own('limited'), raw(ids));
});

test('a network that is cut half-way doubles nothing', async (t) => {
  const page = await visitBallot(browser, t, ballotUrl(valmont.now, 'simple'), {
    expected: [/Failed to load resource/, /^failed: /, /^answered 5/],
  });
  const ids = await fillIn(page, byMouse);
  const popup = await send(page, valmont.now);
  await signIn(popup, valmont.now);
  await stage(popup, 'confirm');
  await popup.setOfflineMode(true);
  await clickNamed(popup, 'Confirmer mes votes');
  await until(
    () =>
      popup.$eval('cap-handoff', (element) => /hors ligne|ne répond pas/.test(element.shadowRoot?.textContent ?? '')),
    'the interruption is said',
  );
  await popup.setOfflineMode(false);
  await until(
    async () => {
      const done = await popup.$eval('cap-handoff', (element) => element.matches(':state(done)'));
      if (!done)
        await popup.$eval('cap-handoff', (element) =>
          element.shadowRoot?.querySelector<HTMLElement>('button.main')?.click(),
        );
      return done;
    },
    'the hand-over is done',
    60_000,
  );
  await inState(page, BASKET, 'recorded');
  assert.deepEqual(own('simple'), raw(ids));
});

test('what was refused can be sent again, and nothing is recorded twice', async (t) => {
  const page = await visitBallot(browser, t, ballotUrl(valmont.now, 'limited'));
  const ids = await fillIn(page, byMouse);
  assert.equal(ids.length, 2);
  const { sql } = valmont.now.sandbox.store;
  const archive = (archived: number): void =>
    void sql.run('UPDATE proposal SET is_archived = ? WHERE id = ?', archived, rawId(ids[1] ?? ''));
  const popup = await send(page, valmont.now);
  await signIn(popup, valmont.now);
  await stage(popup, 'confirm');
  archive(1);
  await clickNamed(popup, 'Confirmer mes votes');
  await stage(popup, 'done');
  await says(page, /Tout n’a pas pu être enregistré/);
  assert.deepEqual(own('limited'), raw(ids.slice(0, 1)));
  await popup.close();
  archive(0);
  await reload(page);
  await ready(page);
  assert.deepEqual(await chosen(page), ids);
  const again = await windowAfter(page, () => clickNamed(page, 'Renvoyer'));
  await confirm(again);
  assert.deepEqual(own('limited'), raw(ids));
  await inState(page, BASKET, 'recorded');
});

test('tabs share a draft, and learn when it is sent', async (t) => {
  const url = ballotUrl(valmont.now, 'simple');
  const page = await visitBallot(browser, t, url);
  const other = await visitBallot(browser, t, url, { beside: page });
  const [first = '', , third = ''] = await choosable(other);
  await clickNamed(other, first);
  await inState(page, BASKET, 'found');
  assert.deepEqual(await chosen(page), [], 'It may be somebody else’s.');
  await takeUp(page);
  await until(async () => (await chosen(page)).length === 1, 'the first tab has it');
  await page.bringToFront();
  await clickNamed(page, third);
  await until(async () => (await chosen(other)).length === 2, 'the other tab has both');
  const popup = await send(page, valmont.now);
  await signIn(popup, valmont.now);
  await confirm(popup);
  await inState(page, BASKET, 'recorded');
  await inState(other, BASKET, 'none');
  assert.equal(own('simple').length, 2);
});

test('where the browser stores nothing it says so, and a ballot is sent all the same', async (t) => {
  const page = await visitBallot(browser, t, ballotUrl(valmont.now, 'simple'), {
    prepare: (fresh) =>
      fresh.evaluateOnNewDocument(() => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('Denied', 'SecurityError');
          },
        });
      }),
  });
  const ids = await fillIn(page, byMouse);
  await says(page, /Ce navigateur ne garde rien/);
  const popup = await send(page, valmont.now);
  await signIn(popup, valmont.now);
  await confirm(popup);
  await inState(page, BASKET, 'recorded');
  assert.deepEqual(own('simple'), raw(ids));
});

test('where windows are blocked the same tab goes there, and knows what became of it when it is back', async (t) => {
  const url = ballotUrl(valmont.now, 'simple');
  const page = await visitBallot(browser, t, url, {
    prepare: (blocked) => blocked.evaluateOnNewDocument(() => Reflect.set(window, 'open', () => null)),
  });
  const ids = await fillIn(page, byMouse);
  await clickNamed(page, 'Relire et envoyer');
  await clickNamed(page, `Envoyer à ${new URL(valmont.now.sandbox.platform).host}`);
  await until(() => page.url().includes('/widgets/handoff'), 'the tab goes there');
  await signIn(page, valmont.now);
  await confirm(page);
  await clickNamed(page, `Revenir sur ${new URL(url).host}`);
  await until(() => page.url() === url, 'the tab is back, and the answer out of its address');
  await ready(page);
  await inState(page, BASKET, 'recorded');
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.deepEqual(own('simple'), raw(ids));
});
