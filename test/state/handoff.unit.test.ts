import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { setImmediate as nextTask } from 'node:timers/promises';

import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import { resolveSettings } from '../../src/platform/settings.js';
import { canHandOver, handOver, type HandoffResult, type HandoffWish } from '../../src/state/handoff.js';
import { Runtime } from '../../src/state/runtime.js';
import { FakeClock } from '../support/fake-clock.js';

const PLATFORM = 'https://participez.valmont.example';
const HERE = 'https://www.valmont.example/budget#votes';
const wish: HandoffWish = { action: 'vote', stepId: 'vote', proposalIds: ['a', 'b'] };
const vote = { proposalId: 'a', voted: true, count: 42, accounted: true, code: null };

interface Opened {
  readonly url: URL;
  readonly name: string;
  closed: boolean;
}

/** The little of a browser's page that a hand-over touches. */
class FakePage extends EventTarget {
  readonly opened: Opened[] = [];
  readonly went: string[] = [];
  blocks = false;
  readonly page = Object.assign(new EventTarget(), { hidden: false, baseURI: HERE });

  install(): void {
    // An open channel to other tabs would keep the test from ending.
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
    const top = Object.assign(this, { top: this });
    Object.assign(globalThis, {
      window: top,
      document: this.page,
      Document: { prototype: this.page },
      location: { href: HERE, origin: new URL(HERE).origin, assign: (url: URL) => void this.went.push(String(url)) },
      addEventListener: this.addEventListener.bind(this),
      removeEventListener: this.removeEventListener.bind(this),
    });
  }

  readonly open = (url: string, name: string): Opened | null => {
    if (this.blocks) return null;
    const opened = { url: new URL(url), name, closed: false };
    this.opened.push(opened);
    return opened;
  };

  post(source: unknown, data: unknown, origin = PLATFORM): void {
    this.dispatchEvent(Object.assign(new Event('message'), { origin, source, data }));
  }
}

const globals = [
  'window',
  'document',
  'Document',
  'location',
  'addEventListener',
  'removeEventListener',
  'BroadcastChannel',
] as const;
const before = Object.fromEntries(globals.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
let page: FakePage;
let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock().install();
  page = new FakePage();
  page.install();
});
afterEach(() => {
  useClock();
  for (const name of globals) {
    const descriptor = before[name];
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  }
});

function runtimeWith(handoff: string): Runtime {
  const settings = resolveSettings({ platform: PLATFORM, handoff });
  assert.ok(settings);
  return new Runtime(settings);
}

/** A hand-over that is under way, and what becomes of it. */
function handingOver(runtime = runtimeWith('/widgets/handoff')): {
  readonly window: Opened;
  readonly state: string;
  readonly outcomes: readonly HandoffResult[];
} {
  const outcomes: HandoffResult[] = [];
  void handOver(runtime, wish).then((outcome) => outcomes.push(outcome));
  const window = page.opened.at(-1);
  assert.ok(window, 'No window was opened within the click.');
  return { window, state: new URLSearchParams(window.url.hash.slice(1)).get('state') ?? '', outcomes };
}
const answer = (state: string): object => ({
  source: 'cap-widgets',
  state,
  status: 'done',
  signedIn: true,
  votes: [vote],
});
const done = { status: 'done', signedIn: true, votes: [vote] };
const cancelled = { status: 'cancelled', signedIn: false, votes: [] };

suite('a hand-over', () => {
  test('is possible where the page names a hand-over page', () => {
    for (const [handoff, possible] of [
      ['', false],
      ['/widgets/handoff', true],
      ['https://autre.valmont.example/handoff', true],
      ['javascript:alert(1)', false],
    ] as const)
      assert.equal(canHandOver(runtimeWith(handoff)), possible, handoff);
  });

  test('opens the platform’s page within the click, and tells it all in the hash', () => {
    const { window, state } = handingOver();
    assert.equal(window.url.origin + window.url.pathname, `${PLATFORM}/widgets/handoff`);
    assert.equal(window.url.search, '');
    assert.match(state, /^[\da-f]{32}$/);
    assert.equal(window.name, `cap-handoff-${state}`);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(window.url.hash.slice(1))), {
      action: 'vote',
      step: 'vote',
      proposals: 'a,b',
      state,
      origin: 'https://www.valmont.example',
      return: HERE,
    });
  });

  test('ends with the answer of that window, and of no other', async () => {
    const running = handingOver();
    const other = handingOver();
    assert.notEqual(running.state, other.state);
    page.post(running.window, answer(running.state), 'https://mechant.example');
    page.post(running.window, answer(running.state), 'null');
    page.post(other.window, answer(running.state));
    page.post(page, answer(running.state));
    page.post(running.window, answer(other.state));
    page.post(running.window, 'done');
    await nextTask();
    assert.deepEqual(running.outcomes, []);
    assert.deepEqual(other.outcomes, []);
    page.post(running.window, answer(running.state));
    await nextTask();
    assert.deepEqual(running.outcomes, [done]);
    assert.deepEqual(other.outcomes, []);
    page.post(other.window, { ...answer(other.state), status: 'failed' });
    await nextTask();
    assert.deepEqual(other.outcomes, [{ ...done, status: 'failed' }]);
  });

  test('leaves no timer and no listener behind', async () => {
    const running = handingOver();
    page.post(running.window, answer(running.state));
    await nextTask();
    assert.equal(clock.pending, 0);
    // The same answer again is nobody's.
    page.post(running.window, { ...answer(running.state), votes: [] });
    await nextTask();
    assert.deepEqual(running.outcomes, [done]);
  });

  test('is cancelled when the visitor closes the window, and all that is shown is read again before', async () => {
    const runtime = runtimeWith('/widgets/handoff');
    let readings = 0;
    const resource = runtime.share('count', () => Promise.resolve(++readings));
    const leave = resource.subscribe(() => undefined);
    await nextTask();
    const running = handingOver(runtime);
    clock.advance(5000);
    assert.equal(readings, 1);
    running.window.closed = true;
    clock.advance(300);
    await nextTask();
    assert.deepEqual(running.outcomes, [], 'What the window has posted may still be on its way.');
    clock.advance(300);
    await nextTask();
    assert.deepEqual(running.outcomes, [cancelled]);
    assert.equal(readings, 2);
    // A window that has cut itself off may still have gone on: when the visitor comes back, once more.
    page.dispatchEvent(new Event('focus'));
    await nextTask();
    assert.equal(readings, 3);
    page.dispatchEvent(new Event('focus'));
    await nextTask();
    assert.equal(readings, 3);
    leave();
  });

  test('takes an answer that arrives after its window has gone', async () => {
    const running = handingOver();
    running.window.closed = true;
    clock.advance(300);
    page.post(running.window, answer(running.state));
    await nextTask();
    assert.deepEqual(running.outcomes, [done]);
  });
});

suite('where windows are blocked', () => {
  beforeEach(() => {
    page.blocks = true;
  });

  test('the same tab goes there, and a page that is found as it was left reads again', async () => {
    const outcomes: HandoffResult[] = [];
    void handOver(runtimeWith('/widgets/handoff'), wish).then((outcome) => outcomes.push(outcome));
    assert.match(page.went[0] ?? '', /^https:\/\/participez\.valmont\.example\/widgets\/handoff#action=vote&/);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    await nextTask();
    assert.deepEqual(outcomes, [], 'The page has just been loaded.');
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await nextTask();
    assert.deepEqual(outcomes, [cancelled]);
    assert.equal(clock.pending, 0);
  });

  const blocked = (error: unknown): boolean => error instanceof ApiError && error.code === 'popup-blocked';

  test('a page that cannot be left says so', async () => {
    const failure = assert.rejects(handOver(runtimeWith('/widgets/handoff'), wish), blocked);
    clock.advance(10_000);
    await failure;
  });

  test('so does one in a frame, which the platform’s page would not show itself in', async () => {
    Object.assign(page, { top: {} });
    await assert.rejects(handOver(runtimeWith('/widgets/handoff'), wish), blocked);
    assert.deepEqual(page.went, []);
  });

  test('and one without a hand-over page', async () => {
    await assert.rejects(handOver(runtimeWith(''), wish), blocked);
  });
});
