/** What takes its time: each in a town of its own, all at once. */
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';

import { fallbackShown, inState, settled, textOf, textsOf, until, visitor } from './support/browser.js';
import { castVote, countsOf, french, pageOf, startTown, type Town } from './support/town.js';

const NOT_LOADED = [/^console error: Failed to load resource/, /^failed: http/];
const browser = visitor();

async function ownTown(t: TestContext): Promise<Town> {
  const own = await startTown();
  t.after(() => own.stop());
  return own;
}

describe('in its time', { concurrency: true }, () => {
  test('a vote in the platform’s tables is on the city’s page within one refresh, read in one request', async (t) => {
    const place = await ownTown(t);
    const { budget } = place.state.projects;
    const page = await browser.visit(t, place.sandbox.city);
    await settled(page);
    await page.$eval('.figures', (figures) => figures.scrollIntoView({ block: 'center' }));
    const { votes } = countsOf(place, budget);
    const tile = 'cap-participation-counter[metric=votes][refresh]';
    assert.match(await textOf(page, tile), new RegExp(`^${french(votes)} votes`));

    const cast = Date.now();
    castVote(place, budget);
    assert.equal(countsOf(place, budget).votes, votes + 1);
    const seen = new RegExp(`^${french(votes + 1)} votes`);
    await until(async () => seen.test(await textOf(page, tile)), 'the new vote is counted');
    const read = Date.now();
    await until(
      async () => (await textOf(page, '.live')).includes(`${french(votes + 1)} votes`),
      'one number, one truth',
    );
    const requests = (await place.apiRequests()).map(({ method, at }) => ({ method, at: Date.parse(at) }));
    assert.ok(requests.every(({ method }) => method === 'POST'));
    const since = requests.filter(({ at }) => at > cast && at <= read);
    assert.ok(since.length <= 1, `It took ${since.length} readings.`);
    const pauses = requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));
    assert.ok(
      pauses.length > 0 && pauses.every((pause) => pause > 5000),
      `All that ticks is read together: ${pauses.join()}`,
    );
    assert.equal((await page.$$('cap-participation-counter[refresh]')).length, 3);
  });

  test('a screen in a room shows one number as large as it can, stays awake, and says when it is cut off', async (t) => {
    const place = await ownTown(t);
    const counter = 'cap-participation-counter';
    const page = await browser.visit(t, `${place.sandbox.city}/ecran`, {
      width: 1920,
      height: 1080,
      expected: NOT_LOADED,
      prepare: (tab) => tab.evaluateOnNewDocument(() => inPage.countWakeLocks()),
    });
    await settled(page);
    const { votes } = countsOf(place, place.state.projects.budget);
    assert.match(await textOf(page, counter), new RegExp(`^${french(votes)} votes en ligne Mis à jour à \\d+ h \\d+$`));
    assert.deepEqual(await page.evaluate(() => inPage.wakeLocks), ['screen']);

    for (const [width, height] of [
      [1920, 1080],
      [1024, 768],
      [768, 1024],
    ] as const) {
      await page.setViewport({ width, height });
      await until(
        () => page.evaluate((wide, high) => innerWidth === wide && innerHeight === high, width, height),
        'the window has its size',
      );
      const box = await page.$eval(counter, (element) => {
        const board = element.getBoundingClientRect();
        const count = inPage.part(element, 'count').getBoundingClientRect();
        const { scrollWidth, scrollHeight } = document.documentElement;
        return { board: board.toJSON() as DOMRect, count: count.toJSON() as DOMRect, scrollWidth, scrollHeight };
      });
      assert.deepEqual([box.board.x, box.board.y, box.board.width, box.board.height], [0, 0, width, height]);
      assert.deepEqual([box.scrollWidth, box.scrollHeight], [width, height]);
      const { left, right, top, bottom } = box.count;
      assert.ok(left >= 0 && right <= width && top >= 0 && bottom <= height, 'The number is within the window.');
      const share = Math.max(box.count.width / width, box.count.height / height);
      assert.ok(share > 0.6, `The number takes ${share} of ${width} × ${height}.`);
    }

    await place.sandbox.stopPlatform();
    await inState(page, counter, 'stale');
    assert.match(
      await textOf(page, counter),
      new RegExp(
        `^${french(votes)} votes en ligne Pas de nouvelles de la plateforme depuis (1 minute|2 minutes) \\(Mis à jour à `,
      ),
    );
    castVote(place, place.state.projects.budget);
    await place.sandbox.startPlatform();
    await until(
      async () => (await textOf(page, counter)).startsWith(`${french(votes + 1)} votes en ligne Mis à jour`),
      'the screen recovers by itself',
    );
  });

  test('an answer that takes more than ten seconds is given up, and asked for again', async (t) => {
    const place = await ownTown(t);
    const { budget } = place.state.projects;
    await place.fault({ latencyMs: 20_000 });
    const page = await browser.visit(
      t,
      place.publish(
        pageOf(
          place.script,
          `<cap-participation-counter project-id="${budget}"><a href="/votes">Voir les votes</a></cap-participation-counter>`,
        ),
      ),
      {
        expected: [/^failed: .*ERR_ABORTED/],
        prepare: (tab) => tab.evaluateOnNewDocument(() => inPage.timeFetches()),
      },
    );
    await inState(page, 'cap-participation-counter', 'loading');
    assert.ok(await fallbackShown(page, 'cap-participation-counter'));
    assert.deepEqual(await textsOf(page, 'cap-participation-counter'), ['Voir les votes']);
    await inState(page, 'cap-participation-counter', 'ready');
    const [asked = 0, again = 0] = await page.evaluate(() => inPage.fetches);
    assert.ok(again - asked > 9000, `It was given up after ${again - asked} ms.`);
    const [first, second, ...more] = await place.apiRequests();
    assert.deepEqual([first?.status, second?.status, more.length], [0, 200, 0]);
  });
});
