import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import fc from 'fast-check';
import type { Page } from 'puppeteer-core';

import { rawId } from '../../sandbox/platform/ids.js';
import { many, SEED } from '../support/sample.js';
import {
  ballotUrl,
  BASKET,
  chosen,
  confirm,
  ready,
  recordedIn,
  signIn,
  takeUp,
  visitBallot,
} from './support/basket.js';
import { clickNamed, inState, until, visitor, windowAfter } from './support/browser.js';
import { town } from './support/town.js';

const INTERRUPTIONS = many({ sample: 60, whole: 200 });
/** Of the step, so many take part. */
const PROPOSALS = 5;

const browser = visitor('--test-third-party-cookie-phaseout');
const valmont = town(true);

beforeEach(() => valmont.now.sandbox.store.reset());

type Step =
  | { readonly kind: 'toggle'; readonly tab: number; readonly proposal: number }
  | { readonly kind: 'reload' | 'cut' | 'reopen' | 'full' | 'wake'; readonly tab: number };

const step = (): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('toggle' as const),
        tab: fc.nat(1),
        proposal: fc.nat(PROPOSALS - 1),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('reload' as const, 'cut' as const, 'reopen' as const, 'full' as const, 'wake' as const),
        tab: fc.nat(1),
      }),
    },
  );

/** Presses the button for a proposal, whatever it is called now. */
const toggle = (page: Page, proposal: string): Promise<void> =>
  page.$eval(`cap-vote-button[proposal-id="${proposal}"]`, (element) =>
    element.shadowRoot?.querySelector<HTMLElement>('[part=button]')?.click(),
  );

test(`${INTERRUPTIONS} interruptions at random lose no choice and double none`, async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const url = ballotUrl(valmont.now, 'simple', PROPOSALS);
  const proposals = (valmont.now.state.proposals['simple'] ?? []).slice(0, PROPOSALS);
  const expected = [/Failed to load resource/, /^failed: /];
  const first = await visitBallot(browser, t, url, { expected });
  const tabs = [first, await visitBallot(browser, t, url, { expected, beside: first })];
  let wanted: string[] = [];
  let interruptions = 0;

  const agrees = (page: Page, what: string): Promise<void> =>
    until(async () => {
      await takeUp(page);
      return (await chosen(page)).join() === wanted.join();
    }, `seed ${SEED}, after ${what}: ${wanted.join()}`);
  const load = async (page: Page, act: () => Promise<unknown>): Promise<void> => {
    await act();
    await ready(page);
  };

  const steps = fc.sample(step(), { seed: SEED, numRuns: INTERRUPTIONS * 3 });
  for (const one of steps) {
    if (interruptions >= INTERRUPTIONS) break;
    const page = tabs[one.tab] as Page;
    if (one.kind !== 'toggle') interruptions++;
    switch (one.kind) {
      case 'toggle': {
        const proposal = proposals[one.proposal] ?? '';
        await toggle(page, proposal);
        wanted = wanted.includes(proposal) ? wanted.filter((id) => id !== proposal) : [...wanted, proposal];
        break;
      }
      case 'reload':
        await load(page, () => page.reload());
        break;
      case 'reopen':
        // As a tab that is closed and opened again: nothing of its memory is left.
        await page.goto('about:blank');
        await load(page, () => page.goto(url));
        break;
      case 'cut':
        await page.setOfflineMode(true);
        await inState(page, BASKET, 'offline');
        await page.setOfflineMode(false);
        await until(() => page.$eval(BASKET, (element) => !inPage.isIn(element, 'offline')), 'the network is back');
        break;
      case 'full':
        // A change while nothing can be stored stays on the page, and is stored with the next one.
        await page.evaluate(() => {
          const setItem: unknown = Reflect.get(Storage.prototype, 'setItem');
          Storage.prototype.setItem = () => {
            throw new DOMException('Full', 'QuotaExceededError');
          };
          Reflect.set(window, 'makeRoom', () => Reflect.set(Storage.prototype, 'setItem', setItem));
        });
        await toggle(page, proposals[0] ?? '');
        await page.evaluate(() => (Reflect.get(window, 'makeRoom') as () => void)());
        await toggle(page, proposals[0] ?? '');
        // Taken out and put back, or the other way round, it is at the end, or not there.
        if (wanted.includes(proposals[0] ?? ''))
          wanted = [...wanted.filter((id) => id !== proposals[0]), proposals[0] ?? ''];
        break;
      case 'wake':
        await page.bringToFront();
        break;
    }
    for (const each of tabs) await agrees(each, JSON.stringify(one));
  }
  assert.equal(interruptions, INTERRUPTIONS);

  // However it came about, it is sent once.
  if (!wanted.length) {
    await toggle(first, proposals[0] ?? '');
    wanted = proposals.slice(0, 1);
    await agrees(first, 'the last choice');
  }
  await first.bringToFront();
  await clickNamed(first, 'Relire et envoyer');
  const popup = await windowAfter(first, () =>
    clickNamed(first, `Envoyer à ${new URL(valmont.now.sandbox.platform).host}`),
  );
  await signIn(popup, valmont.now);
  await confirm(popup);
  await inState(first, BASKET, 'recorded');
  assert.deepEqual(
    recordedIn(valmont.now, 'simple'),
    wanted.map((id) => rawId(id)),
  );
});
