import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ApiError } from '../../src/core/errors.js';
import type { Remote } from '../../src/core/remote.js';
import type { ListPage } from '../../src/domain/list-page.js';
import { listView } from '../../src/elements/base/list.view.js';

const page = (items: readonly string[], total: number | null, next: string | null): ListPage<string> => ({
  items,
  total,
  next,
});
const read = (data: ListPage<string>, rest: Partial<Remote<ListPage<string>>> = {}): Remote<ListPage<string>> => ({
  data,
  at: 7,
  loading: false,
  ...rest,
});
const server = new ApiError('server', 'HTTP 503');

suite('the view of a list', () => {
  test('is loading until there is an answer, and failed where nobody can be asked', () => {
    assert.deepEqual(listView({ loading: false }, true), { kind: 'loading' });
    assert.deepEqual(listView({ loading: true }, true), { kind: 'loading' });
    assert.deepEqual(listView({ loading: false }, false), { kind: 'error', retryable: false });
  });

  test('is failed without an answer, also while that is tried again', () => {
    assert.deepEqual(listView({ loading: true, error: server }, true), {
      kind: 'error',
      code: 'server',
      retryable: true,
    });
    const { kind, retryable } = listView({ loading: false, error: new ApiError('forbidden', '') }, true) as {
      kind: string;
      retryable: boolean;
    };
    assert.deepEqual([kind, retryable], ['error', false]);
  });

  test('keeps what was read when a reload fails', () => {
    assert.deepEqual(listView(read(page(['a'], 3, 'x'), { error: server }), true), {
      kind: 'ready',
      items: ['a'],
      total: 3,
      more: true,
      code: 'server',
      staleSince: 7,
    });
  });

  test('counts at its end what came of it, and before what the platform says', () => {
    const total = (data: ListPage<string>): unknown => (listView(read(data), true) as { total: unknown }).total;
    assert.equal(total(page(['a', 'b'], 40, 'x')), 40);
    assert.equal(total(page(['a', 'b'], null, 'x')), null);
    assert.equal(total(page(['a', 'b'], 40, null)), 2);
    assert.equal(total(page(['a', 'b'], null, null)), 2);
  });

  test('is empty only where there is nothing more to look through', () => {
    assert.equal(listView(read(page([], 0, null)), true).kind, 'empty');
    assert.equal(listView(read(page([], null, 'x')), true).kind, 'ready');
    assert.equal(listView(read(page(['a'], 1, null)), true, () => []).kind, 'empty');
  });
});
