import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, suite, test } from 'node:test';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { ApiError } from '../../src/core/errors.js';
import type { ListPage } from '../../src/domain/list-page.js';
import { resolveSettings } from '../../src/platform/settings.js';
import { ListPages, type ListWish } from '../../src/state/list-pages.js';
import { Runtime } from '../../src/state/runtime.js';

interface Item {
  readonly id: string;
}

/** As much of an element as its controllers need. */
class Host implements ReactiveControllerHost {
  readonly #controllers: ReactiveController[] = [];
  updates = 0;
  readonly updateComplete = Promise.resolve(true);

  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }
  removeController(): void {
    throw new Error('No controller leaves.');
  }
  requestUpdate(): void {
    this.updates++;
  }
  connect(): void {
    for (const controller of this.#controllers) controller.hostConnected?.();
    this.update();
  }
  disconnect(): void {
    for (const controller of this.#controllers) controller.hostDisconnected?.();
  }
  update(): void {
    for (const controller of this.#controllers) controller.hostUpdate?.();
  }
}

/** Lets all have its turn that waits for nothing else. */
const settle = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns++) await turn();
};
const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

let runtime: Runtime;
let host: Host;
let all: string[];
let asked: [first: number, after: string | null][];
let failure: ApiError | undefined;
let gate: Promise<void> | undefined;
let signals: AbortSignal[];

beforeEach(() => {
  const settings = resolveSettings({ platform: 'https://participez.valmont.example' });
  assert.ok(settings);
  runtime = new Runtime(settings);
  host = new Host();
  all = ids(1, 12);
  asked = [];
  signals = [];
  failure = gate = undefined;
});

const wish = (key = 'list', first = 5): ListWish<Item> => ({
  runtime,
  key,
  first,
  async read(_, count, after, signal): Promise<ListPage<Item>> {
    asked.push([count, after]);
    signals.push(signal);
    const [failing, items] = [failure, [...all]];
    await gate;
    if (failing) throw failing;
    const start = after === null ? 0 : items.indexOf(after) + 1;
    const found = items.slice(start, start + count);
    const more = start + count < items.length;
    return { items: found.map((id) => ({ id })), total: items.length, next: more ? (found.at(-1) ?? null) : null };
  },
});
const follow = (choose: () => ListWish<Item> | null = () => wish()): ListPages<Item> => {
  const pages = new ListPages<Item>(host, choose);
  host.connect();
  return pages;
};
const shown = (pages: ListPages<Item>): string[] => pages.state.data?.items.map(({ id }) => id) ?? [];
const hold = (): (() => void) => {
  let open = (): void => undefined;
  gate = new Promise((resolve) => (open = resolve));
  return () => {
    gate = undefined;
    open();
  };
};

suite('a list that is followed page by page', () => {
  test('begins with its first page, and grows by wish to its end', async () => {
    const pages = follow();
    await settle();
    assert.deepEqual(shown(pages), ids(1, 5));
    await pages.more();
    assert.deepEqual(shown(pages), ids(1, 10));
    await pages.more();
    assert.deepEqual(shown(pages), ids(1, 12));
    assert.equal(pages.state.data?.next, null);
    await pages.more();
    assert.deepEqual(asked, [
      [5, null],
      [5, '5'],
      [5, '10'],
    ]);
  });

  test('takes one wish at a time', async () => {
    const pages = follow();
    await settle();
    const open = hold();
    const first = pages.more();
    assert.equal(pages.loadingMore, true);
    await pages.more();
    open();
    await first;
    assert.equal(pages.loadingMore, false);
    assert.deepEqual(shown(pages), ids(1, 10));
  });

  test('keeps what it has when the next page does not come, and goes on from there', async () => {
    const pages = follow();
    await settle();
    failure = new ApiError('server', 'HTTP 503');
    await pages.more();
    assert.equal(pages.moreError?.code, 'server');
    assert.deepEqual(shown(pages), ids(1, 5));
    assert.equal(pages.state.error, undefined);
    failure = undefined;
    await pages.more();
    assert.equal(pages.moreError, undefined);
    assert.deepEqual(shown(pages), ids(1, 10));
  });

  test('is read again as far as it is shown, in pages that the platform does not cut', async () => {
    all = ids(1, 400);
    const pages = follow(() => wish('list', 60));
    await settle();
    await pages.more();
    await pages.more();
    asked.length = 0;
    all[0] = 'new';
    await pages.reload();
    assert.deepEqual(asked, [
      [100, null],
      [80, '100'],
    ]);
    assert.deepEqual(shown(pages), ['new', ...ids(2, 180)]);
  });

  test('joins a page to what was read anew in the meantime', async () => {
    const pages = follow();
    await settle();
    const open = hold();
    const more = pages.more();
    all = ['0', ...all];
    const reload = pages.reload();
    open();
    await Promise.all([more, reload]);
    // The fifth has moved to the sixth place, and stands there once.
    assert.deepEqual(shown(pages), ['0', ...ids(1, 4), ...ids(6, 10)]);
    await pages.reload();
    assert.deepEqual(shown(pages), ids(0, 9));
  });

  test('reads again what is stale before it adds to it', async () => {
    const pages = follow();
    await settle();
    failure = new ApiError('timeout', '');
    await pages.reload();
    assert.equal(pages.state.error?.code, 'timeout');
    failure = undefined;
    await pages.more();
    assert.equal(pages.state.error, undefined);
    assert.deepEqual(shown(pages), ids(1, 10));
  });

  test('is another list with another key: what comes for the former one is dropped', async () => {
    let key = 'one';
    const pages = follow(() => wish(key));
    await settle();
    const open = hold();
    const late = pages.more();
    key = 'two';
    all = ids(50, 60);
    host.update();
    assert.equal(pages.loadingMore, false);
    assert.deepEqual(shown(pages), []);
    open();
    await late;
    await settle();
    assert.deepEqual(shown(pages), ids(50, 54));
    assert.equal(signals[0]?.aborted, true);
  });

  test('shows more at once where its pages have become longer, and no less where they have become shorter', async () => {
    let first = 5;
    const pages = follow(() => wish('list', first));
    await settle();
    first = 8;
    host.update();
    await settle();
    assert.deepEqual(shown(pages), ids(1, 8));
    first = 2;
    host.update();
    await settle();
    assert.deepEqual(shown(pages), ids(1, 8));
    await pages.more();
    assert.deepEqual(shown(pages), ids(1, 10));
  });

  test('belongs to one element: another one has its own pages', async () => {
    const pages = follow();
    const other = new Host();
    const others = new ListPages<Item>(other, () => wish());
    other.connect();
    await settle();
    await pages.more();
    assert.deepEqual(shown(pages), ids(1, 10));
    assert.deepEqual(shown(others), ids(1, 5));
  });

  test('is forgotten when its element goes, and read as far as before when that comes back', async () => {
    const pages = follow();
    await settle();
    await pages.more();
    host.disconnect();
    await settle();
    assert.equal(runtime.resources.size, 0);
    assert.ok(signals.every(({ aborted }) => aborted));
    host.connect();
    await settle();
    assert.deepEqual(shown(pages), ids(1, 10));
  });

  test('is not read for ever where it leads in a circle', async () => {
    let turns = 0;
    const read = (): Promise<ListPage<Item>> => {
      assert.ok(++turns < 50, 'It is read for ever.');
      return Promise.resolve({ items: [{ id: '1' }, { id: '2' }], total: 9, next: turns % 2 ? 'a' : 'b' });
    };
    const pages = follow(() => ({ ...wish(), read }));
    await settle();
    await pages.more();
    assert.deepEqual(shown(pages), ['1', '2']);
    assert.ok(turns <= 3, String(turns));
  });

  test('does nothing while there is nothing to read', async () => {
    const pages = follow(() => null);
    await pages.more();
    await pages.reload();
    assert.deepEqual(pages.state, { loading: false });
    assert.deepEqual(asked, []);
  });
});
