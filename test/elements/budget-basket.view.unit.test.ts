import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { ApiError } from '../../src/core/errors.js';
import type { Remote } from '../../src/core/remote.js';
import type { Ballot, VotableProposal } from '../../src/domain/ballot.js';
import {
  basketView,
  statesOf,
  type BasketSources,
  type Ready,
} from '../../src/elements/budget-basket/budget-basket.view.js';
import type { Draft } from '../../src/state/ballot.js';
import { choice } from '../support/choice.js';

const NOW = Date.UTC(2026, 4, 12);
const DAY = 86_400_000;

const ballot = (rules: Partial<Ballot> = {}): Ballot => ({
  step: {
    id: 's',
    kind: 'selection',
    title: 'Vote',
    startAt: NOW - DAY,
    endAt: NOW + DAY,
    timeless: false,
    votable: true,
  },
  url: 'https://participez.valmont.example/s',
  wording: 'vote',
  votesLimit: null,
  votesMin: null,
  budget: null,
  ranking: false,
  threshold: null,
  secret: null,
  chosen: [],
  ...rules,
});
const proposal = (id: string, more: Partial<VotableProposal> = {}): VotableProposal => ({
  id,
  title: `Proposition ${id}`,
  url: 'https://participez.valmont.example/p',
  archived: false,
  cost: 10,
  inStep: true,
  count: null,
  own: null,
  ...more,
});
const draft = (ids: readonly string[], more: Partial<Draft> = {}): Draft => ({
  chosen: ids.map((proposalId) => ({ proposalId, title: proposalId, url: 'https://x.example/', cost: 10 })),
  outcomes: [],
  away: false,
  found: null,
  recorded: false,
  onDevice: true,
  toggle: () => undefined,
  move: () => undefined,
  ...more,
});
const known = <T>(data: T) => ({ data, loading: false });
const sources = (more: Partial<BasketSources> = {}): BasketSources => ({
  mode: 'hand-over',
  viewer: known({ signedIn: false, id: null, displayName: null, email: null, emailConfirmed: true }),
  ballot: known(ballot()),
  terms: known(null),
  proposals: new Map(),
  draft: draft([]),
  handed: false,
  save: { pending: false, done: false },
  unsure: false,
  offline: false,
  ruleless: false,
  askable: true,
  ...more,
});
function shown(more: Partial<BasketSources>): Ready {
  const view = basketView(sources(more), NOW);
  assert.equal(view.kind, 'ready');
  return view;
}
const states = (more: Partial<BasketSources>): string =>
  statesOf(shown(more), false)
    .filter((state) => state !== false)
    .join(' ');

suite('what a basket shows', () => {
  test('waits for all it needs, and fails with what it needs', () => {
    const nothing = { loading: true };
    const failed = { loading: false, error: new ApiError('network', '') };
    assert.equal(basketView(sources({ ballot: nothing }), NOW).kind, 'loading');
    assert.equal(basketView(sources({ terms: nothing }), NOW).kind, 'loading');
    assert.equal(basketView(sources({ ballot: failed }), NOW).kind, 'error');
    assert.equal(basketView(sources({ terms: failed }), NOW).kind, 'ready');
    assert.equal(basketView(sources({ ballot: known(null) }), NOW).kind, 'empty');
    assert.equal(basketView(sources({ ballot: { loading: false }, askable: false }), NOW).kind, 'error');
    assert.equal(shown({ ballot: { ...known(ballot()), error: failed.error } }).code, 'network');
  });

  test('has its states in words', () => {
    const limited = { ballot: known(ballot({ votesLimit: 2, votesMin: 2 })) };
    assert.equal(states({}), 'none');
    assert.equal(states({ ...limited, draft: draft(['a']) }), 'draft incomplete');
    assert.equal(states({ ...limited, draft: draft(['a', 'b']) }), 'draft valid full');
    assert.equal(states({ ...limited, draft: draft(['a', 'b', 'c']) }), 'draft over');
    assert.equal(states({ draft: draft(['a'], { recorded: true }) }), 'recorded valid');
    assert.equal(states({ draft: draft(['a'], { away: true }), offline: true }), 'draft away valid offline');
    assert.equal(states({ ballot: known(null), ruleless: true, draft: draft(['a']) }), 'draft ruleless');
    assert.equal(states({ mode: 'session', draft: null }), 'none signed-out');
  });

  test('sends what can be voted for, and nothing while something keeps it', () => {
    assert.deepEqual(shown({ draft: draft(['a', 'b']) }).sends, ['a', 'b']);
    assert.equal(shown({}).sends, null);
    assert.equal(shown({ draft: draft(['a']), offline: true }).sends, null);
    assert.equal(shown({ draft: draft(['a']), save: { pending: true, done: false } }).sends, null);
    assert.equal(shown({ draft: draft(['a'], { recorded: true }) }).sends, null);
    assert.equal(shown({ draft: draft(['a']), ballot: known(ballot({ votesMin: 2 })) }).sends, null);
    // What was sent before can be taken back as a whole.
    assert.deepEqual(shown({ handed: true }).sends, []);
  });

  test('judges a draft by what the platform says of it now', () => {
    const proposals = new Map<string, Remote<VotableProposal | null>>([
      ['a', known(proposal('a', { cost: 40 }))],
      ['b', known(proposal('b', { archived: true }))],
      ['c', known(null)],
      ['d', known(proposal('d', { inStep: false }))],
    ]);
    const view = shown({ draft: draft(['a', 'b', 'c', 'd']), proposals, ballot: known(ballot({ budget: 30 })) });
    assert.deepEqual(
      view.items.map(({ lost, was, excess }) => [lost, was, excess]),
      [
        [null, 10, 10],
        ['archived', null, 0],
        ['not-votable', null, 0],
        ['not-votable', null, 0],
      ],
    );
    assert.deepEqual([view.verdict?.spent, view.verdict?.left, view.sentence?.key], [40, -10, 'lost']);
    assert.equal(view.sends, null);
  });

  test('shows recorded votes as they are, and what they wait for', () => {
    const chosen = [choice('a', 5, { lost: 'archived' })];
    const viewer = (emailConfirmed: boolean) =>
      known({ signedIn: true, id: 'lucie', displayName: 'Lucie', email: null, emailConfirmed });
    const session = { mode: 'session', draft: null, ballot: known(ballot({ chosen })) } as const;
    assert.equal(shown({ ...session, viewer: viewer(true) }).sentence?.key, 'recorded');
    assert.equal(shown({ ...session, viewer: viewer(false) }).sentence?.key, 'waits.email');
    assert.equal(
      shown({ ...session, viewer: viewer(true), unsure: true, save: { pending: true, done: false } }).stage,
      'unsure',
    );
  });

  test('lets nobody change anything before the step opens, nor after its end', () => {
    for (const [startAt, endAt, door] of [
      [NOW + 1, null, 'step-future'],
      [NOW - DAY, NOW, 'step-closed'],
    ] as const) {
      const rules = ballot();
      const view = shown({ ballot: known({ ...rules, step: { ...rules.step, startAt, endAt } }), draft: draft(['a']) });
      assert.deepEqual([view.door, view.open, view.sends], [door, false, null]);
    }
  });
});
