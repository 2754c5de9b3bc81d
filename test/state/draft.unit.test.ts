import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createContext, Script } from 'node:vm';

import { build } from 'esbuild';
import fc from 'fast-check';

import type { HandoffResult } from '../../src/domain/handoff.js';
import type { Draft, DraftChoice } from '../../src/state/ballot.js';
import type { DraftKeeper } from '../../src/state/draft.js';

const KEY = 'cap-widgets:draft';
const PLATFORM = 'https://participez.valmont.example';

/** All of a page that keeps drafts, as a browser runs it: each tab has modules of its own. */
const script = new Script(
  (
    await build({
      stdin: {
        contents: `export { keeperOf } from './src/state/draft.js'; export { draftOf } from './src/state/ballot.js';
          export { Resource } from './src/state/resource.js';`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'page',
      target: 'es2022',
    })
  ).outputFiles[0]?.text ?? '',
);

interface Hears {
  (event: { key: string | null; newValue: string | null }): void;
}

/** Milliseconds since the epoch, as every tab reads them. */
let now = Date.UTC(2026, 4, 3, 18);
const MINUTE = 60_000;

/** What the tabs of one site share, and how it fails. */
class Device {
  readonly tabs = new Set<Tab>();
  text: string | null = null;
  full = false;

  set(text: string | null, by: Tab | null): void {
    if (text === this.text) return;
    this.text = text;
    for (const tab of this.tabs) if (tab !== by) tab.waiting.push({ key: KEY, newValue: text });
  }

  clear(): void {
    this.text = null;
    for (const tab of this.tabs) tab.waiting.push({ key: null, newValue: null });
  }
}

/** One tab of the site. */
class Tab {
  readonly keeper: DraftKeeper;
  /** What the browser has yet to tell it of the other tabs. */
  waiting: Parameters<Hears>[0][] = [];
  /** What the browser keeps for this tab alone; a copied or restored tab begins with a copy. */
  readonly session: Map<string, string>;
  readonly #device: Device;
  readonly #hear = new Set<Hears>();
  readonly #leaving = new Set<() => void>();

  constructor(device: Device, session: ReadonlyMap<string, string> = new Map(), shared = false) {
    this.#device = device;
    this.session = new Map(session);
    const hear = this.#hear;
    const own = this.session;
    const globals = {
      Date: class extends Date {
        static override now(): number {
          return now;
        }
      },
      sessionStorage: {
        getItem: (key: string) => own.get(key) ?? null,
        setItem: (key: string, text: string) => own.set(key, text),
        removeItem: (key: string) => own.delete(key),
      },
      addEventListener: (type: string, listener: Hears & (() => void)) =>
        type === 'storage' ? hear.add(listener) : type === 'pagehide' && this.#leaving.add(listener),
      removeEventListener: (_: string, listener: Hears) => hear.delete(listener),
      localStorage: {
        getItem: () => device.text,
        setItem: (_: string, text: string) => {
          if (device.full) throw new DOMException('Full', 'QuotaExceededError');
          device.set(text, this);
        },
        removeItem: () => device.set(null, this),
      },
      queueMicrotask,
      console,
    };
    const context = createContext(globals);
    script.runInContext(context);
    // Declared by the script above.
    const page = new Script('page').runInContext(context) as {
      keeperOf: (runtime: object, stepId: string) => DraftKeeper;
    };
    const resources = new Map<string, object>();
    const runtime = {
      settings: { platform: PLATFORM, access: 'public', device: shared ? 'shared' : 'personal' },
      drafts: new Map(),
      share: (key: string) => {
        const found = resources.get(key) ?? { put: () => undefined };
        resources.set(key, found);
        return found;
      },
    };
    this.keeper = page.keeperOf(runtime, 'step');
    this.keeper.use();
    device.tabs.add(this);
  }

  get draft(): Draft {
    return this.keeper.draft;
  }

  get ids(): string[] {
    // An array of the test's own: those of a tab are of another world.
    return Array.from(this.draft.chosen, ({ proposalId }) => proposalId);
  }

  /** The browser tells it what the others have done. */
  catchUp(): void {
    for (const event of this.waiting.splice(0)) for (const hear of this.#hear) hear(event);
  }

  /** The page goes. */
  leave(): void {
    for (const listener of this.#leaving) listener();
    this.#device.tabs.delete(this);
  }

  /** Loads the page again. */
  reload(): Tab {
    this.leave();
    return new Tab(this.#device, this.session);
  }

  /** Says of what is found that it is his. */
  takeUp(): this {
    if (this.draft.found) this.keeper.takeUp();
    return this;
  }
}

/** Another tab, whose visitor goes on with what is there. */
const goOn = (device: Device): Tab => new Tab(device).takeUp();

/** A value of a tab's world as one of the test's own. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const choiceOf = (proposalId: string): DraftChoice => ({
  proposalId,
  title: `Projet ${proposalId}`,
  url: `${PLATFORM}/${proposalId}`,
  cost: 1000,
});

const voted = (ids: readonly string[], code: 'phone-already-used' | null = null): HandoffResult => ({
  status: code ? 'failed' : 'done',
  signedIn: true,
  votes: ids.map((proposalId) => ({ proposalId, voted: !code, count: null, accounted: !code, code })),
  results: [],
});

suite('a draft', () => {
  test('is kept from the first choice on, and not before', () => {
    const device = new Device();
    const tab = new Tab(device);
    assert.equal(device.text, null);
    tab.draft.toggle(choiceOf('a'));
    assert.match(device.text ?? '', /"proposalId":"a"/);
    tab.draft.toggle(choiceOf('a'));
    assert.equal(device.text, null);
  });

  test('is ordered, and keeps its order over a reload', () => {
    const device = new Device();
    const tab = new Tab(device);
    for (const id of ['a', 'b', 'c']) tab.draft.toggle(choiceOf(id));
    tab.draft.move('c', 0);
    assert.deepEqual(tab.reload().ids, ['c', 'a', 'b']);
  });

  test('is shown by the tab that has begun it: any other one says no more than how many choices there are, and of when', () => {
    const device = new Device();
    const tab = new Tab(device);
    for (const id of ['a', 'b']) tab.draft.toggle(choiceOf(id));
    const at = now;
    now += MINUTE;
    const other = new Tab(device);
    assert.deepEqual(plain(other.draft.found), { count: 2, at });
    assert.deepEqual([other.ids, other.draft.outcomes.length, other.draft.away], [[], 0, false]);
    // Nothing is added to what may be somebody else's.
    other.draft.toggle(choiceOf('c'));
    assert.deepEqual([other.ids, tab.ids], [[], ['a', 'b']]);
    other.keeper.takeUp();
    assert.deepEqual([other.ids, other.draft.found], [['a', 'b'], null]);
    assert.deepEqual(new Tab(device).draft.found?.count, 2, 'Taken up by one tab is taken up by all.');
  });

  test('can be forgotten unseen, by all tabs', () => {
    const device = new Device();
    const tab = new Tab(device);
    tab.draft.toggle(choiceOf('a'));
    const other = new Tab(device);
    other.keeper.clear();
    tab.catchUp();
    assert.deepEqual([device.text, other.draft.found, tab.ids, tab.draft.found], [null, null, [], null]);
  });

  test('of a tab that is copied or restored is asked about again; one that is merely elsewhere for a while knows it', () => {
    const device = new Device();
    const tab = new Tab(device);
    tab.draft.toggle(choiceOf('a'));
    // A copy is made while the page is there.
    assert.equal(new Tab(device, tab.session).draft.found?.count, 1);
    const again = tab.reload();
    assert.deepEqual([again.ids, again.draft.found], [['a'], null]);
    assert.equal(new Tab(device, again.session).draft.found?.count, 1, 'A copy made after a reload knows it.');
    again.leave();
    now += 11 * MINUTE;
    assert.equal(new Tab(device, again.session).draft.found?.count, 1, 'A restored tab knows it.');
  });

  test('that somebody else begins in another tab is not shown by one whose own is done', () => {
    const device = new Device();
    const [tab, other] = [new Tab(device), new Tab(device)];
    tab.draft.toggle(choiceOf('a'));
    tab.keeper.leave();
    tab.keeper.settle(voted(['a']), ['a']);
    other.catchUp();
    other.draft.toggle(choiceOf('b'));
    tab.catchUp();
    assert.deepEqual([tab.ids, tab.draft.found?.count], [[], 1]);
  });

  test('is kept for thirty days after its last change', () => {
    const device = new Device();
    const tab = new Tab(device);
    tab.draft.toggle(choiceOf('a'));
    now += 29 * 24 * 60 * MINUTE;
    assert.equal(new Tab(device).draft.found?.count, 1);
    tab.draft.toggle(choiceOf('b'));
    now += 29 * 24 * 60 * MINUTE;
    assert.equal(new Tab(device).draft.found?.count, 2);
    now += 2 * 24 * 60 * MINUTE;
    assert.equal(new Tab(device).draft.found, null);
  });

  test('of a shared device is in its tab alone', () => {
    const device = new Device();
    const tab = new Tab(device, undefined, true);
    tab.draft.toggle(choiceOf('a'));
    assert.deepEqual([tab.ids, device.text], [['a'], null]);
    assert.match(tab.session.get(KEY) ?? '', /"proposalId":"a"/);
    assert.equal(new Tab(device, undefined, true).draft.found, null);
  });

  test('of more than 200 choices or 64 kB was not written here, and costs nothing to look at', () => {
    const device = new Device();
    const entry = (chosen: unknown): string =>
      JSON.stringify({ ballots: { [`${PLATFORM} step`]: { chosen, outcomes: [], away: false, at: now } } });
    device.text = entry(Array.from({ length: 5000 }, (_, index) => choiceOf(`p${index}`)));
    assert.ok(device.text.length > 65_536);
    assert.equal(new Tab(device).draft.found, null);
    // Short ones, so that more than 200 fit.
    device.text = entry(
      Array.from({ length: 600 }, (_, index) => ({ proposalId: `${index}`, title: '', url: 'http:x', cost: null })),
    );
    assert.ok(device.text.length < 65_536);
    assert.equal(new Tab(device).draft.found?.count, 200);
  });

  test('keeps of a title what fits on a line', () => {
    const device = new Device();
    const tab = new Tab(device);
    for (let index = 0; index < 200; index++) tab.draft.toggle({ ...choiceOf(`p${index}`), title: 'x'.repeat(10_000) });
    assert.ok((device.text ?? '').length < 65_536, String(device.text?.length));
    assert.equal(tab.ids.length, 200);
  });

  test('is gone once it is recorded whole, and shown as recorded by the page that sent it', () => {
    const device = new Device();
    const [tab, other] = [new Tab(device), new Tab(device)];
    tab.draft.toggle(choiceOf('a'));
    tab.keeper.leave();
    assert.equal(goOn(device).draft.away, true);
    tab.keeper.settle(voted(['a']), ['a']);
    other.catchUp();
    assert.deepEqual([tab.draft.recorded, tab.ids, other.ids, device.text], [true, ['a'], [], null]);
    // Going on from what is recorded is a draft again.
    tab.draft.toggle(choiceOf('b'));
    assert.deepEqual([tab.draft.recorded, tab.ids], [false, ['a', 'b']]);
  });

  test('that was changed while it was on its way is not taken for recorded', () => {
    const tab = new Tab(new Device());
    tab.draft.toggle(choiceOf('a'));
    tab.keeper.leave();
    tab.draft.toggle(choiceOf('b'));
    tab.keeper.settle(voted(['a']), ['a']);
    assert.deepEqual([tab.draft.recorded, tab.ids], [false, ['a', 'b']]);
  });

  test('keeps what was refused of it, and only for what is still chosen', () => {
    const device = new Device();
    const tab = new Tab(device);
    for (const id of ['a', 'b']) tab.draft.toggle(choiceOf(id));
    tab.keeper.leave();
    tab.keeper.settle(voted(['a', 'b'], 'phone-already-used'), ['a', 'b']);
    assert.equal(goOn(device).draft.outcomes.length, 2);
    tab.draft.toggle(choiceOf('b'));
    tab.draft.toggle(choiceOf('b'));
    assert.deepEqual(
      Array.from(tab.draft.outcomes, ({ proposalId }) => proposalId),
      ['a'],
    );
  });

  test('takes nothing from a broken storage for a choice', () => {
    const device = new Device();
    const entry = (chosen: unknown): string =>
      JSON.stringify({ ballots: { [`${PLATFORM} step`]: { chosen, outcomes: [null, 7], away: 'yes', at: now } } });
    for (const text of [
      '',
      'null',
      '7',
      '{broken',
      '{"ballots":[]}',
      entry(7),
      entry([7, null, { proposalId: 'x' }]),
    ]) {
      device.text = text;
      assert.deepEqual([goOn(device).ids, new Tab(device).draft.found], [[], null], text);
    }
    device.text = entry([choiceOf('a'), choiceOf('a'), { ...choiceOf('b'), url: 'javascript:alert(1)' }]);
    assert.deepEqual(goOn(device).ids, ['a']);
  });

  const IDS = ['a', 'b', 'c', 'd', 'e'];
  const act = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant('toggle' as const), tab: fc.nat(1), id: fc.constantFrom(...IDS) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('move' as const),
        tab: fc.nat(1),
        id: fc.constantFrom(...IDS),
        to: fc.nat(4),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('reload' as const, 'late' as const), tab: fc.nat(1) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'full' as const,
          'clear' as const,
          'garbage' as const,
          'send' as const,
          'cancel' as const,
        ),
        tab: fc.nat(1),
      }),
    },
  );

  test('loses no choice and doubles none, whatever interrupts it: 200 sequences at random', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 10, maxLength: 40 }), (acts) => {
        const device = new Device();
        const tabs = [new Tab(device), new Tab(device)];
        let expected: string[] = [];
        /** Without a storage that holds them, choices are of the page that has them. */
        let stored = true;
        /** What is wiped out lives on in the first tab; the other one is loaded anew. */
        const alone = (): void => {
          (tabs[0] as Tab).catchUp();
          (tabs[1] as Tab).leave();
          tabs[1] = goOn(device);
          if (expected.length) stored = false;
        };
        for (const step of acts) {
          const at = step.tab;
          const tab = tabs[at] as Tab;
          tab.catchUp();
          tab.takeUp();
          // What only a page has kept, its reload would lose: the basket warns of that.
          const sole = !stored || device.full;
          switch (step.kind) {
            case 'toggle':
            case 'move': {
              if ((sole && at !== 0) || (step.kind === 'move' && !expected.includes(step.id))) break;
              const choice = choiceOf(step.id);
              if (step.kind === 'toggle') {
                tab.draft.toggle(choice);
                expected = expected.includes(step.id)
                  ? expected.filter((id) => id !== step.id)
                  : [...expected, step.id];
              } else {
                tab.draft.move(step.id, step.to);
                expected = expected.filter((id) => id !== step.id);
                expected.splice(step.to, 0, step.id);
              }
              // Of a removal from nothing the other tab hears nothing.
              stored = !device.full && (stored || expected.length > 0);
              break;
            }
            case 'reload':
              if (sole && at === 0) break;
              tabs[at] = tab.reload();
              assert.equal(tabs[at].draft.found, null, 'A tab does not know its own draft again.');
              break;
            case 'late':
              break;
            case 'full':
              device.full = !device.full;
              break;
            case 'clear':
              device.clear();
              alone();
              break;
            case 'garbage':
              device.text = '{broken';
              alone();
              break;
            case 'send':
              if (sole && at !== 0) break;
              tab.keeper.leave();
              tab.keeper.settle(voted(expected), expected);
              assert.deepEqual(tab.ids, expected, 'What is recorded is not what was chosen.');
              expected = [];
              for (const one of tabs) one.catchUp();
              stored = true;
              // The page that has sent it shows what is recorded until it is loaded again.
              tabs[at] = tab.reload();
              break;
            case 'cancel':
              if (sole && at !== 0) break;
              tab.keeper.leave();
              tab.keeper.settle({ status: 'cancelled', votes: [] }, expected);
              stored = !device.full && (stored || expected.length > 0);
              break;
          }
          const seen = (stored ? tabs : tabs.slice(0, 1)).map((one) => {
            one.catchUp();
            return one.takeUp().ids;
          });
          for (const ids of seen) {
            assert.deepEqual(ids, expected, `After ${JSON.stringify(step)}`);
            assert.equal(new Set(ids).size, ids.length, 'A choice is doubled.');
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
