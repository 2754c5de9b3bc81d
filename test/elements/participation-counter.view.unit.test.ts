import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';

import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import type { Remote } from '../../src/core/remote.js';
import type { Count } from '../../src/domain/counts.js';
import { counterView } from '../../src/elements/participation-counter/participation-counter.view.js';

const NOW = Date.UTC(2026, 6, 15);
const AT = NOW - 90_000;

const votes: Count = { kind: 'tally', value: 1284, paper: 12 };
const secret: Count = { kind: 'secret', publishedAt: null };
const view = (remote: Partial<Remote<Count | null>>, askable = true): ReturnType<typeof counterView> =>
  counterView({ loading: false, ...remote }, NOW, askable);
const failure = (code: ErrorCode): ApiError => new ApiError(code, 'planned');

suite('the state of a counter', () => {
  test('is loading while nothing is known and something can be asked', () => {
    assert.deepEqual(view({}), { kind: 'loading' });
    assert.deepEqual(view({ loading: true }), { kind: 'loading' });
  });
  test('is an error without a code where nothing can be asked', () => {
    assert.deepEqual(view({}, false), { kind: 'error', retryable: false, retrying: false });
  });
  test('is empty with a code for no such object, and without one for no such number', () => {
    assert.deepEqual(view({ data: null }), { kind: 'empty', code: 'not-found' });
    assert.deepEqual(view({ data: { kind: 'not-counted' } }), { kind: 'empty' });
  });
  test('is an error after a first reading that failed', () => {
    assert.deepEqual(view({ error: failure('timeout') }), {
      kind: 'error',
      code: 'timeout',
      retryable: true,
      retrying: false,
    });
    assert.deepEqual(view({ error: failure('forbidden'), loading: true }), {
      kind: 'error',
      code: 'forbidden',
      retryable: false,
      retrying: true,
    });
  });
  test('is ready with a number and when it was read', () => {
    assert.deepEqual(view({ data: votes, at: AT }), {
      kind: 'ready',
      count: votes,
      at: AT,
      code: undefined,
      silence: null,
    });
  });
  test('is ready with a number of zero, which is a number', () => {
    const none: Count = { kind: 'tally', value: 0, paper: null };
    assert.deepEqual(view({ data: none, at: AT }), {
      kind: 'ready',
      count: none,
      at: AT,
      code: undefined,
      silence: null,
    });
  });
  test('keeps its last good number when a reading fails, and says for how long there has been no news', () => {
    assert.deepEqual(view({ data: votes, at: AT, error: failure('network'), loading: true }), {
      kind: 'ready',
      count: votes,
      at: AT,
      code: 'network',
      silence: 90_000,
    });
  });
  test('is ready for a secret ballot, without a number', () => {
    const seen = view({ data: secret, at: AT });
    assert.ok(seen.kind === 'ready' && seen.count.kind === 'secret' && !('value' in seen.count));
  });
  test('has no number but the one that was read', () => {
    const code = fc.constantFrom<ErrorCode[]>('network', 'timeout', 'server', 'forbidden', 'bad-response', 'offline');
    fc.assert(
      fc.property(code, fc.boolean(), fc.boolean(), (name, loading, askable) => {
        const seen = view({ error: failure(name), loading }, askable);
        assert.ok(seen.kind === 'error' && !JSON.stringify(seen).match(/\d/));
      }),
    );
  });
});
