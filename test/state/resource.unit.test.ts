import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { setImmediate as nextTask } from 'node:timers/promises';

import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import type { Remote } from '../../src/core/remote.js';
import { resolveSettings } from '../../src/platform/settings.js';
import { Resource } from '../../src/state/resource.js';
import { Runtime, runtimeFor } from '../../src/state/runtime.js';
import { FakeClock, NOW } from '../support/fake-clock.js';

let clock: FakeClock;
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

before(() => process.on('unhandledRejection', note));
after(() => process.off('unhandledRejection', note));
beforeEach(() => {
  unhandled.length = 0;
  clock = new FakeClock().install();
});
afterEach(async () => {
  useClock();
  await nextTask();
  assert.deepEqual(unhandled, [], 'Nothing is rejected that nobody hears of.');
});

/** A resource whose readings end when the test says so. */
function controlled(): {
  resource: Resource<number>;
  readonly signals: AbortSignal[];
  unused: number;
  readonly answer: (value: number) => Promise<void>;
  readonly fail: (reason: unknown) => Promise<void>;
} {
  const waiting: { resolve(value: number): void; reject(reason: unknown): void }[] = [];
  const signals: AbortSignal[] = [];
  const control = {
    resource: new Resource<number>(
      (signal) => {
        signals.push(signal);
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      },
      () => control.unused++,
    ),
    signals,
    unused: 0,
    async answer(value: number) {
      waiting.shift()?.resolve(value);
      await nextTask();
    },
    async fail(reason: unknown) {
      waiting.shift()?.reject(reason);
      await nextTask();
    },
  };
  return control;
}

/** A follower of its own. */
const listener = () => (): void => undefined;
const failure = new ApiError('server', 'planned');

suite('a resource', () => {
  test('is not read before somebody follows it', () => {
    const { resource, signals } = controlled();
    assert.deepEqual(resource.state, { loading: false });
    assert.equal(signals.length, 0);
  });

  test('is read once for many followers, who all hear of the start and of the end', async () => {
    const { resource, signals, answer } = controlled();
    const heard: Remote<number>[][] = [[], [], []];
    for (const list of heard) resource.subscribe(() => list.push(resource.state));
    assert.deepEqual(resource.state, { loading: true });
    await answer(12);
    assert.equal(signals.length, 1);
    assert.deepEqual(resource.state, { data: 12, at: NOW, loading: false });
    assert.deepEqual(
      heard.map((list) => list.at(-1)),
      [resource.state, resource.state, resource.state],
    );
    resource.subscribe(listener());
    assert.equal(signals.length, 1, 'A late follower finds what is known.');
  });

  test('joins a reading that is under way', async () => {
    const { resource, signals, answer } = controlled();
    resource.subscribe(listener());
    const [one, other] = [resource.reload(), resource.reload()];
    assert.equal(signals.length, 1);
    await answer(1);
    await Promise.all([one, other]);
    const again = resource.reload();
    assert.equal(signals.length, 2);
    await answer(2);
    await again;
    assert.equal(resource.state.data, 2);
  });

  test('keeps what it knows, and when it was read, while it is read again and when that fails', async () => {
    const { resource, answer, fail } = controlled();
    resource.subscribe(listener());
    await answer(12);
    clock.advance(5_000);
    const attempt = resource.reload();
    assert.deepEqual(resource.state, { data: 12, at: NOW, loading: true });
    await fail(failure);
    await attempt;
    assert.deepEqual(resource.state, { data: 12, at: NOW, error: failure, loading: false });
    const retry = resource.reload();
    assert.deepEqual(resource.state, { data: 12, at: NOW, error: failure, loading: true });
    await answer(13);
    await retry;
    assert.deepEqual(resource.state, { data: 13, at: NOW + 5_000, loading: false });
  });

  test('has no data after a first reading that failed, and is not read again by itself', async () => {
    const { resource, signals, fail } = controlled();
    resource.subscribe(listener());
    await fail(failure);
    assert.deepEqual(resource.state, { error: failure, loading: false });
    resource.subscribe(listener());
    assert.equal(signals.length, 1);
  });

  test('turns whatever is thrown into a failure with a code and its cause', async () => {
    const { resource, fail } = controlled();
    resource.subscribe(listener());
    const cause = new RangeError('planned');
    await fail(cause);
    assert.ok(resource.state.error instanceof ApiError);
    assert.equal(resource.state.error.code, 'bad-response');
    assert.equal(resource.state.error.cause, cause);
  });

  test('is given up when its last follower has gone, not before', async () => {
    const control = controlled();
    const leave = [control.resource.subscribe(listener()), control.resource.subscribe(listener())];
    leave[0]?.();
    await nextTask();
    assert.deepEqual([control.signals[0]?.aborted, control.unused], [false, 0]);
    leave[1]?.();
    await nextTask();
    assert.deepEqual([control.signals[0]?.aborted, control.unused], [true, 1]);
    await control.fail(new DOMException('Aborted', 'AbortError'));
  });

  test('goes on for a follower that leaves and comes back within a task', async () => {
    const control = controlled();
    const leave = control.resource.subscribe(listener());
    leave();
    control.resource.subscribe(listener());
    await control.answer(12);
    assert.deepEqual([control.signals.length, control.signals[0]?.aborted, control.unused], [1, false, 0]);
    assert.equal(control.resource.state.data, 12);
  });

  test('says once that it is unused, however many leave together', async () => {
    const control = controlled();
    const leave = [1, 2, 3].map(() => control.resource.subscribe(listener()));
    for (const go of leave) go();
    await nextTask();
    assert.equal(control.unused, 1);
  });

  test('no longer tells one that has left', async () => {
    const { resource, answer } = controlled();
    let heard = 0;
    const leave = resource.subscribe(() => heard++);
    resource.subscribe(listener());
    leave();
    const before = heard;
    await answer(12);
    assert.equal(heard, before);
  });
});

suite('what a page shares', () => {
  const settings = resolveSettings({ platform: 'https://participez.valmont.example' });
  assert.ok(settings);

  test('is one resource for one wish, and another for another', () => {
    const runtime = new Runtime(settings);
    const read = (): Promise<number> => Promise.resolve(1);
    assert.equal(runtime.share('a', read), runtime.share('a', read));
    assert.notEqual(runtime.share('a', read), runtime.share('b', read));
  });

  test('is read anew after everybody has gone', async () => {
    const runtime = new Runtime(settings);
    let readings = 0;
    const read = (): Promise<number> => Promise.resolve(++readings);
    const first = runtime.share('a', read);
    const leave = first.subscribe(listener());
    await nextTask();
    leave();
    await nextTask();
    const second = runtime.share('a', read);
    assert.notEqual(second, first);
    second.subscribe(listener());
    await nextTask();
    assert.deepEqual(second.state, { data: 2, at: NOW, loading: false });
  });

  test('stays shared when elements with the same wish go while another one comes', async () => {
    const runtime = new Runtime(settings);
    const read = (): Promise<number> => Promise.resolve(1);
    const old = runtime.share('a', read);
    const leave = [old.subscribe(listener()), old.subscribe(listener())];
    let fresh: Resource<number> | undefined;
    leave[0]?.();
    // The new element renders for the first time between the two that go.
    queueMicrotask(() => (fresh = runtime.share('a', read)).subscribe(listener()));
    leave[1]?.();
    await nextTask();
    assert.ok(fresh);
    assert.equal(runtime.share('a', read), fresh);
  });

  test('is one runtime for the same settings', () => {
    assert.equal(runtimeFor(settings), runtimeFor({ ...settings }));
    assert.notEqual(runtimeFor(settings), runtimeFor({ ...settings, access: 'session' }));
  });
});
