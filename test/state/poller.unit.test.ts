import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';

import { useClock } from '../../src/core/clock.js';
import { poller, type Polled } from '../../src/state/poller.js';
import { FakeClock, NOW } from '../support/fake-clock.js';

const SECOND = 1000;

/** What the poller needs of a page: whether it is seen, and word of when that changes, which the window hears too. */
class FakeDocument extends EventTarget {
  #hidden = false;

  get hidden(): boolean {
    return this.#hidden;
  }

  show(shown: boolean): void {
    this.#hidden = !shown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: FakeDocument;
let clock: FakeClock;
let removals: (() => void)[];

class Member implements Polled {
  shown = true;
  /** When it was read, in seconds since the start. */
  readonly readings: number[] = [];

  constructor(readonly interval: number) {
    removals.push(poller.add(this));
  }

  read(): void {
    this.readings.push((clock.now() - NOW) / SECOND);
  }
}

before(() => {
  page = new FakeDocument();
  Object.assign(globalThis, {
    Document: FakeDocument,
    document: page,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  });
});
after(() => {
  for (const name of ['Document', 'document', 'addEventListener', 'removeEventListener'])
    Reflect.deleteProperty(globalThis, name);
});
beforeEach(() => {
  clock = new FakeClock().install();
  removals = [];
  page.show(true);
});
afterEach(() => {
  for (const remove of removals) remove();
  poller.paused = false;
  assert.equal(clock.pending, 0, 'No timer outlives the members.');
  useClock();
});

suite('the page’s poller', () => {
  test('reads at every interval, and not at once', () => {
    const member = new Member(10 * SECOND);
    clock.advance(35 * SECOND);
    assert.deepEqual(member.readings, [10, 20, 30]);
  });

  test('brings into step what ticks at the same pace', () => {
    const first = new Member(10 * SECOND);
    clock.advance(4 * SECOND);
    const second = new Member(10 * SECOND);
    clock.advance(60 * SECOND);
    const together = second.readings.filter((at) => first.readings.includes(at));
    assert.ok(together.length >= 4, `${String(first.readings)} and ${String(second.readings)}`);
    assert.deepEqual(together, second.readings.slice(-together.length));
  });

  test('lets each keep to its own interval, never sooner than half of it', () => {
    const [quick, slow] = [new Member(10 * SECOND), new Member(60 * SECOND)];
    clock.advance(300 * SECOND);
    for (const { readings, interval } of [quick, slow]) {
      assert.ok(readings.length >= 300 / (interval / SECOND) - 1);
      readings.forEach((at, index) => {
        const pause = at - (readings[index - 1] ?? 0);
        assert.ok(pause >= interval / SECOND / 2 && pause <= interval / SECOND, `${String(pause)} s`);
      });
    }
  });

  test('reads nothing that nobody sees, and at once what comes into sight too late', () => {
    const member = new Member(10 * SECOND);
    member.shown = false;
    poller.look();
    clock.advance(25 * SECOND);
    assert.deepEqual(member.readings, []);
    member.shown = true;
    poller.look();
    assert.deepEqual(member.readings, [25]);
    clock.advance(10 * SECOND);
    assert.deepEqual(member.readings, [25, 35]);
  });

  test('rests while the page is hidden, without a timer, and reads when it is shown again', () => {
    const member = new Member(10 * SECOND);
    page.show(false);
    assert.equal(clock.pending, 0);
    clock.advance(100 * SECOND);
    assert.deepEqual(member.readings, []);
    page.show(true);
    assert.deepEqual(member.readings, [100]);
  });

  test('does not read twice when the page is hidden and shown within an interval', () => {
    const member = new Member(10 * SECOND);
    clock.advance(12 * SECOND);
    page.show(false);
    page.show(true);
    assert.deepEqual(member.readings, [10]);
  });

  test('stops for the visitor, tells everybody, and resumes', () => {
    const member = new Member(10 * SECOND);
    const heard: boolean[] = [];
    removals.push(poller.onPause(() => heard.push(poller.paused)));
    poller.paused = true;
    assert.equal(clock.pending, 0);
    clock.advance(30 * SECOND);
    page.show(true);
    assert.deepEqual(member.readings, []);
    poller.paused = false;
    assert.deepEqual(member.readings, [30]);
    assert.deepEqual(heard, [true, false]);
  });

  test('forgets what has been removed', () => {
    const [gone, here] = [new Member(10 * SECOND), new Member(10 * SECOND)];
    removals[0]?.();
    clock.advance(20 * SECOND);
    assert.deepEqual([gone.readings, here.readings], [[], [10, 20]]);
  });
});
