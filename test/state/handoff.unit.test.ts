import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { setImmediate as nextTask } from 'node:timers/promises';

import { useClock } from '../../src/core/clock.js';
import { resolveSettings } from '../../src/platform/settings.js';
import type { HandoffOutcome, HandoffWish } from '../../src/state/handoff.js';
import { Runtime } from '../../src/state/runtime.js';
import { FakeClock, NOW } from '../support/fake-clock.js';

const PLATFORM = 'https://participez.valmont.example';
const HERE = 'https://www.valmont.example/budget#votes';
const wish: HandoffWish = { action: 'vote', stepId: 'vote', proposalIds: ['a', 'b'] };
const vote = { proposalId: 'a', voted: true, count: 42, accounted: true, code: null };

interface Opened {
  readonly url: URL;
  readonly name: string;
  closed: boolean;
  readonly posted: { readonly data: unknown; readonly origin: string }[];
  /** What the tab kept when it was opened: it gets a copy of that. */
  readonly keptThen: string;
}

/** What a tab keeps; a test hands it on to the page that comes next. */
class Tab extends Map<string, string> {
  getItem(key: string): string | null {
    return this.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.set(key, value);
  }
}

/** The little of a browser's page that a hand-over touches. */
class FakePage extends EventTarget {
  readonly opened: Opened[] = [];
  readonly went: string[] = [];
  blocks = false;
  readonly page = Object.assign(new EventTarget(), { hidden: false, baseURI: HERE });
  readonly parent = this;
  readonly #channels: Channel[] = [];
  readonly location = Object.assign(new URL(HERE), { assign: (url: URL) => void this.went.push(String(url)) });

  constructor(
    readonly tab = new Tab(),
    href = HERE,
  ) {
    super();
    this.location.href = href;
  }

  install(): void {
    const channels = this.#channels;
    Object.assign(globalThis, {
      window: this,
      document: this.page,
      Document: { prototype: this.page },
      location: this.location,
      sessionStorage: this.tab,
      history: { state: null, replaceState: (_: unknown, __: string, url: string) => this.#replace(url) },
      addEventListener: this.addEventListener.bind(this),
      removeEventListener: this.removeEventListener.bind(this),
      // An open channel to other tabs would keep the test from ending.
      BroadcastChannel: class extends Channel {
        constructor(name: string) {
          super(name);
          channels.push(this);
        }
      },
    });
  }

  #replace(url: string): void {
    this.location.href = new URL(url, this.location).href;
  }

  open = (url: string, name: string): Opened | null => {
    if (this.blocks) return null;
    const posted: Opened['posted'] = [];
    const opened = {
      ...{ url: new URL(url), name, closed: false, posted, keptThen: [...this.tab.values()].join() },
      postMessage: (data: unknown, origin: string) => void posted.push({ data, origin }),
    };
    this.opened.push(opened);
    return opened;
  };

  post(source: unknown, data: unknown, origin = PLATFORM): void {
    this.dispatchEvent(Object.assign(new Event('message'), { origin, source, data }));
  }

  /** Another tab of the site says something. */
  hear(data: unknown): void {
    for (const channel of this.#channels) if (channel.name === 'cap-widgets:handoff') channel.onmessage?.({ data });
  }

  /** What the other tabs have been told of hand-overs. */
  get said(): readonly unknown[] {
    return this.#channels.flatMap(({ name, said }) => (name === 'cap-widgets:handoff' ? said : []));
  }
}

class Channel {
  readonly said: unknown[] = [];
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  constructor(readonly name: string) {}
  postMessage(data: unknown): void {
    this.said.push(data);
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
  'sessionStorage',
  'history',
] as const;
const before = Object.fromEntries(globals.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
let page: FakePage;
let clock: FakeClock;
let load: typeof import('../../src/state/handoff.js');
let loads = 0;

/** Shows a page: its scripts know nothing of those of the page before. */
async function show(next: FakePage): Promise<void> {
  page = next;
  page.install();
  load = (await import(`../../src/state/handoff.js?${++loads}`)) as typeof load;
}

beforeEach(async () => {
  clock = new FakeClock().install();
  await show(new FakePage());
});
afterEach(() => {
  useClock();
  for (const name of globals) {
    const descriptor = before[name];
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  }
});

function runtimeWith(handoff = '/widgets/handoff', platform = PLATFORM): Runtime {
  const settings = resolveSettings({ platform, handoff });
  assert.ok(settings);
  return new Runtime(settings);
}

interface HandingOver {
  readonly window: Opened;
  readonly state: string;
  readonly outcomes: readonly HandoffOutcome[];
  /** How often it was said that nobody knows. */
  readonly doubts: () => number;
}

/** A hand-over that is under way, and what becomes of it. */
function handingOver(runtime = runtimeWith(), what = wish): HandingOver {
  const outcomes: HandoffOutcome[] = [];
  let doubts = 0;
  void load.handOver(runtime, what, () => doubts++).then((outcome) => outcomes.push(outcome));
  const window = page.opened.at(-1);
  assert.ok(window, 'No window was opened within the click.');
  return { window, state: stateOf(window.url), outcomes, doubts: () => doubts };
}
const stateOf = (url: URL): string => new URLSearchParams(url.hash.slice(1)).get('state') ?? '';
const result = { status: 'done', signedIn: true, votes: [vote], results: [] };
const answer = (state: string, fields: object = {}): object => ({ source: 'cap-widgets', state, ...result, ...fields });
const unknown = { status: 'unknown', signedIn: false, votes: [], results: [] };
const bare = { status: 'done', signedIn: true, votes: [], results: [] };

/** Something that the page shows, and how often it was read. */
async function shown(runtime: Runtime): Promise<() => number> {
  let readings = 0;
  runtime.share('count', () => Promise.resolve(++readings)).subscribe(() => undefined);
  await nextTask();
  return () => readings;
}

suite('a hand-over', () => {
  test('is possible where the page names a hand-over page', () => {
    for (const [handoff, possible] of [
      ['', false],
      ['/widgets/handoff', true],
      ['https://autre.valmont.example/handoff', true],
      ['javascript:alert(1)', false],
    ] as const)
      assert.equal(load.canHandOver(runtimeWith(handoff)), possible, handoff);
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

  test('asks when the window is ready, for all of it, and nobody else', () => {
    const { window, state } = handingOver();
    const other = handingOver(runtimeWith(), { ...wish, proposalIds: ['c'] });
    const ready = { source: 'cap-widgets', type: 'ready', state };
    page.post(window, ready, 'https://mechant.example');
    page.post(other.window, ready);
    page.post(page, ready);
    page.post(window, { ...ready, state: other.state });
    page.post(window, { ...ready, source: 'other' });
    assert.deepEqual([...window.posted, ...other.window.posted], []);
    page.post(window, ready);
    const request = window.url.hash.slice(1);
    assert.deepEqual(window.posted, [
      { data: { source: 'cap-widgets', type: 'ask', state, request }, origin: PLATFORM },
    ]);
  });

  test('ends with the answer of that window, and of no other', async () => {
    const running = handingOver();
    const other = handingOver(runtimeWith(), { ...wish, proposalIds: ['c'] });
    assert.notEqual(running.state, other.state);
    page.post(running.window, answer(running.state), 'https://mechant.example');
    page.post(running.window, answer(running.state), 'null');
    page.post(other.window, answer(running.state));
    page.post(page, answer(running.state));
    page.post(running.window, answer(other.state));
    page.post(running.window, 'done');
    await nextTask();
    assert.deepEqual([running.outcomes, other.outcomes], [[], []]);
    page.post(running.window, answer(running.state));
    await nextTask();
    assert.deepEqual([running.outcomes, other.outcomes], [[result], []]);
    page.post(other.window, answer(other.state, { status: 'failed' }));
    await nextTask();
    assert.deepEqual(other.outcomes, [{ ...result, status: 'failed' }]);
  });

  test('is answered once, leaves no timer behind, and has all that is shown read again', async () => {
    const runtime = runtimeWith();
    const readings = await shown(runtime);
    const running = handingOver(runtime);
    page.post(running.window, answer(running.state));
    await nextTask();
    assert.equal(clock.pending, 0);
    assert.equal(readings(), 2);
    page.post(running.window, answer(running.state, { votes: [] }));
    page.hear({ state: running.state, status: 'failed' });
    await nextTask();
    assert.deepEqual(running.outcomes, [result]);
    assert.equal(readings(), 2);
  });

  test('is unknown, and never cancelled, while its window seems to be gone, and all is read again', async () => {
    const runtime = runtimeWith();
    const readings = await shown(runtime);
    const running = handingOver(runtime);
    clock.advance(5000);
    assert.deepEqual([readings(), running.doubts()], [1, 0]);
    running.window.closed = true;
    clock.advance(300);
    await nextTask();
    assert.equal(running.doubts(), 0, 'What the window has posted may still be on its way.');
    clock.advance(300);
    await nextTask();
    assert.deepEqual([readings(), running.doubts(), running.outcomes.length], [2, 1, 0]);
    // A window that has cut itself off may still have gone on: when the visitor comes back, once more.
    page.dispatchEvent(new Event('focus'));
    page.dispatchEvent(new Event('focus'));
    await nextTask();
    assert.equal(readings(), 3);
    page.post(running.window, answer(running.state));
    await nextTask();
    assert.deepEqual([running.outcomes, running.doubts()], [[result], 1]);
  });

  test('ends as unknown after ten minutes, and takes no answer then', async () => {
    const running = handingOver();
    const told: unknown[] = [];
    load.returned(runtimeWith(), ({ outcome }) => told.push(outcome));
    clock.advance(599_999);
    await nextTask();
    assert.deepEqual(running.outcomes, []);
    clock.advance(1);
    await nextTask();
    assert.deepEqual(running.outcomes, [unknown]);
    page.post(running.window, answer(running.state));
    page.hear({ state: running.state, status: 'done' });
    await nextTask();
    assert.deepEqual([running.outcomes, told], [[unknown], []]);
  });

  test('gives way to another one about the same, and its late answer is told all the same', async () => {
    const runtime = runtimeWith();
    const told: unknown[] = [];
    load.returned(runtime, ({ outcome }) => told.push(outcome));
    const first = handingOver(runtime);
    handingOver(runtime, { ...wish, action: 'unvote', proposalIds: ['c'] });
    await nextTask();
    assert.deepEqual(first.outcomes, [], 'Another proposal is another matter.');
    const whole = handingOver(runtime, { ...wish, action: 'ballot', proposalIds: ['d'] });
    await nextTask();
    assert.deepEqual([first.outcomes, whole.outcomes], [[unknown], []]);
    page.post(first.window, answer(first.state));
    await nextTask();
    assert.deepEqual(told, [result]);
  });

  test('has one word more: that the visitor is done here', async () => {
    const [runtime, neighbour] = [runtimeWith(), runtimeWith('/widgets/handoff', 'https://autre.example')];
    const heard: string[] = [];
    load.onForget(runtime, () => heard.push('forget'));
    load.onForget(neighbour, () => heard.push('of another platform'));
    const running = handingOver(runtime);
    page.post(running.window, answer(running.state));
    page.post(page, answer(running.state, { forget: true }));
    await nextTask();
    assert.deepEqual(heard, []);
    page.post(running.window, answer(running.state, { votes: [], forget: true }));
    page.post(running.window, answer(running.state, { forget: true }));
    await nextTask();
    assert.deepEqual(heard, ['forget']);
    assert.deepEqual(running.outcomes, [result]);
  });

  test('whose first answer says so is heard the same', async () => {
    const runtime = runtimeWith();
    let heard = 0;
    load.onForget(runtime, () => heard++);
    const leave: HandoffWish = { action: 'leave', stepId: '', proposalIds: [] };
    const running = handingOver(runtime, leave);
    page.post(running.window, answer(running.state, { signedIn: false, votes: [], forget: true }));
    await nextTask();
    assert.deepEqual([running.outcomes[0]?.forget, heard], [true, 1]);
  });

  test('gives the window no copy of its secret', () => {
    const { window, state } = handingOver();
    assert.doesNotMatch(window.keptThen, new RegExp(state));
    assert.match([...page.tab.values()].join(), new RegExp(state));
  });
});

suite('an answer by the address', () => {
  const back = (state: string, status = 'done'): string => `${HERE.split('#')[0] ?? ''}#cap-handoff=${state}.${status}`;
  const returns = (runtime: Runtime): { readonly wish: HandoffWish; readonly outcome: HandoffOutcome }[] => {
    const told: { readonly wish: HandoffWish; readonly outcome: HandoffOutcome }[] = [];
    load.returned(runtime, (one) => told.push(one));
    return told;
  };
  const forged = '0123456789abcdef'.repeat(2);

  test('is believed by the tab that has asked, once, and goes from the address, which is as before', async () => {
    const { state } = handingOver();
    const { tab } = page;
    await show(new FakePage(tab, back(state)));
    const told = returns(runtimeWith());
    assert.deepEqual(told, [{ wish, outcome: bare }]);
    assert.equal(page.location.href, HERE);
    assert.deepEqual(page.said, [{ state, status: 'done' }]);
    // The address of before, typed in again or found in a history.
    await show(new FakePage(tab, back(state, 'failed')));
    assert.deepEqual(returns(runtimeWith()), []);
    assert.doesNotMatch(page.location.href, /cap-handoff/);
  });

  test('reaches the page that has asked, from the tab in which it came back', async () => {
    const running = handingOver();
    running.window.closed = true;
    clock.advance(600);
    await nextTask();
    page.hear({ state: running.state, status: 'done' });
    await nextTask();
    assert.deepEqual([running.doubts(), running.outcomes], [1, [bare]]);
  });

  test('of signing out leaves nobody signed in, and has all forgotten', async () => {
    const runtime = runtimeWith();
    let heard = 0;
    load.onForget(runtime, () => heard++);
    const running = handingOver(runtime, { action: 'leave', stepId: '', proposalIds: [] });
    page.hear({ state: running.state, status: 'done' });
    await nextTask();
    assert.deepEqual(running.outcomes, [{ ...bare, signedIn: false, forget: true }]);
    assert.equal(heard, 1);
  });

  for (const [name, href] of [
    ['that nobody here has asked for', back(forged)],
    ['with more than one word', back(forged, 'done.more')],
    ['with another word', back(forged, 'perhaps')],
    ['that says nothing', back('', '')],
  ] as const)
    test(`is ignored, and taken out: ${name}`, async () => {
      await show(new FakePage(new Tab(), href));
      assert.deepEqual(returns(runtimeWith()), []);
      assert.equal(page.location.href, HERE.split('#')[0]);
    });

  test('is ignored by a tab that holds another secret', async () => {
    handingOver();
    const { tab } = page;
    await show(new FakePage(tab, back(forged)));
    assert.deepEqual(
      returns(runtimeWith()).map(({ outcome }) => outcome.status),
      ['unknown'],
    );
  });

  test('is ignored after ten minutes', async () => {
    const { state } = handingOver();
    const { tab } = page;
    clock.advance(600_000);
    await show(new FakePage(tab, back(state)));
    assert.deepEqual(returns(runtimeWith()), []);
  });

  test('is taken out of a page that is there already, which keeps any other fragment', () => {
    const told = returns(runtimeWith());
    assert.equal(page.location.href, HERE);
    page.location.href = back(forged);
    page.dispatchEvent(new Event('hashchange'));
    assert.equal(page.location.href, HERE.split('#')[0]);
    assert.deepEqual(told, []);
  });

  test('that never comes leaves it unknown, for every element, also one that comes later', async () => {
    const { state, window } = handingOver();
    const { tab } = page;
    await show(new FakePage(tab));
    const runtime = runtimeWith();
    for (const told of [returns(runtime), returns(runtime)])
      assert.deepEqual(
        told.map(({ wish: { proposalIds }, outcome }) => [proposalIds, outcome.status]),
        [[['a', 'b'], 'unknown']],
      );
    assert.deepEqual(returns(runtimeWith('/widgets/handoff', 'https://autre.example')), []);
    // The window may still answer; it is not known any more, and is told nothing.
    page.post(window, { source: 'cap-widgets', type: 'ready', state });
    assert.deepEqual(window.posted, []);
    page.post(window, answer(state), 'https://mechant.example');
    assert.equal(returns(runtime)[0]?.outcome.status, 'unknown');
    page.post(window, answer(state));
    assert.deepEqual(returns(runtime)[0]?.outcome, result);
  });

  for (const [name, stored] of [
    ['no list', '{"a":1}'],
    ['no text that can be read', '{'],
    ['half of it', '[{"state":"x"}, null, 7]'],
    [
      'a wish that is none',
      JSON.stringify([
        {
          ...{ platform: PLATFORM, page: PLATFORM, state: forged, hash: '', at: NOW },
          answered: false,
          wish: { action: 'delete', stepId: '', proposalIds: [] },
        },
      ]),
    ],
  ] as const)
    test(`is ignored where the tab keeps ${name}`, async () => {
      await show(new FakePage(new Tab([['cap-widgets:asked', stored]]), back(forged)));
      assert.deepEqual(returns(runtimeWith()), []);
    });
});

suite('where windows are blocked', () => {
  beforeEach(() => {
    page.blocks = true;
  });
  const begin = (): { readonly outcomes: HandoffOutcome[]; readonly doubts: () => number } => {
    const outcomes: HandoffOutcome[] = [];
    let doubts = 0;
    void load.handOver(runtimeWith(), wish, () => doubts++).then((outcome) => outcomes.push(outcome));
    return { outcomes, doubts: () => doubts };
  };
  const blocked = { code: 'popup-blocked' };

  test('the same tab goes there, and a page that is found as it was left does not know', async () => {
    const { outcomes, doubts } = begin();
    assert.match(page.went[0] ?? '', /^https:\/\/participez\.valmont\.example\/widgets\/handoff#action=vote&/);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    assert.equal(doubts(), 0);
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await nextTask();
    assert.deepEqual([doubts(), outcomes], [1, []]);
    page.hear({ state: stateOf(new URL(page.went[0] ?? '')), status: 'done' });
    await nextTask();
    assert.deepEqual(outcomes, [bare]);
  });

  test('a window that is closed at once counts as none', async () => {
    page.blocks = false;
    page.open = () => ({ ...{ url: new URL(HERE), name: '', closed: true, posted: [], keptThen: '' } });
    begin();
    await nextTask();
    assert.equal(page.went.length, 1);
  });

  test('a page that is not left says so, and nothing is unknown later', async () => {
    const failure = assert.rejects(load.handOver(runtimeWith(), wish), blocked);
    clock.advance(10_000);
    await failure;
    assert.equal(clock.pending, 0);
    const { tab } = page;
    await show(new FakePage(tab));
    const told: unknown[] = [];
    load.returned(runtimeWith(), (one) => told.push(one));
    assert.deepEqual(told, []);
  });

  test('and one without a hand-over page', async () => {
    await assert.rejects(load.handOver(runtimeWith(''), wish), blocked);
    assert.deepEqual(page.went, []);
  });
});
