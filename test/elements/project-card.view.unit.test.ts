import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import type { Remote } from '../../src/core/remote.js';
import type { Project } from '../../src/domain/project.js';
import { projectCardView } from '../../src/elements/project-card/project-card.view.js';

const NOW = Date.UTC(2026, 6, 15);

const project: Project = {
  id: 'UHJvamVjdDox',
  title: 'Budget participatif',
  url: 'https://participez.valmont.example/project/budget',
  cover: null,
  type: null,
  themes: [],
  archived: false,
  restricted: false,
  steps: [
    { id: 's', kind: 'collect', title: 'Idées', startAt: NOW - 1, endAt: NOW + 1, timeless: false, votable: null },
  ],
  counts: { votes: null, contributions: null, contributors: null },
};

const view = (remote: Partial<Remote<Project | null>>, askable = true, now = NOW): ReturnType<typeof projectCardView> =>
  projectCardView({ loading: false, ...remote }, now, askable);
const failure = (code: ErrorCode): ApiError => new ApiError(code, 'planned');

suite('the state of a card', () => {
  test('is loading while nothing is known and something can be asked', () => {
    assert.deepEqual(view({}), { kind: 'loading' });
    assert.deepEqual(view({ loading: true }), { kind: 'loading' });
  });
  test('is an error without a code where nothing can be asked', () => {
    assert.deepEqual(view({}, false), { kind: 'error', retryable: false, retrying: false });
  });
  test('is empty for a project that is unknown or hidden, whatever came later', () => {
    assert.deepEqual(view({ data: null }), { kind: 'empty', code: 'not-found' });
    assert.deepEqual(view({ data: null, error: failure('network'), loading: true }), {
      kind: 'empty',
      code: 'not-found',
    });
  });
  const codes: [code: ErrorCode, retryable: boolean][] = [
    ['network', true],
    ['timeout', true],
    ['offline', true],
    ['rate-limited', true],
    ['bad-response', true],
    ['server', true],
    ['unauthorized', false],
    ['forbidden', false],
    ['not-found', false],
    ['platform-disabled', false],
  ];
  for (const [code, retryable] of codes)
    test(`is an error after a first load that failed by ${code}${retryable ? ', with another try' : ''}`, () => {
      assert.deepEqual(view({ error: failure(code) }), { kind: 'error', code, retryable, retrying: false });
      assert.deepEqual(view({ error: failure(code), loading: true }), {
        kind: 'error',
        code,
        retryable,
        retrying: true,
      });
    });
  test('is ready with a project, and its situation is that of now', () => {
    const before = view({ data: project, at: NOW - 50 });
    assert.ok(before.kind === 'ready');
    assert.equal(before.project, project);
    assert.equal(before.situation.status.kind, 'last-hour');
    assert.equal(before.code, undefined);
    assert.equal(before.staleSince, null);
    const after = view({ data: project, at: NOW - 50 }, true, NOW + 1);
    assert.ok(after.kind === 'ready' && after.situation.status.kind === 'ended');
  });
  test('stays ready while it is read again and when that fails, and then says since when', () => {
    const reading = view({ data: project, at: NOW - 50, loading: true });
    assert.ok(reading.kind === 'ready' && reading.staleSince === null);
    const failed = view({ data: project, at: NOW - 50, error: failure('server') });
    assert.ok(failed.kind === 'ready');
    assert.equal(failed.code, 'server');
    assert.equal(failed.staleSince, NOW - 50);
  });
});
