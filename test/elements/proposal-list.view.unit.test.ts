import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ApiError } from '../../src/core/errors.js';
import type { Ballot } from '../../src/domain/ballot.js';
import type { ListPage } from '../../src/domain/list-page.js';
import type { ListedProposal, ProposalChoices } from '../../src/domain/proposal.js';
import {
  isList,
  proposalListView,
  type ProposalListSources,
} from '../../src/elements/proposal-list/proposal-list.view.js';
import { Shown } from '../../src/elements/proposal-list/shown.js';

const proposal = (id: string, title = id): ListedProposal => ({
  id,
  url: 'https://participez.valmont.example/p',
  image: null,
  title,
  excerpt: null,
  author: null,
  category: null,
  theme: null,
  district: null,
  cost: null,
  status: null,
  vote: null,
  signedIn: false,
});
const page = (...ids: string[]): ListPage<ListedProposal> => ({
  items: ids.map((id) => proposal(id)),
  total: 9,
  next: 'n',
});
const choices: ProposalChoices = { categories: [], themes: [], districts: [], costable: false };
const ballot: Ballot = {
  step: { id: 's', kind: 'selection', title: '', startAt: 10, endAt: 20, timeless: false, votable: true },
  url: 'https://participez.valmont.example/s',
  wording: 'vote',
  votesLimit: null,
  votesMin: null,
  ranking: false,
  budget: null,
  threshold: null,
  secret: null,
  chosen: [],
};
const list = page('a');
const sources: ProposalListSources = {
  page: { data: list, at: 5, loading: false },
  ballot: { data: ballot, loading: false },
  choices: { data: choices, loading: false },
  list,
};
const view = (more: Partial<ProposalListSources> = {}, askable = true, now = 15) =>
  proposalListView({ ...sources, ...more }, askable, now);
const failed = (code: 'server' | 'not-found') => new ApiError(code, 'a test');

suite('the view of a list of proposals', () => {
  test('says nothing of a page that names no platform or no step', () => {
    assert.deepEqual(view({}, false), { kind: 'error' });
  });

  test('loads until the list and what stands above it are there', () => {
    assert.equal(view({ page: { loading: true }, list: undefined }).kind, 'loading');
    assert.equal(view({ ballot: { loading: true } }).kind, 'loading');
    assert.equal(view({ choices: { loading: true } }).kind, 'loading');
  });

  test('does without the rules, or the choices, where these fail', () => {
    const without = view({ ballot: { loading: false, error: failed('server') } });
    assert.ok(isList(without));
    assert.deepEqual([without.kind, without.ballot, without.door], ['ready', null, null]);
    assert.equal(view({ choices: { loading: false, error: failed('server') } }).kind, 'ready');
  });

  test('tells a step that is not there from one that cannot be read', () => {
    const without = { list: undefined };
    assert.deepEqual(view({ ...without, page: { loading: false, error: failed('not-found') } }), {
      kind: 'empty',
      code: 'not-found',
    });
    assert.deepEqual(view({ ...without, page: { loading: true, error: failed('server') } }), {
      kind: 'error',
      code: 'server',
    });
  });

  test('keeps the list of other filters while the new one is read, and not once that has failed', () => {
    const pending = view({ page: { loading: true } });
    assert.ok(isList(pending) && pending.pending);
    assert.equal(view({ page: { loading: false, error: failed('server') } }).kind, 'error');
  });

  test('keeps an old list when a reading fails, and says from when it is', () => {
    const old = view({ page: { data: list, at: 5, loading: false, error: failed('server') } });
    assert.ok(isList(old));
    assert.deepEqual([old.kind, old.code, old.staleSince], ['ready', 'server', 5]);
  });

  test('is empty without entries, and knows what keeps everybody from voting', () => {
    assert.equal(view({ list: { items: [], total: 0, next: null } }).kind, 'empty');
    for (const [now, door] of [
      [5, 'step-future'],
      [15, null],
      [25, 'step-closed'],
    ] as const) {
      const at = view({}, true, now);
      assert.equal(isList(at) && at.door, door);
    }
  });
});

suite('what is shown of a list of proposals', () => {
  const ids = ({ list: of }: Shown): string[] => of?.items.map(({ id }) => id) ?? [];

  test('stays in its order when it is read again, with what is new of each', () => {
    const shown = new Shown();
    shown.take(page('a', 'b', 'c'), 'x');
    shown.take({ items: [proposal('c', 'neu'), proposal('d'), proposal('a')], total: 9, next: null }, 'x');
    assert.deepEqual(ids(shown), ['a', 'b', 'c']);
    assert.equal(shown.list?.items[2]?.title, 'neu');
    assert.equal(shown.list?.next, null);
  });

  test('grows by what is not there yet', () => {
    const shown = new Shown();
    shown.take(page('a', 'b'), 'x');
    shown.grows = true;
    shown.take(page('c', 'b', 'd', 'a'), 'x');
    assert.deepEqual(ids(shown), ['a', 'b', 'c', 'd']);
  });

  test('is another one with other filters, or when it is to be renewed', () => {
    const shown = new Shown();
    shown.take(page('a', 'b'), 'x');
    shown.take(page('b', 'a'), 'y');
    assert.deepEqual(ids(shown), ['b', 'a']);
    shown.renew();
    shown.take(page('c', 'b'), 'y');
    assert.deepEqual(ids(shown), ['c', 'b']);
    shown.forget();
    assert.equal(shown.list, undefined);
  });

  test('is drawn some cards at a time, and begins with none', () => {
    const shown = new Shown();
    shown.take(page(...Array.from({ length: 10 }, (_, i) => `${i}`)), 'x');
    const drawn = [0, 1, 2, 3].map(() => {
      shown.draw();
      return shown.drawn;
    });
    assert.equal(drawn[0], 0);
    assert.ok(drawn[1] && drawn[1] < 10);
    assert.equal(drawn[3], 10);
  });
});
